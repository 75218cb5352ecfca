"""A pipeline of real parts on a store in memory, and turns for it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from graphmem.batches import Extraction
from graphmem.contracts import Encoder, GraphStore
from graphmem.ingest.pipeline import Pipeline
from graphmem.ingest.reading.turns import SourceFile, Turn
from graphmem.registry import open_extractor, open_store
from graphmem.rules import describe
from graphmem.rules.embed import RuleEncoder
from graphmem.testing import standing_clock
from graphmem.types import Episode, Note, ScopeKey

ANA = ScopeKey("ana")
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


class Listing:
    """The rule extractor, which lists the texts that it was asked for."""

    def __init__(self) -> None:
        self._rules = open_extractor("rules")
        self.name = self._rules.name
        self.asked: list[str] = []

    def extract(self, notes: Sequence[Note]) -> list[Extraction]:
        self.asked += [note.text for note in notes]
        return self._rules.extract(notes)


def pipeline(
    *, store: GraphStore | None = None, encoder: Encoder | None = None, run_id: str = "run"
) -> Pipeline:
    return Pipeline(
        store=store or open_store("ram:"),
        extractor=Listing(),
        describe=describe,
        encoder=encoder or RuleEncoder(),
        clock=standing_clock,
        run_id=run_id,
    )


def turn(text: str, **fields: object) -> Turn:
    defaults = {"collection": "", "session": "s", "speaker": "Ana", "said_at": NOON, "where": "t:1"}
    return Turn(text=text, **{**defaults, **fields})


def chat(*texts: str, name: str = "chat.txt", **fields: object) -> list[Turn]:
    """Return the turns of a file that was read to its end."""
    file = SourceFile(Path(name), name, f"folder/{name}")
    place = {"collection": file.collection, "session": file.name, "file": file}
    turns = [turn(text, **{**place, **fields}) for text in texts[:-1]]
    return [*turns, turn(texts[-1], ends_file=True, **{**place, **fields})]


def stored(store: GraphStore) -> list[Episode]:
    """Return what is stored, in order."""
    return sorted(store.scan("episode", ANA), key=lambda e: (e.session_id, e.order))
