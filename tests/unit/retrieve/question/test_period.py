"""A period: days of a calendar, moments of a zone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.question.period import (
    DAY_SECONDS,
    Lifetime,
    Moments,
    Period,
    moment,
    shifted,
)
from graphmem.retrieve.words.known import Before

WEEK = Period.of(date(2024, 5, 6), date(2024, 5, 13), UTC)


def test_its_days_begin_at_midnight_in_its_zone():
    tokyo = Period.of(date(2024, 5, 6), date(2024, 5, 13), ZoneInfo("Asia/Tokyo"))
    assert (tokyo.days, tokyo.first) == (7, WEEK.first)
    assert WEEK.start - tokyo.start == 9 * 3600


def test_it_opens_to_all_time_before_or_after_with_itself_or_without():
    assert WEEK.onward(after=False).start == WEEK.start
    assert WEEK.onward(after=True).start == WEEK.end
    assert WEEK.backward(before=True).end == WEEK.start
    assert WEEK.backward(before=False).end == WEEK.end
    assert WEEK.onward(after=True).days == WEEK.backward(before=True).days == float("inf")


def test_two_are_joined_from_the_first_to_the_last():
    later = Period.of(date(2024, 6, 1), date(2024, 7, 1), UTC, is_long=True)
    joined = WEEK.to(later)
    assert (joined.start, joined.end, joined.is_long) == (WEEK.start, later.end, True)


@pytest.mark.parametrize(("day", "away"), [(date.max, 1), (date.min, -1)])
def test_beyond_the_calendar_is_its_end(day, away):
    assert shifted(day, away) == day
    assert moment(day, ZoneInfo("Asia/Tokyo")) == pytest.approx(moment(day, UTC), abs=DAY_SECONDS)


def test_the_lifetime_of_a_memory_leaves_unknown_times_out():
    days = [datetime(year, 3, 1, tzinfo=UTC).timestamp() for year in (2023, 2021)]
    assert Lifetime.of(Moments.of(np.array([*days, np.nan]))) == Lifetime(
        range(2021, 2024), days[0]
    )
    assert Lifetime.of(Moments.of(np.array([np.nan]))) == Lifetime(range(0), float("-inf"))


TIMES = st.dictionaries(st.integers(0, 9), st.sampled_from([np.nan, 1.0, 2.0, 3.0, 9.0]))


@given(TIMES, TIMES)
def test_the_moments_of_notes_that_came_and_went_are_those_of_what_is_there(was, now):
    old, new = (np.array(list(times.values()), np.float64) for times in (was, now))
    rows = [list(was).index(note) if note in was else -1 for note in now]
    again = [at for at, note in enumerate(now) if note in was]
    before = Before.of(np.array(rows, np.int64), np.array(again, np.int64))
    assert Moments.of(old).brought_forward(before, old, new) == Moments.of(new)
    same = {note: was.get(note, time) for note, time in now.items()}
    unread, kept = Before.of(np.array(rows, np.int64)), np.array(list(same.values()), np.float64)
    assert Moments.of(old).brought_forward(unread, old, kept) == Moments.of(kept)
