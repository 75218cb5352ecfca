"""Search over passages: chains are found, paths are true, odd input gives stated results."""

from dataclasses import replace

import numpy as np
import pytest

from graphmem.arrays import SnapshotVectors
from graphmem.retrieve.passages.index import passages_of
from graphmem.retrieve.passages.search import walk_passages
from graphmem.retrieve.passages.weights import passage_model
from graphmem.retrieve.words.index import updated
from graphmem.sentences import sentences as spans_of
from graphmem.text import words
from graphmem.vectors import unit_rows
from tests.unit.retrieve.passage_data import BAND, snapshot_of_passages
from tests.unit.retrieve.reading import passage_question

MODEL = passage_model("", with_vectors=False)
WITH_VECTORS = passage_model("minilm@all-MiniLM-L6-v2", with_vectors=True)
QUESTION = "Who is the mayor of the city where the singer of the album Grey Harbour was born?"


def search(corpus, question=QUESTION, *, k=5):
    """Return the names of the notes found, their scores, and the note each was reached from."""
    snapshot = snapshot_of_passages(corpus)
    passages = passages_of(updated(None, snapshot), snapshot)
    walked = walk_passages(passages, MODEL, passage_question(question, passages), k)
    names = [snapshot.note_ids[passages.notes[note]] for note in walked.notes]
    numbers = dict(zip(walked.notes, names, strict=True))
    before = [numbers.get(step.anchor) for step in walked.steps]
    known = passages.links.inventory.names
    postings = [known[step.name] if step.name >= 0 else None for step in walked.steps]
    return (
        names,
        dict(zip(names, walked.scores, strict=True)),
        dict(zip(names, zip(before, postings, strict=True), strict=True)),
    )


def test_a_chain_of_names_is_followed_to_a_note_that_shares_no_word_with_the_question():
    names, _, reached = search(BAND)
    assert names[0] == "album"
    assert reached["album"] == (None, None)
    assert reached["singer"] == ("album", "ilse vantongeren")
    assert reached["town"] == ("singer", "ostrava")


@pytest.mark.parametrize(
    ("note", "cut", "falls"),
    [("album", "Ilse Vantongeren", "singer"), ("singer", "Ostrava", "town")],
)
def test_a_note_falls_when_the_name_that_led_to_it_is_cut_out(note, cut, falls):
    _, before, _ = search(BAND)
    title, text = BAND[note]
    _, after, _ = search({**BAND, note: (title, text.replace(cut, "somebody"))})
    assert after[falls] < before[falls]


def test_fewer_notes_are_the_first_of_more():
    assert search(BAND, k=2)[0] == search(BAND, k=5)[0][:2]


def test_the_order_of_ids_changes_no_score():
    renamed = {f"{9 - at}{name}": row for at, (name, row) in enumerate(sorted(BAND.items()))}
    _, scores, _ = search(BAND)
    _, other, _ = search(renamed)
    assert {name[1:]: score for name, score in other.items()} == pytest.approx(scores)


@pytest.mark.parametrize("question", ["", "   ", "of the", "???", "北京大学", "qwx"])
def test_a_question_that_nothing_answers_finds_nothing(question):
    assert search(BAND, question)[0] == []


def test_questions_in_other_scripts_find_their_notes():
    ivan = (None, "Иван Петров живёт в Туле.")
    corpus = {**BAND, "uni": ("北京大学", "北京大学在北京。"), "ivan": ivan}
    assert search(corpus, "北京大学在哪里?")[0][0] == "uni"
    assert search(corpus, "где живёт ИВАН ПЕТРОВ?")[0][0] == "ivan"


@pytest.mark.parametrize("kept", [[], ["album"], ["album", "singer"]])
def test_tiny_memories_are_searched(kept):
    names, scores, _ = search({name: BAND[name] for name in kept})
    assert sorted(names) == sorted(kept)
    assert all(0 < score < 1 for score in scores.values())


def test_equal_passages_are_both_found_and_tie_by_id():
    names, scores, _ = search({"a": BAND["album"], "b": BAND["album"]})
    assert names == ["a", "b"]
    assert scores["a"] >= scores["b"]


def test_turns_of_the_same_snapshot_change_nothing():
    corpus = {**BAND, "zz": (None, "Ilse Vantongeren told me that Grey Harbour sold well.")}
    snapshot = snapshot_of_passages(corpus)
    is_turn = np.array([name == "zz" for name in snapshot.note_ids])
    mixed = replace(snapshot, is_turn=is_turn)
    passages = passages_of(updated(None, mixed), mixed)
    walked = walk_passages(passages, MODEL, passage_question(QUESTION, passages), 5)
    _, alone, _ = search(BAND)
    assert dict(zip([mixed.note_ids[i] for i in walked.notes], walked.scores, strict=True)) == alone


@pytest.fixture
def with_vectors():
    """BAND with an encoder's vectors: a word's direction is drawn by its letters."""
    snapshot = snapshot_of_passages(BAND)
    rows = [(title, text) for _, (title, text) in sorted(BAND.items())]
    texts = [f"{title}\n{text}" for title, text in rows]
    sentences = [f"{title}: {text[a:b]}" for title, text in rows for a, b in spans_of(text)]
    vectors = SnapshotVectors(
        encoder="test", notes=directions(texts), sentences=directions(sentences).astype(np.float16)
    )
    return replace(snapshot, vectors=vectors)


def directions(texts):
    rows = np.zeros((len(texts), 64))
    for row, text in enumerate(texts):
        for word in words(text):
            rows[row] += np.random.default_rng(list(word.encode())).normal(size=64)
    return unit_rows(rows)


def test_with_vectors_a_question_in_no_word_of_a_note_still_finds_the_nearest(with_vectors):
    passages = passages_of(updated(None, with_vectors), with_vectors)
    vector = with_vectors.vectors.notes[sorted(BAND).index("mayor")]
    walked = walk_passages(passages, WITH_VECTORS, passage_question("?", passages, vector), 1)
    assert with_vectors.note_ids[walked.notes[0]] == "mayor"


def test_with_vectors_a_score_does_not_depend_on_how_many_are_asked_for(with_vectors):
    passages = passages_of(updated(None, with_vectors), with_vectors)
    asked = passage_question(QUESTION, passages, directions([QUESTION])[0])
    few, many = (walk_passages(passages, WITH_VECTORS, asked, k) for k in (2, 5))
    assert few.notes == many.notes[:2]
    assert few.scores == many.scores[:2]
    assert sorted(many.scores, reverse=True) == list(many.scores)


def test_namesakes_do_not_crowd_out_the_next_link():
    roles = ("judge", "rower", "poet", "baker", "monk")
    namesakes = {
        f"x{role}": (f"Ilse Vantongeren ({role})", f"Ilse Vantongeren was a {role} of Ghent.")
        for role in roles
    }
    question = "In which town was Ilse Vantongeren born?"
    names, scores, _ = search({**BAND, **namesakes}, question, k=5)
    assert names[0] == "singer"
    assert "town" in names
    assert max(scores[name] for name in names if name.startswith("x")) < scores["singer"]
