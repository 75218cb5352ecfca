"""NoteRecords -> NoteRecords with vectors and token signs: which texts of a note are encoded."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from graphmem.arrays import Matrix, TokenSigns, TokenVectors
from graphmem.batches import NoteRecord
from graphmem.contracts import Encoder, TokenEncoder
from graphmem.text import words_at
from graphmem.types import Note
from graphmem.vectors import packed_signs

CHARACTERS = 100_000
"""Of the texts whose tokens' vectors are in memory at a time: some 40 MB of them."""


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


def with_vectors(
    records: Sequence[NoteRecord], encoder: Encoder | None, *, token_signs: bool = True
) -> list[NoteRecord]:
    """Return the records with the vectors of their notes and sentences; None: without any.

    Turns get the signs of their tokens too where the encoder returns its tokens and `token_signs`
    says so. Each text goes through the model once.
    """
    if encoder is None:
        return [replace(record, vectors=None, tokens=None) for record in records]
    if token_signs and isinstance(encoder, TokenEncoder):
        return _with_tokens(records, encoder)
    texts = [encoded_texts(record.note) for record in records]
    rows = encoder.encode([text for group in texts for text in group])
    return [
        replace(record, vectors=own, tokens=None)
        for record, own in zip(records, _dealt(rows, texts), strict=True)
    ]


def signs_in_words(text: str, tokens: TokenVectors) -> TokenSigns:
    """Return the signs of the tokens of a text that stand in words: all that is kept of them."""
    held = words_at(text, tokens.spans[:, 0].tolist())
    return packed_signs(tokens.rows[[i for i, word in enumerate(held) if word]])


def _with_tokens(records: Sequence[NoteRecord], encoder: TokenEncoder) -> list[NoteRecord]:
    """Return the records with vectors; the whole of a turn is encoded with its tokens."""
    wholes, signs = _wholes([r.note.text for r in records if r.note.kind == "turn"], encoder)
    texts = [encoded_texts(r.note)[int(r.note.kind == "turn") :] for r in records]
    rows = encoder.encode([text for group in texts for text in group])
    of_turns = zip(wholes, signs, strict=True)
    done: list[NoteRecord] = []
    for record, own in zip(records, _dealt(rows, texts), strict=True):
        if record.note.kind == "turn":
            whole, tokens = next(of_turns)
            done.append(replace(record, vectors=np.vstack((whole, own)), tokens=tokens))
        else:
            done.append(replace(record, vectors=own, tokens=None))
    return done


def _wholes(texts: Sequence[str], encoder: TokenEncoder) -> tuple[list[Matrix], list[TokenSigns]]:
    """Return the row and the token signs of each text."""
    wholes: list[Matrix] = []
    signs: list[TokenSigns] = []
    for part in _parts(texts):
        for text, tokens in zip(part, encoder.encode_tokens(part), strict=True):
            wholes.append(tokens.whole[None])
            signs.append(signs_in_words(text, tokens))
    return wholes, signs


def _parts(texts: Sequence[str]) -> Iterator[list[str]]:
    """Yield the texts in runs of at most CHARACTERS, one text at least."""
    part: list[str] = []
    size = 0
    for text in texts:
        if part and size + len(text) > CHARACTERS:
            yield part
            part, size = [], 0
        part.append(text)
        size += len(text)
    if part:
        yield part


def _dealt(rows: Matrix, texts: Sequence[Sequence[str]]) -> Iterator[Matrix]:
    """Yield to each group of texts its rows."""
    at = 0
    for group in texts:
        yield rows[at : at + len(group)]
        at += len(group)
