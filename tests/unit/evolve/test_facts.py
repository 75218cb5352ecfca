"""Newer facts supersede older ones."""

from graphmem.changes import NoteField
from graphmem.evolve.facts import newer_facts
from tests.unit.evolve.saying import saying


def ends(*texts: str) -> dict[str, str]:
    """Return what supersedes each of some facts, said one a day, by their days."""
    facts = [saying(text, day=day) for day, text in enumerate(texts)]
    made = newer_facts(reversed(facts))
    return {
        p.target.note: p.after
        for p in made
        if isinstance(p.target, NoteField) and p.target.field == "superseded_by"
    }


def test_each_fact_holds_until_the_next_about_its_slot() -> None:
    assert ends("My locker is number 14.", "My oars are in Bergen.", "My locker is number 31 now.",
                "My locker is number 40.") == {"n0": "n2", "n2": "n3"}  # fmt: skip


def test_facts_about_other_slots_stay() -> None:
    assert ends("My locker is number 14.", "My berth is number 31.", "I am fine.") == {}


def test_the_same_said_again_is_one_fact() -> None:
    assert ends("My locker is number 14.", "My locker is number 14.") == {"n0": "n1"}


def test_the_older_one_ends_when_the_newer_begins_and_that_follows_its_word() -> None:
    new = saying("My locker is number 31.", day=2)
    by, until = newer_facts([saying("My locker is number 14."), new])
    assert (by.after, until.after) == (new.note, new.at)
    assert until.follows == (0,)
