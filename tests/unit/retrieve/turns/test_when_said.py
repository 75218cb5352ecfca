"""What a reason says of time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from graphmem.retrieve.asked import Asked
from graphmem.retrieve.engine import Engine
from graphmem.retrieve.turns.told import ToldDates
from graphmem.retrieve.turns.when_said import NEAR_DAY, WhenSaid
from graphmem.rules.embed import RuleEncoder
from tests.unit.retrieve.snapshots import Turn, snapshot_of

TALK = [
    Turn("We ate figs.", "s1", "Ana", datetime(2024, 5, 3, 23, tzinfo=UTC)),
    Turn("The figs are gone.", "s2", "Ana", datetime(2024, 5, 8, 9, tzinfo=UTC)),
    Turn("More figs.", "s3"),
]
NOW = datetime(2024, 5, 9, tzinfo=UTC)


def times(question, **asked):
    snapshot = snapshot_of(TALK)
    read = Engine.of(snapshot, encoder=RuleEncoder()).reader.read(
        Asked(text=question, now=NOW, **asked)
    )
    return WhenSaid(snapshot, read, ToldDates(snapshot))


def test_a_condition_that_is_met_is_told_with_the_day_on_which_it_was_said():
    assert times("What did we eat on 3 May?").met(0) == "said on 3 May 2024, the date asked"
    assert times("What did we eat in May?").met(0) == "said on 3 May 2024, in the time asked"
    assert times("What did we eat on 3 May?").met(1).endswith("soon after the time asked")


def test_days_are_told_in_the_askers_zone():
    found = times("What did we eat on 4 May?", zone=ZoneInfo("Asia/Tokyo"))
    assert found.met(0) == "said on 4 May 2024, the date asked"


@pytest.mark.parametrize("question", ["What did we eat?", "What were the last figs we ate?"])
def test_without_a_condition_none_is_met(question):
    assert times(question).met(0) == ""


def test_a_turn_without_a_time_is_near_only_by_what_it_tells():
    found = times("What did we eat on 3 May?", any_time=True)
    assert found.near("day", 2, 1.0) == "tells of the time asked"


def test_near_is_said_only_of_what_is_near():
    found = times("What did we eat on 3 May?", any_time=True)
    assert found.near("day", 1, NEAR_DAY + 0.1) == "said on 8 May 2024, near the date asked"
    assert found.near("day", 1, NEAR_DAY - 0.1) == ""


def test_what_was_said_on_another_day_and_tells_of_the_day_asked_is_not_said_to_be_of_it():
    found = times("What did we eat on 3 May?", any_time=True)
    assert found.near("day", 0, 1.0) == "said on 3 May 2024, the date asked"
    assert found.near("day", 1, 1.0) == "said on 8 May 2024, tells of the time asked"


def test_of_a_turn_without_a_time_nothing_is_said():
    found = times("What is the last thing we ate on 3 May?")
    assert (found.met(2), found.in_order(2)) == ("", "")
    assert found.in_order(0) == "said on 3 May 2024, and the last is asked for"
