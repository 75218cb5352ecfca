"""The sorts of turns: what the text of each holds and what the turn before it asks, as numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.turns.kernels import Column
from graphmem.retrieve.turns.traits import ASKED_SORTS, TRAITS, traits_of
from graphmem.retrieve.words.known import Before
from graphmem.vectors import distinct

Turns = NDArray[np.int64]
_VALUES = 5
"""A trait is below it."""
_BEFORE = {"asked_before": "has_question", **{trait: trait for trait in ASKED_SORTS}}
"""What the turn before it asks, by the trait of that one."""
NAMES = (*(trait for trait in TRAITS if trait not in _BEFORE.values()), *_BEFORE)
"""Of the features of a sort."""


@dataclass(frozen=True, slots=True)
class Sorts:
    """Which of u sorts each of t turns is."""

    sort: NDArray[np.int32]
    """(t,)"""
    features: Mapping[str, Column]
    """(u,) what a turn of each sort is."""
    numbers: Turns
    """(u,) how many turns are of each sort, one at least."""

    @property
    def n_sorts(self) -> int:
        """How many sorts of turns there are."""
        return len(next(iter(self.features.values())))


def read_traits(texts: Sequence[str]) -> NDArray[np.int8]:
    """Return (n, traits) what each text holds."""
    traits = np.zeros((len(texts), len(TRAITS)), np.int8)
    for at, text in enumerate(texts):
        traits[at] = traits_of(text)
    return traits


def codes_of(traits: NDArray[np.int8], begins: NDArray[np.bool_]) -> Turns:
    """Return (t,) one number for all the features of a turn; `begins` (t,): none stands before."""
    values = dict(zip(TRAITS, traits.T, strict=True))
    values |= {name: np.where(begins, 0, np.roll(values[t], 1)) for name, t in _BEFORE.items()}
    return _coded([values[name] for name in NAMES], len(traits))


def sorts_of(codes: Turns) -> Sorts:
    """Number the distinct codes."""
    kinds = distinct(codes)
    sort = np.searchsorted(kinds, codes).astype(np.int32)
    return Sorts(sort, _features(kinds), np.bincount(sort, minlength=len(kinds)))


def sorts_with(was: Sorts, before: Before, changed: Turns, codes: Turns) -> Sorts:
    """Return the sorts of turns that stood somewhere before, but for those of new codes."""
    old = _coded([was.features[name].astype(np.int64) for name in NAMES], was.n_sorts)
    kinds = distinct(np.concatenate((old, codes)))
    sort = before.put_over(was.sort, changed, np.full(len(changed), -1, np.int32))
    moved, new = np.searchsorted(kinds, old).astype(np.int32), np.searchsorted(kinds, codes)
    if len(kinds) > len(old):
        sort = moved[sort]
    sort[changed] = new
    stood = before.places(changed)
    lost = was.sort[np.concatenate((before.gone(len(was.sort)), stood[stood >= 0]))]
    numbers = np.bincount(new, minlength=len(kinds))
    numbers[moved] += was.numbers - np.bincount(lost, minlength=len(old))
    is_used = numbers > 0
    if not is_used.all():
        sort, kinds = (np.cumsum(is_used, dtype=np.int32) - 1)[sort], kinds[is_used]
    return Sorts(sort, _features(kinds), numbers[is_used])


def _coded(values: Sequence[NDArray[np.integer]], n: int) -> Turns:
    code = np.zeros(n, np.int64)
    for one in values:
        code *= _VALUES
        code += one
    return code


def _features(kinds: Turns) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for name in reversed(NAMES):
        kinds, value = np.divmod(kinds, _VALUES)
        found[name] = value.astype(np.float64)
    return {name: found[name] for name in NAMES}
