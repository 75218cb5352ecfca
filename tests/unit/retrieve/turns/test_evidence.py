"""What a search answers when nothing answers, and what its scores say: turns, passages, both."""

import pytest

from graphmem.retrieve import Engine
from graphmem.retrieve.asked import Asked
from graphmem.rules.embed import RuleEncoder
from tests.unit.retrieve.snapshots import Turn, snapshot_of

TURNS = [
    Turn("The ferry to Marsund leaves at seven.", "s1", "Ines"),
    Turn("We painted the shed green last autumn.", "s2", "Ines"),
    Turn("My violin teacher retires in June.", "s3", "Ines"),
    Turn("The boiler needs a new valve.", "s4", "Ines"),
]
PAGES = [Turn(turn.text, f"p{at}", title=f"Leaf {at}") for at, turn in enumerate(TURNS)]
MANY = [
    Turn(f"Entry {n} of the log tells of crate {n * 3}.", f"m{n // 10}", "Ines") for n in range(300)
]
STORES = {
    "one turn": TURNS[:1],
    "four turns": TURNS,
    "four passages": PAGES,
    "passages and a turn": [*PAGES, TURNS[0]],
    "three hundred turns": [*MANY, TURNS[0]],
}
FERRY = "When does the ferry to Marsund leave?"


def asked(notes, question, **more):
    snapshot = snapshot_of(notes)
    found = Engine.of(snapshot, encoder=RuleEncoder()).search(Asked(text=question, **more))
    text = dict(zip(snapshot.note_ids, snapshot.texts, strict=True))
    return [(text[one.note], one.score) for one in found], found


@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize("question", ["walrus trombone", "???", "!?", "🙂", "quixotic zeppelins"])
def test_what_nothing_speaks_for_is_not_returned(store, question):
    assert asked(STORES[store], question)[0] == []


@pytest.mark.parametrize("store", STORES)
def test_what_answers_is_found_first_with_a_probability_in_any_store(store):
    found, _ = asked(STORES[store], FERRY)
    assert found[0][0] == TURNS[0].text
    assert 0.15 < found[0][1] <= 1
    scores = [score for _, score in found]
    assert scores == sorted(scores, reverse=True)


def test_a_probability_does_not_hang_on_how_many_other_notes_there_are():
    scores = [asked(STORES[name], FERRY)[0][0][1] for name in STORES if "passages" not in name]
    assert max(scores) < 2.5 * min(scores)


def test_a_question_whose_words_are_said_is_likelier_answered_than_one_with_one_of_them():
    whole = asked(TURNS, "When does my violin teacher retire?")[0][0]
    part = asked(TURNS, "Which violin concerto did Sibelius dedicate to Burmester?")[0][0]
    assert part[0] == whole[0]
    assert part[1] < 0.5 * whole[1]


def test_the_floor_is_what_the_caller_says():
    found, _ = asked(TURNS, FERRY, min_score=0)
    assert len(found) == len(TURNS)
    least = found[0][1]
    assert asked(TURNS, FERRY, min_score=least)[0] == found[:1]
    assert asked(TURNS, FERRY, min_score=1)[0] == []


def test_the_score_of_a_hit_does_not_hang_on_how_many_are_asked_for():
    notes = [*MANY, *TURNS]
    one, many = (asked(notes, "Which crate does entry 12 tell of?", k=k)[0] for k in (1, 30))
    assert one == many[:1]


@pytest.mark.parametrize("question", ["What do you know about my tea?", "tea"])
def test_what_was_said_often_is_one_hit_that_says_how_often(question):
    habit = [Turn("Remember: I drink my tea without milk.", f"d{n}", "user") for n in range(12)]
    other = [
        Turn("My tea kettle is a Norra 5.", "e1", "user"),
        Turn("The tea comes from Harbour Lane.", "e2", "user"),
        Turn("No tea after six for me.", "e3", "user"),
    ]
    texts, found = asked([*habit, *other], question)
    assert len({text for text, _ in texts}) == 4
    (repeated,) = [one for one in found if one.repeats]
    assert len(repeated.repeats) == 11
    assert repeated.note not in repeated.repeats


def test_a_passage_that_stands_in_two_books_is_one_hit():
    turns = [
        *PAGES,
        *[Turn(page.text, f"q{at}", title=page.title) for at, page in enumerate(PAGES)],
    ]
    texts, found = asked(turns, FERRY)
    assert texts[0][0] == TURNS[0].text
    assert [text for text, _ in texts].count(TURNS[0].text) == 1
    assert len(found[0].repeats) == 1
