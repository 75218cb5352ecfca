"""The facts of a name."""

from graphmem.explore.facts import MOST, facts_in
from graphmem.named import entity_of


def facts_about(memory, name):
    notes = [*memory.list(order="newest", limit=200)]
    return facts_in(memory, {entity_of(memory.scope.key, name)}, notes)


def test_a_fact_stated_twice_is_one_since_the_first_time(empty):
    for day in ("2024-05-03", "2023-05-01"):
        empty.add("I work at Havn Pipes.", speaker="Ana", said_at=day, session=day)
    (line,) = facts_about(empty, "Ana").lines
    assert (line.subject, line.object, line.times) == ("Ana", "Havn Pipes", 2)
    assert line.bar.label == "since 1 May 2023"


def test_no_more_are_drawn_than_fit_and_the_others_counted(empty):
    for number in range(MOST + 3):
        place = f"{chr(65 + number)}ville"
        empty.add(f"I visited {place}.", speaker="Ana", said_at="2024-05-03", session=place)
    facts = facts_about(empty, "Ana")
    assert len(facts.lines) == MOST
    assert facts.left >= 3


def test_facts_of_others_are_not_there(memory):
    lines = facts_about(memory, "Havn Pipes").lines
    assert lines
    assert all("Havn Pipes" in (line.subject, line.object) for line in lines)
