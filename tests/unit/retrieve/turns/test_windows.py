"""Very long turns are searched by their windows."""

from dataclasses import replace

import numpy as np
import pytest

from graphmem.memory import Memory
from graphmem.retrieve.turns.bm25 import kernel_bm25
from graphmem.retrieve.turns.indexing import turn_index
from graphmem.retrieve.turns.windows import LEAST_HALF, windows_of
from graphmem.retrieve.words.index import updated
from graphmem.retrieve.words.similar import sought_words
from tests.unit.retrieve.snapshots import Turn, snapshot_of

MAIL = (
    " ".join(f"Hedge {i} was cut on lane {i % 9}." for i in range(200))
    + " The ferry pass hangs behind the copper kettle. "
    + " ".join(f"Gravel lies in yard {i}." for i in range(200))
)
LOG = "\n".join(
    f"10:{i // 60:02}:{i % 60:02} info worker-{i % 7} took job {i * 37 % 991}"
    if i != 150
    else "10:02:30 error the quota of volume ember is spent"
    for i in range(300)
)
SHORT = ("My pass is green.", "The ferry was late.", "A kettle is loud.")


def indexed(*texts):
    snapshot = snapshot_of([Turn(text, f"s{i}", "Kim") for i, text in enumerate(texts)])
    words = updated(None, snapshot)
    index = turn_index(snapshot, words.notes)
    lengths = words.notes.lengths[index.notes].astype(np.float64)
    return index, words, windows_of(index.notes, lengths, words, index.of_length)


def test_only_a_turn_many_times_as_long_as_the_others_has_windows():
    assert indexed(*SHORT)[2] is None
    assert indexed()[2] is None
    assert set(indexed(*SHORT, MAIL)[2].turn.tolist()) == {3}
    assert indexed(MAIL, MAIL + " Yes.", MAIL + " No.")[2] is None


def test_each_word_of_a_long_turn_is_in_two_windows_but_at_its_ends():
    index, words, windows = indexed(*SHORT, MAIL)
    assert windows.lengths.max() <= 2 * LEAST_HALF + 10
    assert windows.halves.lengths.sum() == words.notes.lengths[index.notes[3]]
    held = windows.counts({words.numbers["kettl"]: 1.0})
    assert 1 <= np.count_nonzero(held) <= 2


def test_the_counts_of_a_window_are_those_of_its_words():
    _, words, windows = indexed(*SHORT, MAIL)
    hedges, ferry = (windows.counts({words.numbers[term]: 1.0}) for term in ("hedg", "ferri"))
    assert hedges[0] > 5
    assert hedges[-1] == 0
    both = windows.counts({words.numbers["hedg"]: 0.5, words.numbers["ferri"]: 1.0})
    np.testing.assert_allclose(both, 0.5 * hedges + ferry)


def test_a_long_turn_scores_at_least_what_its_best_window_does_and_others_what_they_did():
    index, words, windows = indexed(*SHORT, MAIL)
    asked = sought_words(words, {"ferri": 1.0, "pass": 1.0, "kettl": 1.0}, index.holds)
    plain = kernel_bm25(index, asked)[0]
    parted = kernel_bm25(replace(index, windows=windows), asked)[0]
    np.testing.assert_array_equal(parted[:3], plain[:3])
    assert parted[3] > plain[3]
    assert np.argmax(parted) == 3


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (MAIL, "Where does the ferry pass hang?", "copper kettle"),
        (LOG, "Which volume has spent its quota?", "volume ember"),
    ],
    ids=["mail", "log"],
)
def test_what_a_pasted_text_says_is_found_before_turns_that_say_one_word_of_it(
    text, question, answer
):
    with Memory.open("ram:", scope="kim") as memory:
        memory.add(text, speaker="Kim", session="paste")
        for i, short in enumerate((*SHORT, "The volume is too high.", "My quota of fun.")):
            memory.add(short, speaker="Kim", session=f"s{i}")
        best = memory.search(question, k=1)[0]
    assert answer in best.note.text
    assert answer in best.excerpt.text
    assert len(best.excerpt.text) < 700


def test_a_long_turn_is_no_less_like_a_question_than_its_best_sentence():
    _, _, windows = indexed(*SHORT, MAIL)
    channels = {
        "vector_own": np.array([1.0, 0.0, 0.0, -2.0]),
        "vector_sentence": np.array([0.5, 2.0, 0.0, 3.0]),
        "words_wide": np.zeros(4),
    }
    changed = windows.by_best_sentence(channels)
    np.testing.assert_array_equal(changed["vector_own"], [1, 0, 0, 3])
    assert changed["words_wide"] is channels["words_wide"]
