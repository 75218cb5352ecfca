"""Topics are what several sessions name, told by turns; exclamations and speakers are none."""

from graphmem.evolve.topics import LINES, topics
from graphmem.memory import Memory
from graphmem.testing import standing_clock


def found(*texts: str) -> dict[str, list[str]]:
    memory = Memory.open("ram:", scope="ida", clock=standing_clock)
    for n, text in enumerate(texts):
        memory.add(text, speaker="Ida", said_at=f"2024-01-{n + 1:02}", session=f"s{n // 2}")
    snapshot = memory.store.snapshot((memory.scope.key,), None)
    return {t.name: [snapshot.texts[row] for row in t.rows] for t in topics(snapshot)}


def test_a_name_of_three_sessions_is_a_topic_in_order_of_time() -> None:
    texts = [f"On day {n} we rowed to Skorpa again." for n in range(6)]
    assert found(*texts) == {"Skorpa": texts}
    assert found(*texts[:4]) == {}


def test_it_is_told_by_few_turns_and_never_by_who_speaks() -> None:
    told = found(*(f"Ida and I saw Skorpa on trip {n}." for n in range(12)))
    assert set(told) == {"Skorpa"}
    assert len(told["Skorpa"]) == LINES


def test_an_exclamation_is_no_topic() -> None:
    assert found(*(f"Hooray! The soup is on, pot {n}." for n in range(8))) == {}
