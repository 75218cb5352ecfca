"""Notes -> NoteRecords: what an extractor finds in them, checked, and the keywords it gives."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from graphmem.batches import Extraction, NoteRecord
from graphmem.contracts import Extractor
from graphmem.errors import ExtractionError
from graphmem.ingest.note import context_line
from graphmem.types import Note

Describer = Callable[[Note, Extraction], tuple[tuple[str, ...], tuple[str, ...]]]
"""(note, what was found in it) -> (keywords, tags); sees nothing but the note."""


def extract(
    notes: Sequence[Note], *, extractor: Extractor, describe: Describer
) -> list[NoteRecord]:
    """Return each note with its entities and claims, described by keywords, tags and context."""
    extractions = extractor.extract(notes)
    if len(extractions) != len(notes):
        raise ExtractionError(
            f"{extractor.name} gave {len(extractions)} extractions for {len(notes)} notes"
        )
    return [
        _described(note, extraction, extractor.name, describe)
        for note, extraction in zip(notes, extractions, strict=True)
    ]


def _described(note: Note, extraction: Extraction, author: str, describe: Describer) -> NoteRecord:
    spans = [(found.start, found.end) for found in extraction.mentions]
    spans += [(found.start, found.end) for found in extraction.claims]
    for start, end in spans:
        if not 0 <= start <= end <= len(note.text):
            raise ExtractionError(
                f"{author} put a span at {start}:{end} of a note of {len(note.text)} characters "
                f"({note.id})"
            )
    keywords, tags = describe(note, extraction)
    described = replace(
        note,
        keywords=keywords,
        tags=tags,
        context=context_line(note, keywords),
        created_by=author,
    )
    return NoteRecord(note=described, extraction=extraction)
