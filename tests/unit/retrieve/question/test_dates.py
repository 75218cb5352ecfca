"""The dates that a question asks about, its kind, and how near notes were said."""

from datetime import UTC, datetime
from math import exp

import numpy as np
import pytest

from graphmem.retrieve.question.dates import (
    AskedDate,
    asked_dates,
    day_prior,
    month_prior,
    question_kind,
)
from graphmem.text import fold


def said(*days):
    return np.array(
        [datetime(*day, 13, 30, tzinfo=UTC).timestamp() if day else np.nan for day in days]
    )


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What happened on 8 May 2023?", AskedDate(2023, (5,), 8)),
        ("What happened on May 8th, 2023?", AskedDate(2023, (5,), 8)),
        ("What happened on the 8th of May?", AskedDate(None, (5,), 8)),
        ("What happened on 2023-05-08?", AskedDate(2023, (5,), 8)),
        ("What happened in August 2023?", AskedDate(2023, (8,))),
        ("What happened in Sept. 2023?", AskedDate(2023, (9,))),
        ("What happened in August?", AskedDate(None, (8,))),
        ("What happened in the summer of 2022?", AskedDate(2022, (6, 7, 8))),
        ("What happened in 2022?", AskedDate(2022)),
    ],
)
def test_dates_are_read_in_the_forms_people_write(question, asked):
    assert asked_dates(fold(question)) == (asked,)


@pytest.mark.parametrize(
    "question", ["May I come?", "Who will march?", "On 31 February 2023?", "Room 2023a?", ""]
)
def test_what_is_no_date_is_not_read_as_a_day_or_month(question):
    assert all(not asked.months for asked in asked_dates(fold(question)))


def test_two_dates_are_both_read():
    found = asked_dates(fold("Between 3 May and 5 June 2023?"))
    assert set(found) == {AskedDate(None, (5,), 3), AskedDate(2023, (6,), 5)}


def test_a_day_counts_less_the_further_off_and_least_before_it():
    near = day_prior(
        (AskedDate(2023, (5,), 8),), said((2023, 5, 8), (2023, 5, 15), (2023, 5, 5), ())
    )
    np.testing.assert_allclose(near, [1, exp(-1), exp(-1), 0])


def test_a_day_without_a_year_fits_every_year():
    near = day_prior((AskedDate(None, (5,), 8),), said((2022, 5, 8), (2023, 5, 8)))
    np.testing.assert_allclose(near, [1, 1])


def test_a_month_counts_whole_and_three_weeks_after_it_half():
    asked = (AskedDate(2023, (12,)),)
    near = month_prior(asked, said((2023, 12, 31), (2024, 1, 20), (2024, 1, 25), (2022, 12, 1), ()))
    np.testing.assert_allclose(near, [1, 0.5, 0, 0, 0])


def test_without_dates_nothing_is_likely():
    assert not day_prior((), said((2023, 5, 8), ())).any()
    assert not month_prior((), said((2023, 5, 8), ())).any()


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When did it start?", "when"),
        ("How many dogs are there?", "count"),
        ("Where is it?", "where"),
        ("Who came?", "who"),
        ("Why did it stop?", "why"),
    ],
)
def test_the_kind_of_a_question_is_what_it_asks_for(question, kind):
    found = question_kind(fold(question))
    kinds = ("when", "count", "where", "who", "why")
    assert [name for name in kinds if getattr(found, name)] == [kind]
