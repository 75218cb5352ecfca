"""One key of the metadata of all notes: its distinct values, and which of them meet a condition.

Values are numbered, so that a condition looks at each once, as arrays where they are numbers or
short texts; a search of 100,000 notes that each have a value of their own is no slower for it.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.filters import ORDERS, Condition

LONGEST_TEXT = 64
"""Characters of the longest text up to which texts are compared as an array: it pads them all."""
EXACT = 2**53
"""Whole numbers up to here are the same as floats."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class MetadataColumn:
    """One key of the metadata of n notes."""

    values: tuple[Any, ...]
    """(v,) distinct."""
    numbers: dict[str, int]
    """The place of each value, by how it is written."""
    codes: NDArray[np.int32]
    """(n,) index into `values`, -1 for a note without the key."""

    def where(self, condition: Condition) -> Mask:
        """Return (n,) which notes meet a condition."""
        return np.append(self._met(condition), False)[self.codes]

    def _met(self, condition: Condition) -> Mask:
        """Return (v,) which values meet a condition: read off arrays, and one by one what is not
        plain."""
        if condition.operator in ORDERS:
            met = self._on_one_side(condition)
        else:
            met = np.zeros(len(self.values), np.bool_)
            found = (self.numbers.get(written(value)) for value in condition.values)
            met[[place for place in found if place is not None]] = True
            met ^= condition.operator == "!="
        for place in self._odd:
            met[place] = condition.is_met(self.values[place])
        return met

    def _on_one_side(self, condition: Condition) -> Mask:
        (bound,) = condition.values
        compare = ORDERS[condition.operator]
        if isinstance(bound, bool):
            return np.zeros(len(self.values), np.bool_)
        if isinstance(bound, int | float) and abs(bound) <= EXACT:
            return np.asarray(compare(self._as_numbers, bound), np.bool_)
        if isinstance(bound, str) and self._as_texts is not None:
            return self._is_text & np.asarray(compare(self._as_texts, bound), np.bool_)
        return np.array([condition.is_met(value) for value in self.values], np.bool_)

    @cached_property
    def _as_numbers(self) -> NDArray[np.float64]:
        """(v,) NaN, which is on no side of anything, for what is no number."""
        plain = (value if _is_number(value) else np.nan for value in self.values)
        return np.fromiter(plain, np.float64, len(self.values))

    @cached_property
    def _is_text(self) -> Mask:
        return np.array([isinstance(value, str) for value in self.values], np.bool_)

    @cached_property
    def _as_texts(self) -> NDArray[np.str_] | None:
        """(v,) "" for what is no text; None if one is too long."""
        texts = [value if isinstance(value, str) else "" for value in self.values]
        return np.array(texts) if max(map(len, texts), default=0) <= LONGEST_TEXT else None

    @cached_property
    def _odd(self) -> list[int]:
        """The places of lists, and of numbers that no float is equal to."""
        return [
            place
            for place, value in enumerate(self.values)
            if isinstance(value, list) or (isinstance(value, int) and abs(value) > EXACT)
        ]


class Values:
    """A column while it is read: values numbered as they come."""

    def __init__(self, n: int) -> None:
        self._codes = np.full(n, -1, np.int32)
        self._numbers: dict[str, int] = {}
        self._values: list[Any] = []

    def put(self, row: int, value: object) -> None:
        """Note the value that a note has."""
        number = self._numbers.setdefault(written(value), len(self._values))
        if number == len(self._values):
            self._values.append(value)
        self._codes[row] = number

    def column(self) -> MetadataColumn:
        """Return the column."""
        return MetadataColumn(tuple(self._values), self._numbers, self._codes)


def written(value: object) -> str:
    """Return how a value is written: equal ones alike, 2 and 2.0 too, and nothing else."""
    if isinstance(value, str):  # most are: JSON's escapes would tell no more apart
        return f'"{value}'
    if type(value) is int:
        return str(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, sort_keys=True)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= EXACT
