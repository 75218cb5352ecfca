"""Dates as mentions: a relative one takes the name of what it stands for."""

import re
from collections.abc import Sequence

from graphmem.batches import Mention
from graphmem.dates import intervals
from graphmem.dates.intervals import Interval
from graphmem.dates.read import DateSpan

_INNER_YEAR = re.compile(r"\b(?:1\d{3}|20\d{2})\b")


def mentions(spans: Sequence[DateSpan]) -> list[Mention]:
    """Return dates as mentions; a relative one takes the name of what it stands for, if known.

    The year inside a longer date is a mention of its own: texts share years more than days.
    """
    found: list[Mention] = []
    for span in spans:
        known = span.interval is not None and span.relative
        name = intervals.spoken(span.interval) if known and span.interval else span.surface
        found.append(_mention(name, span.start, span.end, span.interval))
        year = _INNER_YEAR.search(span.surface)
        if year and year.group() != span.surface:
            start = span.start + year.start()
            whole = intervals.years(int(year.group()))
            found.append(_mention(year.group(), start, start + 4, whole))
    return found


def _mention(name: str, start: int, end: int, interval: Interval | None) -> Mention:
    valid_from, valid_until = interval or (None, None)
    return Mention(
        name=" ".join(name.split()),
        start=start,
        end=end,
        kind="date",
        valid_from=valid_from,
        valid_until=valid_until,
    )
