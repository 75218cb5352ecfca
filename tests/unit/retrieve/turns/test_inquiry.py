"""What of several turns is the newest, and which words of a question say what is asked for."""

import pytest

from graphmem.memory import Memory
from graphmem.testing import standing_clock

KEY = "The key of the mill is under the {} stone."


def asked(said: list[tuple[str, str, str]]) -> dict[str, tuple[str, ...]]:
    """Return what stands first to last, with its marks; said are a session, a moment, a text."""
    memory = Memory.open("ram:", scope="ida", clock=standing_clock)
    for session, moment, text in said:
        memory.add(text, speaker="Ida", said_at=moment, session=session)
    hits = memory.search("Where is the key of the mill?", k=5, min_score=0)
    return {hit.note.text: hit.marks for hit in hits}


def test_of_one_time_in_one_session_the_later_turn_is_the_newer() -> None:
    texts = [KEY.format(colour) for colour in ("red", "white")]
    found = asked([("a", "2024-01-01T10:00:00Z", text) for text in texts])
    assert next(iter(found)) == texts[1]
    assert found[texts[0]][0].startswith("earlier")


@pytest.mark.parametrize("turned", [False, True])
def test_of_one_time_in_two_sessions_the_better_hit_stands_first_and_neither_is_the_newer(
    turned: bool,
) -> None:
    plain, wordy = KEY.format("red"), f"I am told again and again: {KEY.format('white')}"
    said = [(s, "2024-01-01T10:00:00Z", text) for s, text in (("a", plain), ("b", wordy))]
    found = asked(said[::-1] if turned else said)
    assert next(iter(found)) == plain
    assert found[plain] == found[wordy] == ()
