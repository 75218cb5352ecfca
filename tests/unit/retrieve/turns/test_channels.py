"""Channels of cells and of turns are read, and summed, as columns of turns are."""

from dataclasses import replace

import numpy as np
import pytest

from graphmem.retrieve.turns.channels import Channels
from graphmem.retrieve.turns.scaled import Scaled
from graphmem.retrieve.turns.some import SomeTurns

CELL = np.array([1, 0, 1, 2], np.int32)
MIXED = Channels(
    CELL,
    {"asks": np.array([0.1, 0.2, 0.3]), "present": np.array([0.7, 0.0, 1 / 3])},
    {
        "month": np.array([0.1, 0.0, 1e-9, 0.3]),
        "words": Scaled(np.array([0.2, 0.3, 0.4, 0.5]), 0.35, 0.1),
    },
    session=np.array([0, 0, 1, 1], np.int32),
    of_sessions={"memo": np.array([0.3, 1 / 7])},
    of_some={"present": SomeTurns.of({1: 0.9, 3: 0.7})},
)
WEIGHTS = {
    "words": 1.1, "asks": -0.7, "present": 0.3, "month": 2.0, "unknown": 5.0, "memo": 0.9,
}  # fmt: skip


def test_a_channel_is_a_column_of_turns_however_it_is_kept():
    assert MIXED["asks"].tolist() == [0.2, 0.1, 0.2, 0.3]
    assert MIXED["present"].tolist() == [0, 0.9, 0, 0.7]
    assert MIXED["memo"].tolist() == [0.3, 0.3, 1 / 7, 1 / 7]
    assert set(MIXED) == {"asks", "present", "memo", "month", "words"}
    for name in MIXED:
        assert [MIXED.reader(name)(turn) for turn in range(4)] == MIXED[name].tolist()
        assert MIXED.among(name, np.array([3, 1])).tolist() == MIXED[name][[3, 1]].tolist()


def test_no_other_channel_is_there():
    with pytest.raises(KeyError):
        MIXED["unknown"]
    assert "unknown" not in MIXED


def test_the_sum_is_that_of_cells_then_of_sessions_then_of_turns_by_name_to_the_last_bit():
    plain, expected = replace(MIXED, of_some={}), np.zeros(4)
    for name in ("asks", "present", "memo", "month", "words"):
        expected += WEIGHTS[name] * plain[name]
    assert plain.weighted_sum(WEIGHTS).tolist() == expected.tolist()
    alone, by_name = Channels.of(dict(plain), 4), np.zeros(4)
    for name in sorted(plain):
        by_name += WEIGHTS[name] * plain[name]
    assert alone.weighted_sum(WEIGHTS).tolist() == by_name.tolist()


def test_some_turns_count_by_what_they_are_beyond_their_cell():
    plain = replace(MIXED, of_some={})
    expected = plain.weighted_sum(WEIGHTS) + WEIGHTS["present"] * (
        MIXED["present"] - plain["present"]
    )
    assert MIXED.weighted_sum(WEIGHTS).tolist() == expected.tolist()


def test_a_sum_of_no_channels_is_0():
    assert Channels.of({}, 2).weighted_sum(WEIGHTS).tolist() == [0, 0]


def test_channels_that_say_nothing_change_no_sum():
    nothing = np.zeros(3)
    cells = {**MIXED.of_cells, "order": nothing, "day": nothing}
    weights = {**WEIGHTS, "order": -1.0, "day": 3.0}
    quiet = replace(MIXED, of_cells=cells, nothing=nothing)
    assert quiet.weighted_sum(weights).tolist() == MIXED.weighted_sum(WEIGHTS).tolist()
    assert quiet["order"].tolist() == [0, 0, 0, 0]
