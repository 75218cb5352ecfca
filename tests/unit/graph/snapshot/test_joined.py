"""Joined blocks: what a column says of them is what one block of all the notes would say."""

from dataclasses import fields
from random import Random

import numpy as np
import pytest

from graphmem.batches import Claim, Extraction, Mention, NoteRecord
from graphmem.graph.snapshot import joined
from graphmem.graph.snapshot.block import block_of
from graphmem.graph.snapshot.columns import Columns
from graphmem.graph.snapshot.joined import join, part
from graphmem.stacked import Stacked, pieces_of, whole
from graphmem.testing.records import turn

NAMES = ("Oslo", "Rome", "Riga", "Bern")


def record(number: int) -> NoteRecord:
    name = NAMES[number % 4]
    claim = Claim(subject=name, relation=f"has {number}", object="Oslo", start=0, end=4)
    mention = Mention(name=name, start=0, end=4, kind="name")
    claims = (claim,) if number % 2 else ()
    found = Extraction(mentions=(mention,) * (number % 3), claims=claims)
    one = turn(number, text=f"{name} is far. It is {number} miles.").record
    return NoteRecord(note=one.note, extraction=found)


def block(numbers: list[int]) -> Columns:
    made = block_of([record(n) for n in numbers], [None for _ in numbers], [7 for _ in numbers])
    made.number = np.array(numbers, np.int64)
    # A store has one number for a name, whichever notes it is read with.
    known = {name: at for at, name in enumerate(NAMES)}
    own = dict(zip(made.names.numbers.tolist(), made.names.surfaces, strict=True))
    stored = np.array([known[own[at]] for at in range(len(own))], np.int32)
    made.mentions[:, 0] = stored[made.mentions[:, 0]]
    made.claims[:] = stored[made.claims]
    made.names.numbers = stored[made.names.numbers]
    return made


def assert_same(one: Columns, other: Columns) -> None:
    for field in fields(Columns):
        if field.name == "names":
            named = [
                list(zip(of.numbers.tolist(), of.entities.tolist(), of.surfaces, strict=True))
                for of in (one.names, other.names)
            ]
            assert named[0] == named[1]
            continue
        mine, theirs = (getattr(of, field.name) for of in (one, other))
        if isinstance(theirs, np.ndarray | Stacked):
            mine, theirs = whole(mine), whole(theirs)
        if isinstance(mine, np.ndarray):  # by their bytes: an unknown date is no number
            assert (mine.tobytes(), mine.shape) == (theirs.tobytes(), theirs.shape), field.name
        else:
            assert mine == theirs, field.name


@pytest.mark.parametrize(
    "limits",
    [
        {},
        {"MANY_PIECES": 4, "MOST_PIECES": 12, "VERY_SHORT": 2, "SHORT": 5},
        {"MANY_PIECES": 4, "MOST_PIECES": 12, "VERY_SHORT": 0, "SHORT": 1},
    ],
)
def test_after_many_joins_every_column_says_what_one_block_says(
    limits: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, most in limits.items():
        monkeypatch.setattr(joined, name, most)
    dice, numbers = Random(5), list(range(0, 60, 3))
    columns = block(numbers)
    for new in [n for n in range(180) if n % 3]:
        at = dice.randrange(len(numbers) + 1)
        gone = dice.randrange(len(numbers)) if new % 5 == 0 else None
        fresh, left = block([new]), range(len(numbers))
        pieces = [(columns, i, i + 1) for i in left[:at] if i != gone]
        pieces += [(fresh, 0, 1), *((columns, i, i + 1) for i in left[at:] if i != gone)]
        columns = join(pieces, [columns, fresh])
        numbers.insert(at, new)
        if gone is not None:
            numbers.pop(gone + (gone >= at))
        assert len(columns.__dict__["joint"].pieces) <= joined.MOST_PIECES
        if new % 7 == 0:
            assert_same(columns, block(numbers))
    assert_same(columns, block(numbers))


def with_vectors(numbers: list[int]) -> Columns:
    made = block(numbers)
    n, s = made.n_notes, int(made.sentence_indptr[-1])
    made.vectors = np.repeat(np.array(numbers, np.float32)[:, None], 8, axis=1)
    made.sentence_vectors = np.arange(8 * s).reshape(s, 8).astype(np.float16)
    made.has_vectors, made.has_tokens = np.full(n, 2, np.int8), np.ones(n, bool)
    made.tokens, made.token_indptr = np.array(numbers, np.uint8)[:, None], np.arange(n + 1)
    return made


def test_vectors_of_many_turns_stay_where_they_lie(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joined, "FEWEST_SHARED", 3)
    old, fresh = with_vectors([1, 2, 3]), with_vectors([4, 5])
    columns = join([(old, 0, 1), (fresh, 1, 2), (old, 1, 3)], [old, fresh])
    again = join([(columns, 1, 4)], [columns])
    assert [array is old.vectors for array, _, _ in pieces_of(again.vectors)] == [False, True]
    assert whole(again.vectors)[:, 0].tolist() == [5, 2, 3]
    assert whole(again.tokens).tolist() == [[5], [2], [3]]
    own = [fresh.sentence_vectors[2:4], old.sentence_vectors[2:6]]
    assert np.array_equal(whole(again.sentence_vectors), np.concatenate(own))
    assert [of.is_whole for of in (old, fresh, columns)] == [True, True, True]
    few = join([(columns, 0, 2)], [columns])
    assert isinstance(few.vectors, np.ndarray)
    assert few.vectors[:, 0].tolist() == [1, 5]
    assert not columns.is_whole


def test_a_note_without_vectors_among_many_has_zeros(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joined, "FEWEST_SHARED", 1)
    old, fresh = with_vectors([1]), block([4])
    columns = join([(old, 0, 1), (fresh, 0, 1)], [old, fresh])
    assert whole(columns.vectors)[:, 0].tolist() == [1, 0]
    assert not whole(columns.sentence_vectors)[2:].any()


def test_a_part_of_a_column_is_read_without_the_rest() -> None:
    old, fresh = block([1, 2, 3]), block([4, 5])
    columns = join([(old, 0, 2), (fresh, 0, 2), (old, 2, 3)], [old, fresh])
    assert part(columns, "number", 1, 4).tolist() == [2, 4, 5]
    assert "number" not in columns.__dict__
    assert part(columns, "number", 2, 2).tolist() == []


def test_of_no_notes_every_column_is_empty() -> None:
    old = block([1, 2])
    whole = join([(old, 0, 2)], [old])
    columns = join([(whole, 0, 0)], [whole])
    assert (columns.n_notes, columns.ids, columns.mentions.shape) == (0, (), (0, 5))
    assert columns.sentence_indptr.tolist() == [0]
