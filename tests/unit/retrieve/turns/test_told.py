"""Which turns lie in a time that is asked about."""

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from graphmem.arrays import MENTION_KINDS
from graphmem.dates.read import dates
from graphmem.retrieve.question.period import Period
from graphmem.retrieve.question.when import When
from graphmem.retrieve.turns.told import SOON_DAYS, ToldDates
from graphmem.rules.dates import mentions
from tests.unit.retrieve.snapshots import NOTHING_NAMED, Turn, snapshot_of

THIRD = Period.of(date(2024, 5, 3), date(2024, 5, 4), UTC)
MAY = Period.of(date(2024, 5, 1), date(2024, 6, 1), UTC, is_long=True)


def told(*turns):
    """Return the dates of some turns, as the rules read them."""
    snapshot = snapshot_of(turns)
    names = [
        (note, mention.name)
        for note, turn in enumerate(turns)
        for mention in mentions(dates(turn.text, turn.said_at))
    ]
    known = sorted({name for _, name in names})
    graph = replace(
        NOTHING_NAMED,
        entity_names=tuple(known),
        mention_note=np.array([note for note, _ in names], np.int32),
        mention_entity=np.array([known.index(name) for _, name in names], np.int32),
        mention_kind=np.full(len(names), MENTION_KINDS.index("date"), np.int8),
    )
    return ToldDates(replace(snapshot, graph=graph))


def said(text, *day, session="s1", title=None):
    return Turn(text, session, "Ana", datetime(*day, 12, tzinfo=UTC) if day else None, title)


def meeting(when, *turns, fitting=None):
    dated = told(*turns)
    every = np.ones(len(turns), np.bool_)
    fits = every if fitting is None else np.array(fitting, np.bool_)
    return dated.meeting(when, every & dated.snapshot.is_turn, fits).tolist()


def on(period):
    return When(asked=(period,), within=(period,), is_condition=True)


def test_what_was_said_then_meets_a_time_and_what_was_said_at_others_does_not():
    turns = (said("Tea.", 2024, 5, 2), said("Tea.", 2024, 5, 3), said("Tea.", 2024, 5, 4))
    assert meeting(on(THIRD), *turns) == [False, True, False]


@pytest.mark.parametrize(
    "text",
    [
        "We swam last Friday.",
        "We swam on 3 May.",
        "I swam on Friday.",
        "On 3 May 2024 we swam.",
        "We swam on 03/05/2024 and on 2024-05-03.",
    ],
)
def test_a_later_turn_that_dates_what_it_tells_meets_the_time_too(text):
    turns = (said("Tea.", 2024, 5, 9, session="s0"), said(text, 2024, 5, 6))
    assert meeting(on(THIRD), *turns) == [False, True]


def test_the_answer_to_a_turn_that_names_the_time_meets_it():
    turns = (
        said("Did you swim last Friday?", 2024, 5, 6),
        said("I did.", 2024, 5, 6),
        said("Once.", 2024, 5, 6, session="s2"),
    )
    assert meeting(on(THIRD), *turns) == [True, True, False]


def test_a_date_far_longer_than_the_time_tells_nothing_of_it():
    turns = (said("We swam a lot in 2024.", 2024, 9, 6), said("Tea.", 2024, 5, 3, session="s2"))
    assert meeting(on(THIRD), *turns) == [False, True]
    assert meeting(on(MAY), *turns) == [False, True]


def test_what_was_said_soon_after_will_do_where_nothing_that_fits_was_said_in_time():
    turns = (
        said("I have a cold.", 2024, 5, 3),
        said("We swam!", 2024, 5, 3 + SOON_DAYS, session="s2"),
        said("We swam.", 2024, 5, 4 + SOON_DAYS, session="s3"),
    )
    assert meeting(on(THIRD), *turns, fitting=[False, True, True]) == [False, True, False]
    assert meeting(on(THIRD), *turns) == [True, False, False]


def test_where_nothing_is_near_a_time_no_turn_meets_it():
    assert meeting(on(THIRD), said("Tea.", 2023, 5, 3), said("Tea.", 2024, 7, 3)) == [False, False]


def test_passages_and_turns_without_a_time_meet_every_time():
    page = said("A page.", 2020, 1, 1, session="p", title="Page")
    assert meeting(on(THIRD), said("Tea."), page, said("Tea.", 2023, 1, 1)) == [True, True, False]
