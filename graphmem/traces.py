"""Whether something of erased texts still stands in the bytes of files, however it is broken up.

A store may keep a long text in pieces, and a page that is used again may hold the rest of one. So
all pieces of a text are looked for, those alone that nothing else holds.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PIECE = 24
"""Bytes of an erased text that are looked for at once: anything twice as long holds such a piece.
Shorter texts are looked for whole, if they have as many as LEAST."""
LEAST = 8
_BLOCK = 1 << 24
"""Bytes of a file in memory at a time."""
_KEYS = 1 << 20


def traces(erased: Collection[str], kept: Iterable[str], files: Iterable[Path]) -> Iterator[Path]:
    """Yield the files whose bytes hold a piece of an erased text that no kept text holds."""
    pieces = {piece for text in erased for form in _forms(text) for piece in _pieces(form)}
    for text in kept:
        if not pieces:
            return
        for form in _forms(text):
            pieces -= _held(form, pieces)
    for path in files:
        if _holds(path, pieces):
            yield path


def _forms(text: str) -> set[bytes]:
    """Return a text as a store writes it: as it is, and inside JSON with and without escapes."""
    inside = (json.dumps(text, ensure_ascii=flag)[1:-1] for flag in (True, False))
    return {form.encode("utf-8", "surrogatepass") for form in (text, *inside)}


def _pieces(form: bytes) -> set[bytes]:
    if len(form) <= PIECE:
        return {form} if len(form) >= LEAST else set()
    starts = (*range(0, len(form) - PIECE, PIECE), len(form) - PIECE)
    return {form[start : start + PIECE] for start in starts}


def _held(data: bytes, pieces: Collection[bytes]) -> set[bytes]:
    """Return those of some pieces that stand in some bytes."""
    if len(data) < LEAST or not pieces:
        return set()
    is_first = np.zeros(_KEYS, np.bool_)
    is_first[_keys(b"".join(piece[:LEAST] for piece in pieces))[::LEAST]] = True
    sizes = sorted({len(piece) for piece in pieces})
    found: set[bytes] = set()
    for start in np.flatnonzero(is_first[_keys(data)]).tolist():
        found.update(data[start : start + size] for size in sizes)
    return found & set(pieces)


def _keys(data: bytes) -> NDArray[np.intp]:
    """Return a number below _KEYS for each run of LEAST bytes."""
    read = np.frombuffer(data, np.uint8).astype(np.uint64)
    mixed = np.zeros(len(read) - LEAST + 1, np.uint64)
    for place in range(LEAST):
        mixed = mixed * np.uint64(0x100000001B3) + read[place : len(mixed) + place]
    return ((mixed ^ (mixed >> np.uint64(29))) % np.uint64(_KEYS)).astype(np.intp)


def _holds(path: Path, pieces: Collection[bytes]) -> bool:
    """Tell whether a file holds one of some pieces; one that went meanwhile holds none."""
    try:
        with path.open("rb") as file:
            rest = b""
            while block := file.read(_BLOCK):
                data = rest + block
                if _held(data, pieces):
                    return True
                rest = data[-PIECE:]
    except FileNotFoundError:
        return False
    return False
