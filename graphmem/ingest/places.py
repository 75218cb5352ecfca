"""Where a turn stands among the turns of its session that were said at the same time.

The rule looks at nothing but what stands there already, so it gives the same places whether turns
come in one call or in many (docs/adr/0001-ids-are-content-hashes.md).
"""

import re
from dataclasses import dataclass
from typing import Self

from graphmem.ingest.reading.turns import Turn
from graphmem.types import Episode

_COUNTED = re.compile(r"(?P<prefix>.*?)(?<!\d)(?P<number>\d{1,9})", re.DOTALL)


def counted(source_id: str | None) -> tuple[str, int] | None:
    """Return prefix and number of an id such as `D1:17` or `m3`; None if it ends in no number.

    A number of more than nine digits counts nothing: it is a time or a hash.
    """
    found = _COUNTED.fullmatch(source_id) if source_id else None
    return (found["prefix"], int(found["number"])) if found else None


@dataclass(slots=True)
class Places:
    """The places taken so far among turns of one session and time."""

    next: int = 0
    """Behind all that are taken."""
    prefix: str | None = None
    """Of the ids so far, which all are this and a number; None: they are not."""
    is_open: bool = True
    """Whether no turn stands there, so that the first id may begin to count."""

    @classmethod
    def behind(cls, last: Episode | None) -> Self:
        """Return the places behind the last stored episode of a session and time."""
        if last is None:
            return cls()
        number = counted(last.source_id)
        counts = number is not None and number[1] == last.position
        prefix = number[0] if number and counts else None
        return cls(last.position + 1, prefix, is_open=False)

    @classmethod
    def from_(cls, position: int, known: Episode) -> Self:
        """Return the places from `position` on, counted by ids if the place of `known` was."""
        number = counted(known.source_id)
        return cls(position, is_open=number is not None and number[1] == known.position)

    def take(self, turn: Turn) -> int:
        """Return the place of a turn, and note that it is taken.

        It is the place that the source gave; else the number that its id ends in, if all ids here
        are one prefix and a number; else the next place.
        """
        number = counted(turn.source_id)
        if turn.position is not None:
            place, self.prefix = turn.position, None
        elif number is not None and (self.is_open or number[0] == self.prefix):
            self.prefix, place = number
        else:
            place, self.prefix = self.next, None
        self.is_open = False
        self.next = max(self.next, place + 1)
        return place
