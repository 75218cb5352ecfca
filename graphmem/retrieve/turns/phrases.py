"""Patterns that can be read: words in tables, and ways to say one thing, each with an example.

A table of signs has one row a way to say something. Who adds a row writes what it says in plain
words and named lists of words, and a text that it is to be found in; the tests try each row alone.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

SOME = r"\w{1,20}"
"""Any word."""
A_LITTLE = r"(?:[\w’']{1,15} ){0,3}"
"""Up to three words that may stand between two."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to say something, in lower case."""

    pattern: str
    example: str
    """A text that says it so."""


def words(listed: str) -> str:
    """Return a pattern for one of the words listed; `_` stands for a blank within one."""
    return f"(?:{'|'.join(word.replace('_', ' ') for word in listed.split())})"


def any_of(ways: Iterable[Way]) -> str:
    """Return a pattern for any of some ways."""
    return f"(?:{'|'.join(way.pattern for way in ways)})"


def any_way(ways: Iterable[Way]) -> re.Pattern[str]:
    """Return a pattern for whole words that say something in any of some ways."""
    return re.compile(rf"\b{any_of(ways)}\b")
