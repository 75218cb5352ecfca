"""Ids: content hashes that are equal everywhere, with a letter for the kind."""

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem import ids
from graphmem.ids import KINDS
from tests.conftest import ROOT

MADE = {
    "session": ids.session_id("ana", "chat", "s1"),
    "episode": ids.episode_id("s1", "1", "Ana", "", "The boat is blue."),
    "note": ids.note_id("turn", "s1", ("e1",), "The boat is blue."),
    "entity": ids.entity_id("ana", "boat"),
    "fact": ids.fact_id("ana", "boat", "is", "blue"),
    "change": ids.change_id("n1", "tags"),
}


@pytest.mark.parametrize("kind", sorted(MADE))
def test_the_first_letter_says_the_kind(kind: str) -> None:
    assert KINDS[MADE[kind][0]] == kind
    assert len(MADE[kind]) == 1 + 2 * ids.DIGEST_BYTES


def test_every_kind_has_a_letter_of_its_own() -> None:
    assert sorted(KINDS.values()) == sorted(MADE)


def test_an_id_is_the_same_in_any_process() -> None:
    program = "from graphmem import ids; print(ids.entity_id('ana', 'boat'))"
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == MADE["entity"]


def test_an_id_is_what_it_was_when_the_first_stores_were_made() -> None:
    assert MADE["entity"] == "taa1fa57a48c98c83b149c6ef", (
        "stores that exist would no longer know their records"
    )


@given(st.lists(st.text(max_size=4), min_size=1, max_size=4), st.integers(0, 20))
def test_where_one_part_ends_and_the_next_begins_counts(parts: list[str], cut: int) -> None:
    whole = "".join(parts)
    other = [whole[: cut % (len(whole) + 1)], whole[cut % (len(whole) + 1) :]]
    assert (ids.change_id(*parts) == ids.change_id(*other)) == (parts == other)


def test_every_part_counts() -> None:
    parts = ("s1", "1", "Ana", "2024", "text")
    changed = [
        ids.episode_id(*(part + "!" * (i == place) for i, part in enumerate(parts)))
        for place in range(5)
    ]
    assert len({ids.episode_id(*parts), *changed}) == 6


def test_the_order_of_a_notes_origins_counts() -> None:
    one, other = (ids.note_id("segment", "s", pair, "x") for pair in (("a", "b"), ("b", "a")))
    assert one != other


def test_half_a_surrogate_pair_has_an_id_too() -> None:
    hashes = [ids.text_hash(text) for text in ("\ud800", "\udfff", "")]
    assert all(one != other for one, other in pairwise(hashes))
