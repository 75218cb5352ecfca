"""What was measured: one system's answer to one question, and what indexing a pool took."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphmem.evaluate.systems.base import Ranked

TRACE_DEPTH = 50
"""How deep a channel is looked at for gold: what lies deeper counts as not linked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexCost:
    """What indexing one pool took."""

    seconds: float
    """Without encoding."""
    encode_seconds: float
    bytes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one system returned for one question, and where its channels had the gold."""

    pool: str
    question: str
    ranked: Ranked
    search_ms: float
    """Without encoding."""
    encode_ms: float
    channels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The first ids of each channel."""
    gold_ranks: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Rank from 1 of each gold id that a channel has within TRACE_DEPTH."""
    failed: str = ""
    """The error's message, when the system refused the question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemResult:
    """All that one system did."""

    name: str
    can_abstain: bool
    outcomes: tuple[Outcome, ...]
    costs: tuple[IndexCost, ...]


def read_outcome(row: Mapping[str, Any]) -> Outcome:
    """Return the outcome that `asdict` made a JSON row of, JSON's lists as tuples."""
    ranked = tuple((str(id_), float(score)) for id_, score in row["ranked"])
    channels = {name: tuple(ids) for name, ids in row["channels"].items()}
    return Outcome(**{**row, "ranked": ranked, "channels": channels})
