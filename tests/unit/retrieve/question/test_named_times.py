"""Seasons and feasts in a question, and how a text tells of what comes again."""

from datetime import date

import pytest

from graphmem.retrieve.question.named_times import easter, named_times, recurring_name

TODAY = date(2025, 3, 14)
YEARS = range(2024, 2026)


def read(text):
    return list(named_times(text, YEARS, TODAY))


@pytest.mark.parametrize(
    ("year", "day"),
    [(2000, date(2000, 4, 23)), (2024, date(2024, 3, 31)), (2038, date(2038, 4, 25))],
)
def test_easter_is_the_sunday_that_the_church_keeps(year, day):
    assert easter(year) == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("what did we eat at christmas 2023?", [(date(2023, 12, 24), date(2023, 12, 27))]),
        ("who came last christmas?", [(date(2024, 12, 24), date(2024, 12, 27))]),
        ("where do we go next easter?", [(date(2025, 4, 18), date(2025, 4, 22))]),
        (
            "what did i do on halloween?",
            [(date(y, 10, 31), date(y, 11, 1)) for y in (2023, 2024, 2025)],
        ),
        ("who came at easter last year?", [(date(2024, 3, 29), date(2024, 4, 2))]),
        ("what have i done since new year?", [(date(2025, 1, 1), date(2025, 1, 2))]),
        ("what did i paint before christmas?", [(date(2024, 12, 24), date(2024, 12, 27))]),
        ("where were we in the summer last year?", [(date(2024, 6, 1), date(2024, 9, 1))]),
        ("who cooked on thanksgiving 2024?", [(date(2024, 11, 28), date(2024, 11, 29))]),
        ("what did i break on new year's eve 2024?", [(date(2024, 12, 31), date(2025, 1, 1))]),
    ],
)
def test_a_feast_is_its_days(text, days):
    assert [list(named.days) for named in read(text)] == [days]


@pytest.mark.parametrize(
    "text", ["what do i want for christmas?", "who came to the christmas party?", "in spring 2024"]
)
def test_what_is_only_about_a_feast_or_has_its_year_is_no_time_here(text):
    assert not read(text)


def test_a_text_tells_of_what_comes_again_by_its_name():
    (summer,) = read("what do we do in the summer?")
    assert summer.recurring[0].is_said("We go sailing in summer.")
    assert not summer.recurring[0].is_said("We sailed in the summer of 2019.")
    friday, december = recurring_name("friday"), recurring_name("december")
    assert friday.is_said("Fish on Fridays!")
    assert not friday.is_said("I saw him on Friday.")
    assert december.is_said("Every December we bake.")
    assert recurring_name("2024") is None
