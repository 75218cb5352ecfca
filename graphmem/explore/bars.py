"""When facts hold, as bars over one axis of time, in thousandths of its length."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from graphmem.text import day_text

WIDE = 1_000
"""Units of the axis."""
NARROWEST = 6
"""Units of a bar, however short what it shows."""

Validity = tuple[datetime | None, datetime | None]
"""From when and until when; None: nobody knows, and still."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar."""

    x: int
    width: int
    is_open: bool
    """It holds still."""
    label: str
    """`8 May 2024 to 3 June 2024`, `since 8 May 2024`."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The bars, in the order of what they show, and what stands at the axis's ends."""

    bars: tuple[Bar, ...]
    first: str
    last: str


def axis_of(validities: Sequence[Validity], now: datetime) -> Axis:
    """Return one bar each; the axis reaches from the earliest begin to now or the latest end."""
    known = [moment for validity in validities for moment in validity if moment is not None]
    begin = min([*known, now])
    end = max([*known, now])
    length = max(end - begin, timedelta(days=1))

    def place(moment: datetime) -> int:
        return round(WIDE * ((moment - begin) / length))

    bars = []
    for start, until in validities:
        left = 0 if start is None else place(start)
        right = WIDE if until is None else place(until)
        width = max(right - left, NARROWEST)
        left = min(left, WIDE - width)
        bars.append(Bar(left, width, until is None, label_of(start, until)))
    return Axis(tuple(bars), day_text(begin), day_text(end))


def label_of(start: datetime | None, until: datetime | None) -> str:
    """Return when something holds, for people."""
    if start is None and until is None:
        return "no date is known"
    if start is None:
        return f"until {day_text(until)}" if until else ""
    if until is None:
        return f"since {day_text(start)}"
    return f"{day_text(start)} to {day_text(until)}"
