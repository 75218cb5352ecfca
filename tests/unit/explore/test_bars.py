"""Bars of validity."""

from datetime import UTC, datetime

import pytest

from graphmem.explore.bars import NARROWEST, WIDE, axis_of, label_of

NOW = datetime(2024, 1, 1, tzinfo=UTC)
EARLY = datetime(2020, 1, 1, tzinfo=UTC)
MIDDLE = datetime(2022, 1, 1, tzinfo=UTC)


def test_what_holds_still_reaches_to_the_end_and_what_ended_does_not():
    open_, closed = axis_of([(MIDDLE, None), (EARLY, MIDDLE)], NOW).bars
    assert (open_.is_open, closed.is_open) == (True, False)
    assert open_.x + open_.width == WIDE
    assert (closed.x, closed.width) == (0, open_.x)


def test_the_axis_reaches_from_the_first_begin_to_now():
    axis = axis_of([(MIDDLE, None), (EARLY, MIDDLE)], NOW)
    assert (axis.first, axis.last) == ("1 January 2020", "1 January 2024")


@pytest.mark.parametrize("validity", [(NOW, NOW), (NOW, None), (None, None), (None, EARLY)])
def test_every_bar_can_be_seen_and_stands_inside_the_axis(validity):
    (bar,) = axis_of([validity], NOW).bars
    assert bar.width >= NARROWEST
    assert 0 <= bar.x <= bar.x + bar.width <= WIDE


def test_labels_say_what_is_known():
    assert label_of(EARLY, None) == "since 1 January 2020"
    assert label_of(EARLY, MIDDLE) == "1 January 2020 to 1 January 2022"
    assert label_of(None, MIDDLE) == "until 1 January 2022"
    assert label_of(None, None) == "no date is known"


def test_no_facts_have_no_bars():
    assert axis_of([], NOW).bars == ()
