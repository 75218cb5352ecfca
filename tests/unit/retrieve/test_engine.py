"""The engine: a question is read once, and what is read goes to every search."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

import graphmem.text
from graphmem.errors import UnknownBackendError
from graphmem.retrieve import Asked, Engine, retriever_named
from graphmem.retrieve.question import question as reading
from graphmem.rules.embed import RuleEncoder
from tests.spelled import SpelledEncoder
from tests.unit.retrieve.snapshots import Turn, snapshot_of

TALK = [
    Turn("I bought a kayak in May, a red one!", "talk", "Tilda"),
    Turn("Nice, where will you take it?", "talk", "Brom"),
]
PAGES = [
    Turn("The Aune is a river in the north.", title="Aune"),
    Turn("A kayak is a narrow boat.", title="Kayak"),
]
QUESTION = "Where did Tilda take the kayak in May, on the Aune?"


class CountedPattern:
    """The real pattern of words, which counts the texts of more than a word that it reads."""

    def __init__(self, pattern, counts):
        self.pattern, self.counts = pattern, counts

    def findall(self, text, *where):
        self.counts["tokenised"] += " " in text
        return self.pattern.findall(text, *where)

    def finditer(self, text, *where):
        self.counts["tokenised"] += " " in text
        return self.pattern.finditer(text, *where)


@pytest.fixture
def counts(monkeypatch):
    """How often each part of a question was read."""
    counts = Counter()
    monkeypatch.setattr(graphmem.text, "_WORD", CountedPattern(graphmem.text._WORD, counts))
    for name in ("names_in", "question_voice", "read_when", "question_kind"):
        monkeypatch.setattr(reading, name, counted(getattr(reading, name), name, counts))
    return counts


def counted(real, name, counts):
    """Return the function itself, its calls counted."""

    def calling(*args, **named):
        counts[name] += 1
        return real(*args, **named)

    return calling


@pytest.fixture
def engine():
    """Of turns and passages, without vectors."""
    return Engine.of(snapshot_of([*TALK, *PAGES]), encoder=RuleEncoder())


@pytest.mark.parametrize("retriever", ["walk", "pagerank"])
def test_a_search_reads_its_question_once(retriever, engine, counts):
    # PageRank looks the words that were read up among the names of all notes besides.
    find = retriever_named(retriever)
    find(engine, [Asked(text="A first search builds what is built once.", k=4)])
    counts.clear()
    assert find(engine, [Asked(text=QUESTION, k=4)]) != [[]]
    assert counts == {
        "tokenised": 1, "names_in": 1, "question_voice": 1, "read_when": 1, "question_kind": 1,
    }  # fmt: skip


def test_a_search_encodes_a_question_that_names_no_speaker_once_for_turns_and_passages():
    encoder = SpelledEncoder()
    snapshot = snapshot_of([*TALK, *PAGES], vectors=np.eye(4, 16, dtype=np.float32))
    sentences = np.ones((len(snapshot.sentence_spans), 16), np.float16) / 4
    engine = Engine.of(
        replace(snapshot, vectors=replace(snapshot.vectors, sentences=sentences)), encoder=encoder
    )
    engine.search(Asked(text="Is a kayak narrow?", k=4))
    assert encoder.asked == ["Is a kayak narrow?"]
    encoder.asked.clear()
    engine.search(Asked(text="Where did Tilda go?", k=4))
    assert encoder.asked == ["Where did Tilda go?", "Where did I go?"]


def test_an_unknown_retriever_is_named_with_those_there_are():
    with pytest.raises(UnknownBackendError, match=r"'wolk'.*pagerank, walk"):
        retriever_named("wolk")


@pytest.mark.parametrize("notes", [TALK, PAGES, [*TALK, *PAGES]])
def test_an_engine_made_of_an_earlier_one_answers_as_a_fresh_one(notes):
    whole = snapshot_of(notes)
    before = Engine.of(snapshot_of(notes[:1]), encoder=RuleEncoder()).parts.without_vectors()
    grown = Engine.of(whole, encoder=RuleEncoder(), previous=before)
    fresh = Engine.of(whole, encoder=RuleEncoder())
    assert grown.search(Asked(text=QUESTION, k=4)) == fresh.search(Asked(text=QUESTION, k=4))


def test_fewer_hits_are_the_first_of_more(engine):
    assert [one.note for one in engine.search(Asked(text=QUESTION, k=2))] == [
        one.note for one in engine.search(Asked(text=QUESTION, k=4))
    ][:2]
