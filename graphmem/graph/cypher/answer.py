"""What a Cypher query gave, in plain values: the same from every engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a query may take."""

    rows: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """Columns and rows; times are ISO text, nodes and relationships dicts."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    is_cut: bool
    """True: there were more rows than the limit."""


def time_text(text: str) -> str:
    """Return a server's text of a date and time as aware UTC text; other text as it is."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    is_whole = "T" in text and moment.tzinfo is not None
    return moment.astimezone(UTC).isoformat() if is_whole else text
