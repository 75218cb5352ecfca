"""Texts of notes that their origins say already: they stand in the file once, as episodes."""

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter

from graphmem.graph.sqlite import queries as sql
from graphmem.graph.sqlite.rows import as_json
from graphmem.graph.sqlite.values import as_text, as_text_or_none
from graphmem.text import line_of
from graphmem.types import ATOMIC_KINDS, Note

Said = tuple[str | None, str]
"""Speaker and text of an episode."""


def said_by(kind: str, origins: Sequence[Said]) -> str:
    """Return what a note of a kind says if it says what its origins do, no more and no less."""
    if kind in ATOMIC_KINDS:
        return origins[0][1]
    return "\n".join(line_of(*said) for said in origins)


def text_column(note: Note, origins: Sequence[Said]) -> str | None:
    """Return a note's text as it is stored; None where its origins say it."""
    return None if said_by(note.kind, origins) == note.text else note.text


def texts_of(db: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, str]:
    """Return the texts of notes that their origins say, by the notes' numbers."""
    texts: dict[int, str] = {}
    if not (wanted := list(numbers)):
        return texts
    rows = db.execute(sql.SAID_BY, (as_json(wanted),))
    for (no, kind), origins in groupby(rows, key=itemgetter(0, 1)):
        said = [(as_text_or_none(speaker), as_text(text)) for *_, speaker, text in origins]
        texts[no] = said_by(kind, said)
    return texts
