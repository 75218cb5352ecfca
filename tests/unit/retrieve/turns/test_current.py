"""Of the turns that state what is asked the newest stands first, and the older ones are marked."""

import pytest

from graphmem.memory import Memory
from graphmem.testing import standing_clock

SAID = (
    ("Ida", "2024-01-02", "The key of the shed is under the red pot."),
    ("Ole", "2024-01-05", "The shed needs paint, and the fence too."),
    ("Ida", "2024-02-02", "The key of the shed is in the kitchen drawer."),
    ("Ida", "2024-02-09", "Where is the key of the shed?"),
    ("Ole", "2024-03-01", "The key of the shed is with my brother."),
    ("Ida", "2024-03-02", "Soup for lunch again."),
)
QUESTION = "Where is Ida's key of the shed?"


@pytest.fixture
def memory() -> Memory:
    made = Memory.open("ram:", scope="ida", clock=standing_clock)
    for number, (speaker, day, text) in enumerate(SAID):
        made.add(text, speaker=speaker, said_at=f"{day}T10:00:00Z", session=f"s{number}")
    return made


def found(memory: Memory, question: str = QUESTION, **more: object) -> dict[str, tuple[str, ...]]:
    return {hit.note.text: hit.marks for hit in memory.search(question, k=6, min_score=0, **more)}


def test_the_newest_statement_stands_first_and_the_older_one_says_so(memory: Memory) -> None:
    hits = memory.search(QUESTION, k=6, min_score=0)
    assert hits[0].note.text == SAID[2][2]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert found(memory)[SAID[0][2]] == (f"earlier; newer: {hits[0].note.id}",)


def test_nothing_is_hidden_and_no_score_but_its_place_changes(memory: Memory) -> None:
    on = memory.search(QUESTION, k=6, min_score=0)
    off = memory.search(QUESTION, k=6, min_score=0, current=False)
    assert {hit.note.id for hit in on} == {hit.note.id for hit in off}
    assert [hit.score for hit in on] == pytest.approx([hit.score for hit in off])
    assert all(hit.marks == () for hit in off)


def test_a_turn_that_only_asks_and_what_another_speaker_said_are_no_newer_value(
    memory: Memory,
) -> None:
    marks = found(memory)
    assert marks[SAID[3][2]] == marks[SAID[4][2]] == ()


def test_as_of_a_moment_the_newest_of_then_stands_first(memory: Memory) -> None:
    then = memory.search(QUESTION, k=6, min_score=0, as_of="2024-01-20")
    assert then[0].note.text == SAID[0][2]
    assert then[0].marks == ()


def test_the_same_said_again_is_no_other_value(memory: Memory) -> None:
    memory.add(SAID[2][2], speaker="Ida", said_at="2024-04-01", session="later")
    hits = memory.search(QUESTION, k=6, min_score=0)
    (hit,) = [hit for hit in hits if hit.note.text == SAID[2][2]]
    assert hit.marks == ()
    assert {e.said_at.month for e in (*hit.episodes, *hit.repeats)} == {2, 4}


@pytest.mark.parametrize(
    "question", ["Where was Ida's key of the shed before?", "What about the shed?", "Ida?"]
)
def test_a_past_or_too_little_is_asked_as_it_always_was(memory: Memory, question: str) -> None:
    on = memory.search(question, k=6, min_score=0)
    off = memory.search(question, k=6, min_score=0, current=False)
    assert [(h.note.id, h.score, h.marks) for h in on] == [
        (h.note.id, h.score, h.marks) for h in off
    ]


def test_by_one_word_only_what_is_asked_for_now_has_a_newest_value(memory: Memory) -> None:
    memory.add("My bicycle is in the shed.", speaker="Ida", said_at="2024-01-01", session="a")
    memory.add("I sold it, the bicycle is gone.", speaker="Ida", said_at="2024-05-01", session="b")
    best = memory.search("Where is my bicycle now?", k=1, asker="Ida")[0]
    assert best.note.text == "I sold it, the bicycle is gone."


