"""The days that the dates in texts stand for."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from graphmem.arrays import MENTION_KINDS
from graphmem.retrieve.question.period import EPOCH, Period
from graphmem.retrieve.turns.told_days import ToldDays
from tests.unit.retrieve.snapshots import NOTHING_NAMED, Turn, snapshot_of

MAY = Period.of(date(2024, 5, 1), date(2024, 6, 1), UTC, is_long=True)


def told(*turns):
    """Take turns as their time, None for none, and the dates that they name."""
    names = sorted({name for _, named in turns for name in named})
    pairs = [(at, names.index(name)) for at, (_, named) in enumerate(turns) for name in named]
    graph = replace(
        NOTHING_NAMED,
        entity_names=tuple(names),
        mention_note=np.array([note for note, _ in pairs], np.int32),
        mention_entity=np.array([name for _, name in pairs], np.int32),
        mention_kind=np.full(len(pairs), MENTION_KINDS.index("date"), np.int8),
    )
    said = [Turn("Tea.", f"s{at}", "Ana", when) for at, (when, _) in enumerate(turns)]
    return ToldDays.of(replace(snapshot_of(said), graph=graph))


def days_of(days, note):
    spans = days.of_notes([note], longest=400)
    return [tuple(str(EPOCH + timedelta(day)) for day in span) for span in spans]


@pytest.mark.parametrize("day", range(6, 13))
def test_a_weekday_is_the_one_before_or_the_one_after(day):
    days = told((datetime(2024, 5, day, 12, tzinfo=UTC), ["wednesday"]), (None, ["wednesday"]))
    after = 8 if day <= 8 else 15
    expected = [(f"2024-05-{at:02}", f"2024-05-{at + 1:02}") for at in (after - 7, after)]
    assert days_of(days, 0) == expected
    assert days_of(days, 1) == []


def test_each_text_has_the_days_of_all_its_dates():
    days = told((None, ["2024-05-03", "march 2024"]), (None, []), (None, ["2024-05-03"]))
    third = ("2024-05-03", "2024-05-04")
    assert days_of(days, 0) == [("2024-03-01", "2024-04-01"), third]
    assert days_of(days, 1) == []
    assert days_of(days, 2) == [third]


def test_a_period_is_told_of_by_dates_that_meet_it_and_are_no_longer_than_is_asked():
    days = told(
        (None, ["2024-05-03"]), (None, ["2024-06-01"]), (None, ["2024"]), (None, ["may 2024"])
    )
    assert sorted(days.telling(MAY, 31).tolist()) == [0, 3]
    assert days.telling(MAY, 7).tolist() == [0]
    assert sorted(days.telling(MAY, 366).tolist()) == [0, 2, 3]


def test_where_nobody_tells_a_date_nothing_tells_of_a_time():
    assert told((None, [])).telling(MAY, 31).tolist() == []
