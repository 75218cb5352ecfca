"""Dates as mentions: their names, and the years inside them."""

from graphmem.dates.read import dates
from graphmem.rules.dates import mentions
from tests.said import MONDAY


def test_a_date_that_nobody_can_know_is_a_mention_without_an_interval():
    (first,) = mentions(dates("We met on Friday.", MONDAY))
    assert (first.valid_from, first.valid_until) == (None, None)


def test_a_relative_date_is_named_by_what_it_stands_for():
    names = [m.name for m in mentions(dates("last Friday, next month, last weekend", MONDAY))]
    assert names == ["5 May 2023", "June 2023", "weekend of 6 May 2023"]


def test_the_year_of_a_longer_date_is_a_mention_of_its_own():
    found = mentions(dates("born on 3 May 1960 in Porto", None))
    assert [(m.name, m.start, m.end) for m in found] == [("3 May 1960", 8, 18), ("1960", 14, 18)]
