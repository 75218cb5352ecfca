"""What a newer note is to an older one."""

import pytest

from graphmem.evolve.relate import relation, slot_of
from tests.unit.evolve.saying import saying


def kind(old: str, new: str, *, by: str = "Ida") -> str | None:
    found = relation(saying(new, day=1, by=by), saying(old))
    return found.kind if found else None


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("My locker is number 14.", "My locker is number 31 now.", "changes"),
        ("Hi! I work for Nordlys.", "Guess what. I work for Fjordkraft.", "changes"),
        ("I eat herring with onions.", "I never eat herring with onions.", "contradicts"),
        ("See you on the quay.", "see you, on the QUAY", "repeats"),
        (
            "The ferry to Stord was late with a broken engine.",
            "The ferry with the broken engine was late at Stord, and we missed the concert there.",
            "elaborates",
        ),
        (
            "The heron nest by our jetty fell into the fjord.",
            "Our class drew a heron nest by the jetty.",
            "same_topic",
        ),
        (
            "The storm broke every window of the greenhouse.",
            "So we closed the greenhouse: no window left after the storm.",
            "causes",
        ),
        ("My locker is number 14.", "Is your locker number 31?", None),
        ("My locker is number 14.", "Rain again.", None),
        ("Thanks, Odd!", "Thanks, Hedda!", None),
    ],
)
def test_two_notes_of_one_speaker(old: str, new: str, wanted: str | None) -> None:
    assert kind(old, new) == wanted


def test_what_another_speaker_says_of_himself_changes_nothing() -> None:
    assert kind("My locker is number 14.", "My locker is number 31.", by="Odd") is None


@pytest.mark.parametrize(
    "other",
    [
        "My second locker is number 31.",
        "My locker is not number 31.",
        "Is my locker number 31?",
        "My locker is number 31. It smells.",
        "Lockers smell.",
    ],
)
def test_a_fact_is_of_the_same_slot_only_if_nothing_but_the_value_differs(other: str) -> None:
    slot = slot_of(saying("My locker is number 14."))
    assert slot is not None
    assert slot_of(saying("My locker is now number 31.", day=1)) == slot
    assert slot_of(saying("My locker is number 31.", by="Odd")) != slot
    assert slot_of(saying(other)) != slot


def test_the_reason_is_in_words_and_the_weight_a_share() -> None:
    found = relation(saying("My locker is number 31.", day=1), saying("My locker is number 14."))
    assert found is not None
    assert found.reason == "the same but for 14, now 31"
    assert 0 < found.weight <= 1
