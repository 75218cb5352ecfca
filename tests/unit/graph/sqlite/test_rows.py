"""A record becomes a row and comes back as it was; numbers stand for what they refer to."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from graphmem.changes import Change
from graphmem.errors import StoreDamagedError
from graphmem.graph.snapshot.block import KIND_NUMBERS, stored_vectors
from graphmem.graph.sqlite import rows
from graphmem.graph.sqlite.errors import rows_of
from graphmem.graph.sqlite.values import BEFORE_ALL
from graphmem.testing.records import ANA, START, change, linking, naming, turn

ONE = turn(1)
NOTE = ONE.note


def test_an_episode_comes_back_from_its_row() -> None:
    no, scope_no, session_no, id_, *rest = rows.episode_row(ONE.episode, 7, 2, 5)
    assert (no, scope_no, session_no, id_) == (7, 2, 5, ONE.episode.id)
    assert rows.read_episode((id_, ONE.session.id, *rest), ANA) == ONE.episode


def test_an_episode_without_a_time_sorts_first_and_comes_back() -> None:
    timeless = turn(2).episode
    assert timeless.said_at is None
    *_, stands_at, _, _, _, is_placed = rows.episode_row(timeless, 1, 1, 1)
    assert (stands_at, is_placed) == (BEFORE_ALL, 0)


def test_an_episode_that_only_stands_at_a_time_says_none_when_it_comes_back() -> None:
    placed = replace(turn(2).episode, said_at=None, placed_at=START)
    row = rows.episode_row(placed, 1, 1, 1)
    assert row[8] == int(START.timestamp()) * 1_000_000
    back = rows.read_episode((placed.id, placed.session_id, *row[4:]), ANA)
    assert back == placed
    abroad = replace(placed, said_at=START, placed_at=None, utc_offset=-240)
    row = rows.episode_row(abroad, 1, 1, 1)
    assert rows.read_episode((abroad.id, abroad.session_id, *row[4:]), ANA) == abroad


def test_a_note_comes_back_from_its_row() -> None:
    row = rows.note_row(NOTE, 9, (1, 2, 3, 5), version=4, text=NOTE.text)
    assert (row[:5], row[-1]) == ((9, 1, 2, 3, 5), 4)
    id_, kind, text, title, context, keywords, tags, sentences, *rest, written_at = row[5:-1]
    read = (9, id_, NOTE.session_id, kind, text, context, keywords, tags, sentences)
    made = (NOTE.created_by, NOTE.run_id, written_at)
    back = rows.read_note((*read, rest[0], rest[1], title, *rest[2:], *made), ANA, NOTE.origins)
    assert back == NOTE


def test_a_mention_keeps_its_kind_as_a_number() -> None:
    mention = ONE.record.extraction.mentions[0]
    row = rows.mention_row(mention, (9, 0, 1), 33)
    assert row[:7] == (9, 0, 1, 33, mention.start, mention.end, KIND_NUMBERS[mention.kind])
    assert rows.read_mention((mention.name, *row[4:])) == mention


@pytest.mark.parametrize("kind", [-1, 77, None, "name"])
def test_a_kind_of_mention_that_is_none_is_damage(kind: object) -> None:
    with pytest.raises(StoreDamagedError, match="table mention"):
        _read_mention(kind)


def _read_mention(kind: object) -> None:
    with rows_of("mention"):
        rows.read_mention(("Lisbon", 0, 4, kind, 0, None, None))


def test_vectors_come_back_in_the_precisions_that_are_kept() -> None:
    made = turn(4).record.vectors
    assert made is not None
    note, sentences = rows.vector_blobs(stored_vectors(made))
    back = rows.read_vectors(note, sentences)
    assert np.array_equal(back[0], made[0])
    assert np.allclose(back[1:], made[1:], atol=1e-3)
    assert len(rows.read_vectors(note, None)) == 1


def test_a_change_of_a_time_comes_back_as_a_time() -> None:
    made = change(NOTE, "valid_until", START + timedelta(days=1))
    row = rows.change_row(made, 1, 9)
    id_, field = row[1], row[5]
    assert (id_, field) == (made.id, "valid_until")
    assert rows.read_change((id_, *row[6:]), ANA) == made


@pytest.mark.parametrize(
    "made",
    [
        linking(NOTE, turn(1).note, 0.5, evidence=("e1",), depends_on=("c1",)),
        naming("Mel", "Melanie", alias=True),
    ],
    ids=["link", "entity"],
)
def test_a_change_of_a_link_or_an_entity_comes_back(made: Change) -> None:
    row = rows.change_row(made, 1, None)
    assert rows.read_change((row[1], *row[6:]), ANA) == made


def test_a_change_of_what_is_no_target_is_damage() -> None:
    row = rows.change_row(naming("Mel", "Melanie"), 1, None)
    with pytest.raises(ValueError, match="no change is of whom"):
        rows.read_change((row[1], '{"whom":"t1"}', *row[7:]), ANA)


def test_ids_become_one_parameter() -> None:
    assert rows.as_json(["a", 'b"']) == '["a", "b\\""]'
