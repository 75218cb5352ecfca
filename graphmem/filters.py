"""Which notes a caller wants to see at all: by time, speaker, session, kind and metadata."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import ge, gt, le, lt
from typing import Any

from graphmem.types import NoteKind

ORDERS: Mapping[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
"""The comparisons of a range."""

OPERATORS = ("=", "!=", *ORDERS)


@dataclass(frozen=True, slots=True)
class Condition:
    """What a note's metadata must say under one key."""

    key: str
    """`channel`, or `sender.name` for what stands inside an object."""
    operator: str
    """One of OPERATORS."""
    values: tuple[Any, ...]
    """JSON values; `=` asks for one of them, `!=` for none of them, the others have one."""

    def is_met(self, found: object) -> bool:
        """Tell whether a value of the metadata will do; of a list, whether one element does.

        Numbers compare with numbers and texts with texts; nothing else is before or behind.
        """
        if isinstance(found, list):
            each = [self.is_met(element) for element in found]
            return all(each) if self.operator == "!=" else any(each)
        if self.operator in ORDERS:
            (bound,) = self.values
            return _kind(found) == _kind(bound) in ("number", "text") and ORDERS[self.operator](
                found, bound
            )
        is_one = any(_kind(found) == _kind(value) and found == value for value in self.values)
        return is_one == (self.operator == "=")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Conditions that a note must meet, all of them; an empty one keeps everything."""

    since: datetime | None = None
    """Said at this moment or later, aware UTC."""
    until: datetime | None = None
    """Said at this moment or earlier, aware UTC."""
    speakers: tuple[str, ...] = ()
    """Said by one of these, however their letters are cased."""
    sessions: tuple[str, ...] = ()
    """In one of these sessions, by name, `COLLECTION/NAME` or id."""
    kinds: tuple[NoteKind, ...] = ()
    archived: bool = False
    """What is archived may be found too."""
    where: tuple[Condition, ...] = ()
    """What the source's metadata must say; a note without the key says nothing."""


NO_FILTERS = Filters()


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int | float):
        return "number"
    return "text" if isinstance(value, str) else type(value).__name__
