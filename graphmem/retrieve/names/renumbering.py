"""Numbers of sorted names, words and notes where some came and others went."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.words.places import place_of
from graphmem.retrieve.words.ragged import Ragged
from graphmem.runs import Piece, Runs

Numbers = NDArray[np.int32]
Number = TypeVar("Number", bound=np.generic)


def place_among(texts: Sequence[str], text: str) -> int:
    """Return the place of a text among sorted ones, -1 for none."""
    at = place_of(texts, text)
    return at if at < len(texts) and texts[at] == text else -1


def moved(numbers: Numbers, new: Numbers) -> Numbers:
    """Return the new number of each old one, -1 for none."""
    moved: Numbers = np.append(new, np.int32(-1))[numbers]
    return moved


def respelled(spelled: Ragged, words: Numbers, gone: Sequence[int]) -> Ragged | None:
    """Return rows of words by their new numbers; None if one of a name that stays is gone."""
    values = moved(spelled.values, words)
    lost = np.flatnonzero(values < 0)
    lost = lost[spelled.values[lost] >= 0]
    of = np.searchsorted(spelled.indptr, lost, side="right") - 1
    return Ragged(spelled.indptr, values) if set(of.tolist()) <= set(gone) else None


def brought(old: NDArray[Number], numbers: Numbers, n: int, other: int) -> NDArray[Number]:
    """Return (n,) what stood at the old numbers at the new ones, something else at the rest."""
    new = np.full(n, other, old.dtype)
    kept = numbers >= 0
    new[numbers[kept]] = old[kept]
    return new


def rearranged(
    texts: Sequence[str], gone: Sequence[int], new: Sequence[str]
) -> tuple[Sequence[str], Numbers]:
    """Return sorted texts without some and with others, and the new number of each, -1 if gone."""
    at = [place_of(texts, text) for text in new]
    cuts = [(place, 0, text) for place, text in zip(at, new, strict=True)]
    pieces: list[Piece[str]] = []
    done = 0
    for place, is_gone, text in sorted([*cuts, *((place, 1, "") for place in gone)]):
        pieces.append((texts, done, place))
        done = place + is_gone
        if not is_gone:
            pieces.append(((text,), 0, 1))
    pieces.append((texts, done, len(texts)))
    places, left = np.array(at, np.int64), np.array(gone, np.int64)
    steps = np.bincount(places, minlength=len(texts) + 1)[: len(texts)]
    steps -= np.bincount(left + 1, minlength=len(texts) + 1)[: len(texts)]
    numbers = (np.arange(len(texts)) + np.cumsum(steps)).astype(np.int32)
    numbers[left] = -1
    return Runs(pieces), numbers
