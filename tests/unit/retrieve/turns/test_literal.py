"""A question of stop words alone finds what holds them as they are written."""

import pytest

from graphmem import Memory


def remembering(*texts):
    memory = Memory.open("ram:", scope="ida")
    for day, text in enumerate(texts, 1):
        memory.add(text, speaker="Noor", session=text, said_at=f"2025-02-{day:02}")
    return memory


TEXTS = (
    "Her is on at the Odeon tonight.",
    "I lent her a rake.",
    "Now and Then was the best track.",
    "Then we left, and now it rains.",
    "Ms Few runs the chemist.",
    "Few came.",
    "Down keeps me warm.",
    "The kettle is loud.",
)


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("Her", TEXTS[0]),
        ("her", TEXTS[1]),
        ("Now and Then", TEXTS[2]),
        ("down", TEXTS[6]),
        ("Who is Few?", TEXTS[4]),
    ],
)
def test_the_words_as_written_come_first(asked, first):
    with remembering(*TEXTS) as memory:
        assert memory.search(asked, k=1)[0].note.text == first


def test_the_reason_quotes_the_words_and_nothing_without_them_is_found():
    with remembering(*TEXTS) as memory:
        hits = memory.search("Her", k=8)
        assert [hit.note.text for hit in hits] == [TEXTS[0], TEXTS[1]]
        assert hits[0].why == ("says “Her”",)
        assert memory.search("yours", k=8) == []


def test_what_is_asked_of_a_speaker_or_a_time_is_not_looked_for_word_by_word():
    with Memory.open("ram:", scope="ida") as memory:
        memory.add("What did I do.", speaker="Noor", session="a", said_at="2025-02-01")
        memory.add("Mended a sail.", speaker="Ida", session="b", said_at="2025-02-02")
        assert memory.search("What did I do?", k=1)[0].note.text == "Mended a sail."


def test_a_filter_holds_for_stop_words_too():
    with remembering(*TEXTS) as memory:
        assert memory.search("Her", since="2025-02-02", k=8)[0].note.text == TEXTS[1]
