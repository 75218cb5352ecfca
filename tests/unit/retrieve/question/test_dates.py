"""How near notes were said to the times that are asked about."""

from datetime import UTC, date, datetime, timedelta
from math import exp
from zoneinfo import ZoneInfo

import numpy as np

from graphmem.retrieve.question.dates import day_prior, month_prior
from graphmem.retrieve.question.period import Period

EIGHTH_OF_MAY = Period.of(date(2023, 5, 8), date(2023, 5, 9), UTC)


def said(*days):
    return np.array(
        [datetime(*day, 13, 30, tzinfo=UTC).timestamp() if day else np.nan for day in days]
    )


def test_a_day_counts_less_the_further_off_and_least_before_it():
    near = day_prior((EIGHTH_OF_MAY,), said((2023, 5, 8), (2023, 5, 15), (2023, 5, 5), ()))
    np.testing.assert_allclose(near, [1, exp(-1), exp(-1), 0])


def test_a_week_counts_whole_on_each_of_its_days():
    week = Period.of(date(2023, 5, 8), date(2023, 5, 15), UTC)
    near = day_prior((week,), said((2023, 5, 8), (2023, 5, 14), (2023, 5, 15)))
    np.testing.assert_allclose(near, [1, 1, exp(-1 / 7)])


def test_a_day_that_may_be_of_several_years_counts_in_each():
    other = Period.of(date(2022, 5, 8), date(2022, 5, 9), UTC)
    near = day_prior((EIGHTH_OF_MAY, other), said((2022, 5, 8), (2023, 5, 8)))
    np.testing.assert_allclose(near, [1, 1])


def test_a_month_counts_whole_and_three_weeks_after_it_half():
    december = Period.of(date(2023, 12, 1), date(2024, 1, 1), UTC, is_long=True)
    days = said((2023, 12, 31), (2024, 1, 20), (2024, 1, 25), (2022, 12, 1), ())
    np.testing.assert_allclose(month_prior((december,), days), [1, 0.5, 0, 0, 0])


def test_without_dates_nothing_is_likely():
    assert not day_prior((), said((2023, 5, 8), ())).any()
    assert not month_prior((), said((2023, 5, 8), ())).any()


def test_days_begin_at_midnight_in_the_askers_zone():
    in_lima = Period.of(date(2023, 5, 8), date(2023, 5, 9), ZoneInfo("America/Lima"))
    late = datetime(2023, 5, 9, 2, tzinfo=UTC).timestamp()  # 21:00 of the 8th in Lima
    assert day_prior((in_lima,), np.array([late])) == [1]
    assert day_prior((EIGHTH_OF_MAY,), np.array([late])) < 1
    assert in_lima.start == EIGHTH_OF_MAY.start + timedelta(hours=5).total_seconds()
