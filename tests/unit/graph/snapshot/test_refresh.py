"""A refresh reads the notes that were written since, and no other."""

from dataclasses import replace

import numpy as np
import pytest

from graphmem.graph.snapshot.block import block_of
from graphmem.graph.snapshot.build import SEPARATE, Carried, Moment
from graphmem.graph.snapshot.columns import Columns
from graphmem.graph.snapshot.refresh import Written, refreshed
from graphmem.testing.records import ANA, turn

LAST = Moment(store="one", scopes=(ANA,), as_of=None, version=5, encoder="")


def columns(*notes: tuple[int, int], word: str = "old") -> Columns:
    """Return (number, session number) notes, each saying the word and its number."""
    records = [turn(number, text=f"{word} {number}").record for number, _ in notes]
    made = block_of(records, [None for _ in notes], [session for _, session in notes])
    return replace(made, number=np.array([number for number, _ in notes], np.int64))


class Reads:
    """Reads notes of session 1, and remembers which."""

    def __init__(self) -> None:
        self.numbers: list[int] = []

    def __call__(self, numbers: np.ndarray) -> Columns:
        self.numbers += numbers.tolist()
        return columns(*((number, 1) for number in numbers.tolist()), word="new")


@pytest.fixture
def read() -> Reads:
    return Reads()


def now(
    read: Reads, old: Columns, sessions: list[tuple[int, int]], *notes: tuple[int, int, int]
) -> tuple[str, ...]:
    rows = np.array(notes, np.int64).reshape(-1, 3)
    return refreshed(
        Carried(LAST, old, SEPARATE), Written.of(sessions, LAST.version), rows, read
    ).texts


def test_a_note_that_came_since_is_read_and_stands_in_its_place(read: Reads) -> None:
    old = columns((10, 1), (12, 1), (20, 2))
    texts = now(read, old, [(1, 6), (2, 4)], (10, 1, 3), (11, 1, 6), (12, 1, 5))
    assert texts == ("old 10", "new 11", "old 12", "old 20")
    assert read.numbers == [11]


def test_a_note_that_was_written_again_is_read_again(read: Reads) -> None:
    texts = now(read, columns((10, 1), (11, 1)), [(1, 6)], (10, 1, 6), (11, 1, 5))
    assert texts == ("new 10", "old 11")
    assert read.numbers == [10]


def test_a_note_that_is_not_true_any_more_is_left_out(read: Reads) -> None:
    texts = now(read, columns((10, 1), (11, 1), (12, 1)), [(1, 6)], (10, 1, 1), (12, 1, 1))
    assert texts == ("old 10", "old 12")
    assert read.numbers == []


def test_a_session_that_was_emptied_or_erased_is_left_out(read: Reads) -> None:
    old = columns((10, 1), (20, 2), (30, 3))
    assert now(read, old, [(1, 6), (3, 2)]) == ("old 30",)


def test_sessions_stand_in_the_order_given_and_a_new_one_among_them(read: Reads) -> None:
    old = columns((20, 2), (30, 3))
    assert now(read, old, [(2, 1), (1, 6), (3, 1)], (15, 1, 6)) == ("old 20", "new 15", "old 30")


def test_numbers_need_not_be_in_order(read: Reads) -> None:
    old = columns((12, 1), (10, 1), (11, 1))
    texts = now(read, old, [(1, 6)], (11, 1, 1), (12, 1, 1), (13, 1, 6), (10, 1, 1))
    assert texts == ("old 11", "old 12", "new 13", "old 10")


def test_nothing_out_of_nothing_is_nothing(read: Reads) -> None:
    assert now(read, columns(), []) == ()
    assert now(read, columns((10, 1)), []) == ()
