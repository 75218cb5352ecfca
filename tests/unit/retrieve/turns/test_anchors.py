"""A question that counts from an event is asked of the event's days."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from graphmem.memory import Memory

SAID = [
    ("Ana", "The regatta is on Saturday 11 May, bring a hat.", 5),
    ("Ana", "We bought soup and a rope.", 10),
    ("Ben", "I was cheering all afternoon.", 11),
    ("Ana", "We ate the rest of the plum tart.", 12),
    ("Ana", "I am in Bergen now, it rains.", 20),
    ("Ana", "There was brown cheese for lunch.", 20),
    ("Ana", "I had noodles for lunch.", 25),
    ("Ben", "I had toast for lunch.", 2),
    ("Ben", "The rent was due.", 28),
]


def hits(question, said=SAID, zone=UTC):
    now = datetime(2024, 5, 31, 12, tzinfo=UTC)
    with Memory.open("ram:", scope="ana", clock=lambda: now) as memory:
        for speaker, text, day in said:
            at = datetime(2024, 5, day, 12, tzinfo=zone)
            memory.add(text, speaker=speaker, said_at=at, session=f"day {day}")
        return memory.search(question, k=5, asker="Ana")


def first(question, said=SAID, zone=UTC):
    return hits(question, said, zone)[0]


def found(question):
    return [hit.note.text for hit in hits(question)]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What did we eat the day after the regatta?", "We ate the rest of the plum tart."),
        ("What did we buy the day before the regatta?", "We bought soup and a rope."),
        ("What did I have for lunch five days after I was in Bergen?", "I had noodles for lunch."),
        ("What was due a week after the noodles?", "The rent was due."),
    ],
)
def test_the_day_of_an_event_is_told_by_the_turns_that_speak_of_it(question, answer):
    assert first(question).note.text == answer


def test_of_what_is_said_alike_that_of_the_days_of_the_event_is_best():
    lunches = [
        hit for hit in found("What did I have for lunch when I was in Bergen?") if "lunch" in hit
    ]
    assert lunches[0] == "There was brown cheese for lunch."


MOVE = [
    ("Ana", "The move is on Saturday.", 7),
    ("Ana", "I packed the china.", 5),
    ("Ana", "The stairs nearly broke me.", 11),
    ("Ana", "I slept until two.", 12),
    ("Ana", "I hung the lamps.", 13),
]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What did I do the day after the move?", "I slept until two."),
        ("What did I do two days after the move?", "I hung the lamps."),
        ("What did I do the weekend before the move?", "I packed the china."),
        ("What happened to me on the day of the move?", "The stairs nearly broke me."),
    ],
)
def test_where_only_the_event_is_named_what_was_said_then_comes_before_what_announced_it(
    question, answer
):
    assert first(question, MOVE).note.text == answer


def test_the_reason_tells_the_day_that_was_meant():
    best = first("What did we eat the day after the regatta?")
    assert "said on 12 May 2024, the date asked" in best.why


def test_an_event_that_nobody_speaks_of_gives_no_day():
    best = first("What did I have for lunch the day after the eclipse?")
    assert not any("the date asked" in reason for reason in best.why)


def test_what_is_spoken_of_all_the_time_is_no_event():
    talk = [("Ana", f"Rowing, part {day}.", day) for day in range(1, 20)]
    best = first("What did I do the day after rowing?", said=talk)
    assert not any("the date asked" in reason for reason in best.why)


def test_a_question_that_says_a_day_itself_is_asked_of_it():
    best = first("What did we buy on 10 May, the day before the regatta?")
    assert best.note.text == "We bought soup and a rope."


def test_the_days_are_those_of_the_zone_of_the_one_who_asks():
    best = first("What did we eat the day after the regatta?", zone=timezone(timedelta(hours=9)))
    assert best.note.text == "We ate the rest of the plum tart."


@pytest.mark.parametrize(
    ("question", "kept", "out"),
    [
        ("What did I have for lunch after the regatta?", "noodles", "toast"),
        ("What did Ben have for lunch before the regatta?", "toast", "noodles"),
        ("What have we bought since the regatta?", "rope", "nothing: only another time fits"),
    ],
)
def test_the_days_beyond_an_event_that_has_a_date_are_a_condition(question, kept, out):
    texts = found(question)
    assert any(kept in text for text in texts)
    assert not any(out in text for text in texts)


def test_an_event_without_a_date_makes_no_condition():
    said = [("Ana", "The gala was loud.", 14), ("Ana", "I bought a fan.", 8)]
    assert "I bought a fan." in [
        hit.note.text for hit in hits("What did I buy after the gala?", said=said)
    ]


def test_the_one_who_lifts_times_lifts_an_events_too():
    with Memory.open("ram:", scope="ana") as memory:
        memory.add("The regatta is on 11 May 2024.", speaker="Ana", said_at="2024-05-05")
        memory.add("I had toast for lunch.", speaker="Ana", said_at="2024-05-02")
        memory.add("I had figs for lunch.", speaker="Ana", said_at="2024-05-20")
        asked = "What did I have for lunch after the regatta?"
        kept = {hit.note.text for hit in memory.search(asked)}
        lifted = {hit.note.text for hit in memory.search(asked, any_time=True)}
    assert "I had toast for lunch." not in kept
    assert "I had toast for lunch." in lifted


def test_of_a_weekday_without_a_date_an_event_that_was_takes_the_last():
    said = [
        ("Ana", "The gala was on Saturday.", 14),
        ("Ana", "I bought a fan.", 8),
        ("Ana", "I bought a hat.", 13),
    ]
    best = hits("What did I buy after the gala?", said=said)
    assert [hit.note.text for hit in best if "bought" in hit.note.text] == ["I bought a hat."]
