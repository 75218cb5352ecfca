"""NoteRecords -> NoteRecords with vectors: which texts of a note are encoded, in one batch."""

from collections.abc import Sequence
from dataclasses import replace

from graphmem.batches import NoteRecord
from graphmem.contracts import Encoder
from graphmem.types import Note


def encoded_texts(note: Note) -> list[str]:
    """Return what is encoded of a note: the whole, then each sentence if there are several.

    A passage goes with its title, as in HippoRAG 2; a turn without its speaker, whose name the
    question loses too when it is put into the speaker's voice.
    """
    parts = (
        [note.text[start:end] for start, end in note.sentences] if len(note.sentences) > 1 else []
    )
    if note.title:
        return [f"{note.title}\n{note.text}", *(f"{note.title}: {part}" for part in parts)]
    return [note.text, *parts]


def with_vectors(records: Sequence[NoteRecord], encoder: Encoder | None) -> list[NoteRecord]:
    """Return the records with the vectors of their notes and sentences; None: without any."""
    if encoder is None:
        return [replace(record, vectors=None) for record in records]
    texts = [encoded_texts(record.note) for record in records]
    rows = encoder.encode([text for group in texts for text in group])
    done: list[NoteRecord] = []
    at = 0
    for record, group in zip(records, texts, strict=True):
        done.append(replace(record, vectors=rows[at : at + len(group)]))
        at += len(group)
    return done
