"""What a question says beside its words: the dates it asks about, and its kind."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np
from numpy.typing import NDArray

from graphmem.text import MONTH_NAMES, fold

_MONTHS = tuple(map(fold, MONTH_NAMES))
_MONTH = "(?P<month>" + "|".join(f"{m}|{m[:3]}|{m[:4]}" for m in _MONTHS) + r")\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"\b{_YEAR}-(?P<number>[01]\d)(?:-(?P<day>[0-3]\d))?\b",
        rf"\b{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR}\b)?",
        rf"\b{_MONTH} {_DAY}\b(?:,? {_YEAR}\b)?",
        rf"\b{_MONTH},?(?: of)? {_YEAR}\b",
        rf"\b(?:in|during|of|since|until|by|before|after|late|early|mid|last|this|next)[ -]"
        rf"{_MONTH}",
        rf"\b(?P<season>spring|summer|autumn|fall|winter)(?: of)?,? {_YEAR}\b",
        r"\b(?:in|during|over|of|last|this|next)(?: the)? "
        r"(?P<season>spring|summer|autumn|fall|winter)\b",
        rf"\b{_YEAR}\b",
    )
)
_SEASONS = {
    "winter": (12, 1, 2), "spring": (3, 4, 5), "summer": (6, 7, 8),
    "autumn": (9, 10, 11), "fall": (9, 10, 11),
}  # fmt: skip
_DAY_SECONDS = 86400.0
_DECAY_AFTER_DAYS, _DECAY_BEFORE_DAYS = 7.0, 3.0
_MONTH_TAIL, _MONTH_TAIL_DAYS = 0.5, 21.0
_WHEN = re.compile(
    r"^(?:when|how long ago|since when)\b|\bwh(?:at|ich) (?:date|day|month|year|time|week)\b"
)
_COUNT = re.compile(r"\bhow (?:many|often|much|long|old|far)\b|\bwhat number\b")
_WHERE = re.compile(r"^where\b|\bwh(?:at|ich) (?:city|country|place|state|town)\b")
_WHO = re.compile(r"^(?:who|whom|whose)\b")
_WHY = re.compile(r"^why\b|\bwhat (?:inspired|motivated|made)\b|\breasons?\b")


@dataclass(frozen=True, slots=True)
class AskedDate:
    """A date as the question gives it; what it leaves open is None."""

    year: int | None = None
    months: tuple[int, ...] = ()
    """Empty: any month."""
    day: int | None = None


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """What sort of answer is wanted; several may hold."""

    when: bool
    count: bool
    where: bool
    who: bool
    why: bool


def question_kind(folded: str) -> QuestionKind:
    """Return what an English question asks for, folded; of other languages nothing is known."""
    text = folded.strip()
    return QuestionKind(
        when=_WHEN.search(text) is not None,
        count=_COUNT.search(text) is not None,
        where=_WHERE.search(text) is not None,
        who=_WHO.search(text) is not None,
        why=_WHY.search(text) is not None,
    )


def asked_dates(folded: str) -> tuple[AskedDate, ...]:
    """Return the dates that a folded question names, most exact form first, none read twice."""
    text = folded
    found: list[AskedDate] = []
    for form in _FORMS:
        for match in form.finditer(text):
            asked = _read_date(match.groupdict())
            if asked is not None:
                found.append(asked)
        text = form.sub(lambda match: " " * len(match.group()), text)
    return tuple(dict.fromkeys(found))


def _read_date(groups: dict[str, str | None]) -> AskedDate | None:
    year = int(found) if (found := groups.get("year")) else None
    if season := groups.get("season"):
        return AskedDate(year, _SEASONS[season])
    if number := groups.get("number"):
        month = int(number)
    elif name := groups.get("month"):
        month = next(i for i, full in enumerate(_MONTHS, 1) if full.startswith(name))
    else:
        return AskedDate(year)
    day = int(found) if (found := groups.get("day")) else None
    try:
        datetime(year or 2024, month, day or 1, tzinfo=UTC)
    except ValueError:
        return None
    return AskedDate(year, (month,), day)


def day_prior(asked: tuple[AskedDate, ...], said_at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (n,) how near each note was said to an asked day, 0 to 1; 0 for undated notes.

    People speak of a day after it more than before it: the value falls by e within seven days
    after, within three before.
    """
    best = np.zeros(len(said_at))
    days = np.floor(said_at / _DAY_SECONDS)
    for one in asked:
        if one.day is None:
            continue
        for year in [one.year] if one.year else _years(said_at):
            delta = days - _day_number(year, one.months[0], one.day)
            near = np.exp(
                np.where(delta >= 0, -delta / _DECAY_AFTER_DAYS, delta / _DECAY_BEFORE_DAYS)
            )
            best = np.fmax(best, near)
    return best


def month_prior(asked: tuple[AskedDate, ...], said_at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (n,) 1 for notes said in an asked month, season or year, 0 for the others.

    The three weeks after an asked month count half: that is when people speak of it.
    """
    best = np.zeros(len(said_at))
    if not any(one.day is None for one in asked):
        return best
    years, months, ended = _calendar(said_at)
    for one in asked:
        if one.day is not None:
            continue
        same_year = np.ones(len(said_at), np.bool_) if one.year is None else years == one.year
        if not one.months:
            best = np.fmax(best, same_year)
            continue
        best = np.fmax(best, same_year & np.isin(months, one.months))
        if len(one.months) == 1:
            year_before = years if one.months[0] < 12 else years - 1
            fits = np.ones(len(said_at), np.bool_) if one.year is None else year_before == one.year
            tail = fits & (months == one.months[0] % 12 + 1) & (ended <= _MONTH_TAIL_DAYS)
            best = np.fmax(best, _MONTH_TAIL * tail)
    return best


def _years(said_at: NDArray[np.float64]) -> list[int]:
    known = said_at[np.isfinite(said_at)]
    if not len(known):
        return []
    first, last = (datetime.fromtimestamp(float(t), UTC).year for t in (known.min(), known.max()))
    return list(range(first, last + 1))


def _day_number(year: int, month: int, day: int) -> int:
    try:
        asked = date(year, month, day)
    except ValueError:
        asked = date(year, month, 28)
    return (asked - date(1970, 1, 1)).days


def _calendar(said_at: NDArray[np.float64]) -> tuple[NDArray[np.int64], ...]:
    """Return year, month and day of the month of each note, -1 for undated ones."""
    dated = np.isfinite(said_at)
    stamps = np.where(dated, said_at, 0).astype("datetime64[s]")
    year_start, month_start = stamps.astype("datetime64[Y]"), stamps.astype("datetime64[M]")
    years = year_start.astype(np.int64) + 1970
    months = (month_start - year_start.astype("datetime64[M]")).astype(np.int64) + 1
    days = (stamps.astype("datetime64[D]") - month_start.astype("datetime64[D]")).astype(
        np.int64
    ) + 1
    return tuple(np.where(dated, part, -1) for part in (years, months, days))
