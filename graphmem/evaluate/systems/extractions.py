"""Facts and names of passages for the recipes: from a file of triples, or from an extractor.

A file holds one JSON object a line, with id, entities and triples, as `openie_gpt35.jsonl` does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graphmem.batches import Claim, Extraction, Mention
from graphmem.contracts import Extractor
from graphmem.errors import InputError
from graphmem.evaluate.data.datasets import Passage, Triple
from graphmem.evaluate.data.reading import Oddities, read_rows
from graphmem.sentences import sentences
from graphmem.types import EpisodeId, MentionKind, Note, NoteId, ScopeKey, SessionId

NAMING: frozenset[MentionKind] = frozenset({"name", "title", "date", "speaker"})
"""Mentions that a name finder would give; numbers and phrases are none."""


@dataclass(frozen=True, slots=True)
class GivenExtractions:
    """What a file says of each passage id; a passage that it lacks has nothing."""

    triples: Mapping[str, tuple[Triple, ...]]
    names: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(cls, path: Path) -> "GivenExtractions":
        """Read a file of extractions; malformed triples are left out. Raises InputError."""
        if not path.is_file():
            raise InputError(f"{path} is no file; --extractions takes JSONL with id and triples")
        triples: dict[str, tuple[Triple, ...]] = {}
        names: dict[str, tuple[str, ...]] = {}
        for _, row in read_rows(path, Oddities()):
            id_ = str(row.get("id"))
            triples[id_] = tuple(t for given in row.get("triples") or () if (t := _triple(given)))
            names[id_] = tuple(str(name) for name in row.get("entities") or () if name)
        if not any(triples.values()):
            raise InputError(f"{path} has no triples; a line needs id, triples and entities")
        return cls(triples, names)

    def facts_of(self, passages: Sequence[Passage]) -> list[tuple[Triple, ...]]:
        """Return the triples of each passage."""
        return [self.triples.get(passage.id, ()) for passage in passages]

    def names_of(self, passages: Sequence[Passage]) -> list[list[str]]:
        """Return the names of each passage that are written in it, its title among them."""
        return [_written(p, self.names.get(p.id, ())) for p in passages]


@dataclass(frozen=True, slots=True)
class ExtractedBy:
    """The same from an extractor that runs here."""

    extractor: Extractor

    def facts_of(self, passages: Sequence[Passage]) -> list[list[Triple]]:
        """Return the claims of each passage as triples."""
        found = self._extract(passages)
        return [[(c.subject, c.relation, c.object) for c in each.claims] for each in found]

    def names_of(self, passages: Sequence[Passage]) -> list[list[str]]:
        """Return the names of each passage as they are written in it, its title among them."""
        found = self._extract(passages)
        return [
            _written(p, _surfaces(p.text, each)) for p, each in zip(passages, found, strict=True)
        ]

    def question_names(self, question: str) -> list[str]:
        """Return the names in a question."""
        asked = Passage(id="question", text=question)
        return list(dict.fromkeys(_surfaces(question, self._extract([asked])[0])))

    def _extract(self, passages: Sequence[Passage]) -> list[Extraction]:
        return self.extractor.extract([note_of(passage) for passage in passages])


class GivenExtractor:
    """The file's names and triples as an extractor of notes, for graphmem's own PageRank.

    A note is known by its title and text. Names and parts of triples are mentions where the text
    holds them; a triple is a claim of the whole note.
    """

    def __init__(self, given: GivenExtractions, passages: Sequence[Passage]) -> None:
        self.name = "rule:given@1"
        self._given = given
        self._ids = {(passage.title, passage.text): passage.id for passage in passages}

    def extract(self, notes: Sequence[Note]) -> list[Extraction]:
        """Return what the file says of each note; nothing for one that it lacks."""
        return [self._extract(note) for note in notes]

    def _extract(self, note: Note) -> Extraction:
        id_ = self._ids.get((note.title or "", note.text), "")
        triples = self._given.triples.get(id_, ())
        names = (*self._given.names.get(id_, ()), *(part for s, _, o in triples for part in (s, o)))
        spans = {name: (at, at + len(name)) for name in names if (at := note.text.find(name)) >= 0}
        return Extraction(
            mentions=tuple(
                Mention(name=name, start=start, end=end, kind="name")
                for name, (start, end) in sorted(spans.items(), key=lambda one: (one[1], one[0]))
            ),
            claims=tuple(
                Claim(subject=s, relation=r, object=o, start=0, end=len(note.text))
                for s, r, o in dict.fromkeys(triples)
                if s.strip() and r.strip() and o.strip()
            ),
        )


def _surfaces(text: str, found: Extraction) -> list[str]:
    return [text[m.start : m.end] for m in found.mentions if m.kind in NAMING]


def _written(passage: Passage, names: Sequence[str]) -> list[str]:
    title = passage.title.partition(" (")[0].strip()
    named = [title, *names] if title else list(names)
    return [name for name in dict.fromkeys(named) if name in passage.content]


def _triple(given: object) -> Triple | None:
    if not isinstance(given, list) or len(given) != 3 or not all(isinstance(p, str) for p in given):
        return None
    return (given[0], given[1], given[2])


def note_of(passage: Passage) -> Note:
    """Return a passage as an extractor is given it."""
    return Note(
        id=NoteId(passage.id),
        scope=ScopeKey("evaluate"),
        session_id=SessionId(passage.session or passage.id),
        kind="turn" if passage.speaker else "passage",
        text=passage.text,
        origins=(EpisodeId(passage.id),),
        sentences=tuple(sentences(passage.text)),
        speaker=passage.speaker or None,
        title=passage.title or None,
    )
