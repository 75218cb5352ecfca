"""What is shown beside a note: its neighbours of one session and kind, the best part of a text."""

from dataclasses import replace

import numpy as np

from graphmem.retrieve.found import AskedWords
from graphmem.retrieve.shown import LONG, PART, Showing
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.reading import question_of
from tests.unit.retrieve.snapshots import Turn, snapshot_of

FILL = " ".join(f"Paragraph {i} tells of hedges and gravel." for i in range(60))
NEEDLE = "The spare key hangs behind the barometer."


def showing(turns, question, row=None, vectors=None):
    snapshot = snapshot_of(turns, vectors=vectors)
    words = updated(None, snapshot)
    terms = question_of(question, words).term_numbers
    return Showing(snapshot, AskedWords.of(words, terms), row)


def test_neighbours_are_of_the_same_session_and_kind():
    turns = [Turn("a", "s1"), Turn("b", "s1"), Turn("c", "s2"), Turn("d", "s2", title="D")]
    beside = showing(turns, "a")
    assert beside.neighbour(0, -1) is None
    assert beside.neighbour(0, 1) == "e000001"
    assert beside.neighbour(1, 1) is None
    assert beside.neighbour(2, 1) is None
    assert beside.neighbour(3, 1) is None


def test_a_short_text_is_shown_whole():
    assert showing([Turn("x" * LONG)], "x").best_part(0) is None


def test_the_part_of_a_long_text_is_whole_sentences_round_the_best_one():
    text = f"{FILL} {NEEDLE} {FILL}"
    start, end = showing([Turn(text), Turn("Rain.")], "Where is the spare key?").best_part(0)
    assert NEEDLE in text[start:end]
    assert end - start <= PART
    assert text[start:end].startswith("Paragraph")
    assert text[start:end].endswith(".")


def test_in_a_text_without_sentences_the_part_is_a_run_of_words():
    text = "gravel " * 400 + "spare key barometer " + "gravel " * 400
    start, end = showing([Turn(text), Turn("Rain.")], "Where is the spare key?").best_part(0)
    assert "spare key barometer" in text[start:end]
    assert end - start <= PART


def test_where_there_are_vectors_a_sentence_like_the_question_is_best_without_its_words():
    text = f"{FILL} {NEEDLE} {FILL}"
    n = len(showing([Turn(text)], "").snapshot.sentence_spans)
    sentences = np.zeros((n, 2), np.float16)
    sentences[60] = (1, 0)
    made = showing([Turn(text)], "Wherever?", np.array([1, 0], np.float32))
    object.__setattr__(made.snapshot.vectors, "sentences", sentences)
    start, end = made.best_part(0)
    assert NEEDLE in text[start:end]


def test_where_runs_are_told_neighbours_are_of_one_run():
    beside = showing([Turn("a"), Turn("b"), Turn("c")], "a")
    apart = replace(beside, runs=np.array([0, 1, 1]))
    assert beside.neighbour(0, 1) == "e000001"
    assert apart.neighbour(0, 1) is None
    assert apart.neighbour(2, -1) == "e000001"


def test_a_memo_stands_by_itself():
    beside = showing([Turn("a"), Turn("b"), Turn("c")], "a")
    memos = replace(beside.snapshot, is_memo=np.array([False, False, True]))
    apart = replace(beside, snapshot=memos)
    assert apart.neighbour(0, 1) == "e000001"
    assert apart.neighbour(1, 1) is None
    assert apart.neighbour(2, -1) is None
