"""A search as a page shows it: each hit with marked words, what stands beside it, the way to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from graphmem.answers import Hit, Path
from graphmem.excerpts import densest
from graphmem.explore.pieces import SHOWN, Piece, with_words
from graphmem.explore.said import beside, ended
from graphmem.ids import KINDS, is_id
from graphmem.memory import Memory
from graphmem.told import told_fact

HITS = 10
FACTS = 6
"""Of a hit, that are shown."""
ARROW = " → "


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way to a hit: what a person reads, and the record's id if it has one."""

    text: str
    id: str = ""

    @property
    def is_name(self) -> bool:
        """Whether it is a name, not a note."""
        return KINDS.get(self.id[:1]) == "entity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One hit."""

    rank: int
    score: str
    note: str
    episode: str
    session: str
    session_name: str
    origin: str
    before: str
    pieces: tuple[Piece, ...]
    after: str
    why: tuple[str, ...]
    ways: tuple[tuple[Step, ...], ...]
    marks: tuple[Step, ...]
    """Its standing among the others, each with the note that it speaks of, if any."""
    facts: tuple[str, ...]
    tags: tuple[str, ...]
    ended: str


def found_for(memory: Memory, question: str, *, as_of: str | None = None) -> list[Found]:
    """Return what answers a question, now or as of a moment.

    Raises InputError for a moment that cannot be read.
    """
    return [_found(hit) for hit in memory.search(question, k=HITS, as_of=as_of or None)]


def _found(hit: Hit) -> Found:
    note = hit.note
    session = hit.sessions[0] if hit.sessions else None
    return Found(
        rank=hit.rank,
        score=f"{hit.score:.2f}",
        note=note.id,
        episode=note.origins[0],
        session=note.session_id,
        session_name=session.name if session else "",
        origin=hit.origin,
        before=beside(hit.before),
        pieces=tuple(_pieces(hit)),
        after=beside(hit.after),
        why=hit.why,
        ways=tuple(steps_of(path) for path in hit.paths),
        marks=tuple(_mark(mark) for mark in (*hit.marks, hit.repeated) if mark),
        facts=tuple(map(told_fact, hit.facts[:FACTS])),
        tags=note.tags,
        ended=ended(note),
    )


def steps_of(path: Path) -> tuple[Step, ...]:
    """Return the steps of a way; each is a record's where the path names one for each."""
    texts = path.text.split(ARROW)
    ids: Sequence[str] = path.steps
    if len(texts) == len(ids) + 1:  # the question stands before the first
        return (Step(texts[0]), *map(Step, texts[1:], ids))
    return tuple(map(Step, texts))


def _mark(mark: str) -> Step:
    """Return a mark without the id at its end, and the id: `earlier; newer: ID`."""
    before, _, last = mark.rpartition(" ")
    return Step(before.rstrip(":"), last) if is_id(last) else Step(mark)


def _pieces(hit: Hit) -> list[Piece]:
    told = hit.told
    start, end = densest(told, dict.fromkeys(hit.words, 1.0), SHOWN)
    ends = ("… " if start else "", " …" if end < len(told) else "")
    return with_words(ends[0] + told[start:end] + ends[1], hit.words)
