"""The times that a question names: days, weeks, months, none of them read twice.

Days are those of the asker's zone.
"""

import re
from collections.abc import Iterator

from graphmem.dates.read import DateSpan, dates
from graphmem.retrieve.question.calendar import Calendar, Tense, Time, tense_of
from graphmem.retrieve.question.calendar_forms import forms_said
from graphmem.retrieve.question.calendar_parts import parts_said
from graphmem.retrieve.question.counted_times import ANY_YEAR, moved_times, rolling, weeks_around
from graphmem.retrieve.question.dated import COUNTED_FROM_NOW, PERIODS, dated
from graphmem.retrieve.question.named_times import named_times, recurring_name
from graphmem.retrieve.question.respelled import respelled

READ = "_"
"""Stands where a time was read."""
_YEAR_LEADS = frozenset("in during since until till by before after from between".split())
_AS_OF = re.compile(r"\bas(?: things (?:are|were|stood|stand))?\s+(?:of|on)\s+(?:the\s+)?$")
_MAYBE_PEOPLE = frozenset({"april", "may", "june", "august"})
_PEOPLE_LEADS = frozenset({"from", "to", "by", "on"})
_HOW_MUCH = re.compile(r"\bhow (?:much|many|often|far)\b|\b(?:times?|once|twice)\s+in\b")
_AHEAD = re.compile(r"\b(?:will|shall|going|am|is|are|be)\b|\b\w+'(?:ll|re)\b")
_ONE_UNIT = re.compile(r"in\s+(?:an?|one|1)\s")


def times_in(lowered: str, calendar: Calendar) -> Iterator[Time]:
    """Yield the times that stand in a text in lower case, none of them read twice."""
    lowered = respelled(lowered)
    tense = tense_of(lowered)
    for read in (moved_times, weeks_around, rolling, _said, _named):
        for one in read(lowered, calendar):
            if READ not in lowered[one.start : one.end]:
                yield one
                lowered = lowered[: one.start] + READ * (one.end - one.start) + lowered[one.end :]
    for span in dates(lowered, calendar.now or ANY_YEAR):
        if not _is_asked(lowered, span, calendar, tense):
            continue
        end, periods = dated(lowered, span, calendar)
        if periods:
            recurring = None if tense == "past" else recurring_name(span.surface)
            yield Time(
                start=span.start,
                end=end,
                role="by" if _AS_OF.search(lowered[: span.start]) else span.role,
                periods=periods,
                from_now=span.kind in COUNTED_FROM_NOW,
                is_condition=span.kind != "year" or span.role in _YEAR_LEADS,
                recurring=() if recurring is None else (recurring,),
            )


def _said(lowered: str, calendar: Calendar) -> Iterator[Time]:
    """Read parts of longer times, and the forms that only questions have."""
    for said in (*parts_said(lowered, calendar), *forms_said(lowered, calendar)):
        role = said.match.groupdict().get("role") or "in"
        periods = tuple(calendar.days(*days) for days in said.days)
        yield Time(*said.match.span("said"), role, periods, said.from_now, True)


def _named(lowered: str, calendar: Calendar) -> Iterator[Time]:
    """Read seasons and feasts."""
    is_past = tense_of(lowered) == "past"
    for one in named_times(lowered, calendar.years, calendar.today, is_past=is_past):
        if periods := tuple(calendar.days(*days) for days in one.days):
            yield Time(one.start, one.end, one.role, periods, one.from_now, True, one.recurring)


def _is_asked(lowered: str, span: DateSpan, calendar: Calendar, tense: Tense) -> bool:
    """Tell whether a date names a time that is asked about."""
    if span.kind not in PERIODS or (span.kind in COUNTED_FROM_NOW and calendar.now is None):
        return False
    if span.kind == "hence" and not _is_ahead(lowered, span, tense):
        return False
    return span.surface not in _MAYBE_PEOPLE or span.role not in _PEOPLE_LEADS


def _is_ahead(lowered: str, span: DateSpan, tense: Tense) -> bool:
    """Tell `Where will I be in a year?` from `How much did I save in a year?`, which is how long.

    The present is ahead only with a number: `What is due in two weeks?`.
    """
    if span.surface.rstrip().endswith("time"):
        return True
    if tense == "past" or _HOW_MUCH.search(lowered):
        return False
    return _AHEAD.search(lowered) is not None or not _ONE_UNIT.match(span.surface)
