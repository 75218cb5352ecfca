"""Passages, questions and hashes of data sets: what their properties say."""

import pytest

from graphmem.evaluate.data.datasets import (
    Dataset,
    Passage,
    Pool,
    Question,
    content_hash,
    turn_order,
)


@pytest.mark.parametrize(
    ("passage", "content"),
    [
        (Passage(id="p", text="Rain."), "Rain."),
        (Passage(id="p", text="Rain.", title="Weather"), "Weather\nRain."),
        (Passage(id="p", text="Look!", speaker="Ana"), "Ana: Look!"),
        (
            Passage(id="p", text="Look!", speaker="Ana", caption="a red boat"),
            "Ana: Look! [image: a red boat]",
        ),
        (Passage(id="p", text="", speaker="Ana", title="unused"), "Ana: "),
    ],
)
def test_content_is_what_every_system_indexes(passage: Passage, content: str) -> None:
    assert passage.content == content


def test_turns_are_ordered_by_the_numbers_of_their_ids_not_by_their_letters() -> None:
    turns = [Passage(id=id_, text="") for id_ in ("D10:2", "D9:30", "D9:4")]
    assert [turn.id for turn in sorted(turns, key=turn_order)] == ["D9:4", "D9:30", "D10:2"]


def test_a_question_is_scored_if_it_has_gold_and_an_answer() -> None:
    assert Question(id="q", text="?", gold=("p",)).is_scored
    assert not Question(id="q", text="?", gold=()).is_scored
    assert not Question(id="q", text="?", gold=("p",), unanswerable=True).is_scored


def test_a_data_set_counts_the_questions_of_all_its_pools() -> None:
    asked = tuple(Question(id=str(n), text="?", gold=()) for n in range(3))
    pools = (
        Pool(name="a", passages=(), questions=asked),
        Pool(name="b", passages=(), questions=asked[:1]),
    )
    assert Dataset(name="d", pools=tuple(pools), hash="0").questions == 4


def test_a_hash_knows_where_one_part_ends() -> None:
    assert content_hash(b"ab", b"c") != content_hash(b"a", b"bc")
    assert content_hash(b"ab", b"c") == content_hash(b"ab", b"c")
    assert len(content_hash()) == 16
