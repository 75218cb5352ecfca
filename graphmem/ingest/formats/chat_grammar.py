"""The one shape in which a file's messages begin, and the order of its dates, learned from it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby, pairwise

from graphmem.ingest.formats.chat_heads import split_shape
from graphmem.ingest.formats.chat_shapes import LOG_LEVELS, Shape, shapes
from graphmem.ingest.reading.dates import DATE_ORDERS, DateOrder, day_of, numbers_of
from graphmem.ingest.reading.plain import plain, without_marks

SAMPLE = 400
"""Filled lines that are looked at to find the shape."""
_FEWEST = 0.05
"""Of the filled lines of a sample, at least as many begin a message."""
_LEADS_TIMES = frozenset(
    "at until till from by before after around about since on ends begins starts".split()
)
_CLOCK = re.compile(r"\d[:.]\d\d")


def shape_of(head: str) -> Shape | None:
    """Return the shape that begins most messages in a file's first lines; None if none does.

    Two lines of a shape make a chat, or one if the file has no other.
    """
    lines = [plain(line) for line in without_marks(head).splitlines() if line.strip()][:SAMPLE]
    fewest = max(1, min(2, len(lines)), _FEWEST * len(lines))
    if sum(_CLOCK.search(line) is not None for line in lines) < fewest:
        return None
    there = frozenset("".join(lines))
    able = [shape for shape in shapes() if all(map(there.intersection, shape.signs))]
    counts = [_explained(shape, lines) for shape in able]
    best = max(range(len(able)), key=lambda place: counts[place])
    split = split_shape([plain(line) for line in without_marks(head).splitlines()])
    if split is not None and split[1] >= max(fewest, counts[best]):
        return split[0]
    return able[best] if counts[best] >= fewest else None


def _explained(shape: Shape, lines: Sequence[str]) -> int:
    """Return how many lines begin a message in a shape."""
    names = Counter[str]()
    for number, line in enumerate(lines):
        found = shape.message.match(line)
        if found is None:
            continue
        name = found["name"].strip()
        if name.lower() in LOG_LEVELS or (
            shape.is_alone and not _stands_alone(name, lines, number, is_dated=shape.is_dated)
        ):
            continue
        names[name] += 1
    if shape.is_alone and not shape.is_dated and len(names) > max(1, sum(names.values()) - 1):
        return 0
    return sum(names.values())


def _stands_alone(name: str, lines: Sequence[str], number: int, *, is_dated: bool) -> bool:
    """Tell a name above what was said from a sentence that ends in a time of day.

    A name in lower case is one word that leads no time, or stands before a whole date.
    """
    words = name.split()
    if number + 1 >= len(lines) or len(words) > 5:
        return False
    if words[0][0].islower() and not is_dated:
        return len(words) == 1 and words[0] not in _LEADS_TIMES
    return sum(word[0].islower() for word in words) <= 1


def order_of(dates: Iterable[str]) -> DateOrder:
    """Return in which order the numeric dates of a file are, given in the file's order.

    The order under which most are days at all; of those the one under which time runs backwards
    least; then the one under which the file spans fewest days, since people talk day by day.
    """
    runs = (date for date, _ in groupby(dates))
    numbers = [found for date in runs if (found := numbers_of(date)) is not None]
    return max(DATE_ORDERS, key=lambda order: _fit(numbers, order))


def _fit(numbers: Sequence[tuple[str, str, str]], order: DateOrder) -> tuple[int, int, int]:
    """Return how well an order explains dates: days that can be, steps back, days spanned."""
    days = [day for one in numbers if (day := _day(one, order)) is not None]
    steps = [(after - before).days for before, after in pairwise(days)]
    return len(days), -sum(step < 0 for step in steps), -sum(map(abs, steps))


def _day(numbers: tuple[str, str, str], order: DateOrder) -> datetime | None:
    try:
        return day_of(numbers, order, strict=True)
    except ValueError:
        return None
