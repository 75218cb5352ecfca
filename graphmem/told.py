"""Dates and facts as people read them: `Fri 10 May 2024`, `Ana — not lives in — Porto`."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from graphmem.batches import Claim, Mention
from graphmem.text import MONTH_NAMES, day_text, month_text
from graphmem.types import Fact, Span

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def told_relation(stated: Claim | Fact) -> str:
    """Return a relation with its denial: `lives in`, `not lives in`."""
    return f"not {stated.relation}" if stated.negated else stated.relation


def told_fact(stated: Claim | Fact) -> str:
    """Return a fact, or what one note states of it, on one line: `Ana — lives in — Lisbon`."""
    return f"{stated.subject} — {told_relation(stated)} — {stated.object}"


def told_day(moment: datetime) -> str:
    """Return a day with its weekday, `Fri 10 May 2024`, the same in every locale."""
    return f"{WEEKDAYS[moment.weekday()]} {day_text(moment)}"


def told_time(moment: datetime) -> str:
    """Return a time with its weekday, `Fri 10 May 2024 18:30`; midnight is a day without time."""
    time = f" {moment:%H:%M}" if (moment.hour, moment.minute) != (0, 0) else ""
    return told_day(moment) + time


def told_interval(start: datetime, until: datetime) -> str:
    """Return what a half-open interval of whole days is called: a day, a month, `6 to 12 May 2024`.

    A single day has its weekday, as people check a date by it.
    """
    last = until - timedelta(days=1)
    if last <= start:
        return told_day(start)
    if start.day == 1 and until.day == 1:
        if (start.month, until.month) == (1, 1):
            first_year, last_year = str(start.year), str(last.year)
            return first_year if first_year == last_year else f"{first_year} to {last_year}"
        if (start.year, start.month) == (last.year, last.month):
            return month_text(start)
        if start.year == last.year:
            return f"{MONTH_NAMES[start.month - 1]} to {month_text(last)}"
        return f"{month_text(start)} to {month_text(last)}"
    if (start.year, start.month) == (last.year, last.month):
        return f"{start.day} to {day_text(last)}"
    if start.year == last.year:
        return f"{start.day} {MONTH_NAMES[start.month - 1]} to {day_text(last)}"
    return f"{day_text(start)} to {day_text(last)}"


def with_dates_told(text: str, mentions: Sequence[Mention], part: Span) -> str:
    """Return a part of a note's text, each date in it that is told relatively with the date meant.

    A date that says the same on every day (`3 May 2024`), or that nobody can know, stays as it is.
    """
    start, end = part
    pieces: list[str] = []
    at = start
    for mention in sorted(mentions, key=lambda one: (one.end, one.start)):
        inside = at <= mention.start and mention.end <= end
        if inside and (meant := _meant(text, mention)):
            pieces += [text[at : mention.end], f" ({meant})"]
            at = mention.end
    return "".join([*pieces, text[at:end]])


def _meant(text: str, mention: Mention) -> str:
    """Return the date that a mention means and does not say; empty if there is none."""
    said = " ".join(text[mention.start : mention.end].split())
    if mention.kind != "date" or mention.name == said:
        return ""
    if mention.valid_from is None or mention.valid_until is None:
        return ""
    return told_interval(mention.valid_from, mention.valid_until)