def told(*said: str, question: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the hits of a question over turns of one speaker, a day each, other talk between."""
    memory = Memory.open("ram:", scope="ida", clock=standing_clock)
    talk = ("The ferry was late.", "We painted the fence.", "Soup for lunch.", "The lamp hums.")
    for day, text in enumerate((*talk[:2], said[0], *talk[2:], *said[1:]), 1):
        memory.add(text, speaker="Ida", said_at=f"2024-01-{day:02}", session=f"s{day}")
    return [(hit.note.text, hit.marks) for hit in memory.search(question, k=8, min_score=0)]


def test_a_new_value_told_amid_other_talk_stands_above_the_old_one() -> None:
    old = (
        "I wonder how the choir will do this season, our rehearsal budget for the choir is $300 "
        "and the hall has no heating, which worries the altos more than it does me."
    )
    new = (
        "Good news from the meeting, they increased the rehearsal budget of our choir to $450, so "
        "perhaps we can find a warmer hall, and somebody to tune the old piano as well."
    )
    found = told(old, new, question="What is the rehearsal budget of my choir?")
    assert [text for text, _ in found[:2]] == [new, old]
    assert found[1][1][0].startswith("earlier; newer: ")


def test_of_one_day_in_one_session_the_later_turn_is_the_newer() -> None:
    memory = Memory.open("ram:", scope="ida", clock=standing_clock)
    for pot in ("red", "blue", "green", "black", "white"):
        memory.add(
            f"The spare key is under the {pot} pot.",
            speaker="Ida",
            said_at="2024-01-02",
            session="s",
        )
    best = memory.search("Where is the spare key?", k=1)[0]
    assert best.note.text == "The spare key is under the white pot."


def test_what_is_somebodys_is_asked_for_by_one_word() -> None:
    found = told("My dentist is Dr Alm.", "My dentist is Dr Ek.", question="Who is my dentist?")
    assert found[0] == ("My dentist is Dr Ek.", ())


def test_a_turn_of_another_kind_of_value_takes_no_place() -> None:
    found = told(
        "The choir rehearsal is at 7.", "The choir rehearsal is fun.",
        question="When is the choir rehearsal?",
    )  # fmt: skip
    assert dict(found)["The choir rehearsal is at 7."] == ()


def test_who_says_both_that_it_was_and_that_it_never_was_contradicts_himself() -> None:
    found = told(
        "I flew a kite at the beach today.", "I have never flown a kite at a beach.",
        question="Have I ever flown a kite at the beach?",
    )  # fmt: skip
    assert all(any("contradicts" in mark for mark in marks) for _, marks in found[:2])


@pytest.mark.parametrize(
    ("said", "question"),
    [
        (("Mein Schlüssel liegt oben, er hat 3 Zähne.", "Nie war ein Schlüssel oben."),
         "War mein Schlüssel oben?"),
        (("我的钥匙在楼上。", "我从来没有钥匙。"), "我有钥匙吗？"),
    ],
)  # fmt: skip
def test_in_a_language_without_its_words_nothing_is_said_to_contradict(
    said: tuple[str, ...], question: str
) -> None:
    assert not [m for _, marks in told(*said, question=question) for m in marks if "contra" in m]


@pytest.mark.parametrize(
    ("old", "new", "question"),
    [
        ("I live in Bergen.", "We have moved to Molde.", "Where do I live?"),
        ("Our mooring costs 70.", "They raised our mooring to 90.", "How much is our mooring?"),
        ("The pump in the cellar works.", "The pump is broken.", "Does the pump work?"),
        ("Sol feeds the hens.", "The hens are Kai's job from now on.", "Who feeds the hens?"),
    ],
)
def test_a_change_told_in_other_words_stands_above_the_old_value(
    old: str, new: str, question: str
) -> None:
    (first, _), *others = told(old, new, question=question)
    assert first == new
    assert dict(others)[old][0].startswith("earlier; newer: ")


@pytest.mark.parametrize(
    ("old", "newer", "question"),
    [
        ("I live in Bergen.", "I dream of a life in Molde.", "Where do I live?"),
        ("My dentist is Dr Ek.", "Vera's dentist is Dr Alm.", "Who is my dentist?"),
        ("My vet is Mr Lie.", "The cat thinks that she is my vet.", "Who is my vet?"),
        ("Choir is at six.", "Choir was full, 30 people now.", "When is choir?"),
    ],
)
def test_what_gives_no_new_value_takes_no_place(old: str, newer: str, question: str) -> None:
    (first, marks), *_ = told(old, newer, question=question)
    assert (first, marks) == (old, ())


def test_marks_and_order_are_those_of_any_order_of_ingest() -> None:
    days = [(f"My desk is in room {n}.", f"2024-01-{n:02}", f"s{n}") for n in range(1, 7)]
    seen = set()
    for given in (days, days[::-1], days[3:] + days[:3]):
        memory = Memory.open("ram:", scope="ida", clock=standing_clock)
        for text, day, session in given:
            memory.add(text, speaker="Ida", said_at=day, session=session)
        for moment in (None, "2024-01-04"):
            hits = memory.search("Where is my desk?", k=6, min_score=0, as_of=moment)
            seen.add((moment, tuple((hit.note.id, hit.marks) for hit in hits)))
    assert len(seen) == 2
