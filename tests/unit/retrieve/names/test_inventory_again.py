"""The inventory once a passage came: names come and go as they would in a new one."""

from dataclasses import replace

import numpy as np
import pytest

from graphmem.retrieve.names.came import Read, came_with, rows_again
from graphmem.retrieve.names.inventory import names_of
from graphmem.retrieve.names.inventory_again import names_again
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.passage_data import snapshot_of_passages

BEFORE = {
    "a": (None, "Walnut is hard. We met Zora Neale in Bern."),
    "b": ("Bern", "It lies on a river."),
}


def read(passages):
    snapshot = snapshot_of_passages(passages)
    return Read(snapshot, np.arange(len(passages)), updated(None, snapshot))


def grown(before, more):
    """Return the inventory with more passages, the same made anew, and the names that changed."""
    was, now = read(before), read(before | more)
    before = names_of(was.snapshot, was.notes, was.words.tokens)
    came = came_with(was, now, rows_again(was, now))
    again = names_again(before, now.words.tokens, came)
    fresh = names_of(now.snapshot, now.notes, now.words.tokens)
    return again.names, fresh, {again.names.names[at] for at in again.changed}


@pytest.mark.parametrize(
    ("more", "came", "gone"),
    [
        ({"c": (None, "She saw Osaka.")}, {"osaka"}, set()),
        ({"c": ("Zora Neale", "A writer.")}, {"zora neale"}, set()),
        ({"c": (None, "A table of walnut, and walnut oil.")}, set(), {"walnut"}),
    ],
    ids=["named inside", "a title", "written in lower case now"],
)
def test_names_come_and_go_with_what_is_written(more, came, gone):
    names, fresh, changed = grown(BEFORE, more)
    assert list(names.names) == list(fresh.names)
    assert changed == came
    assert gone.isdisjoint(names.names)
    for column in ("entity", "is_title", "is_initial", "may_be_lower", "title_name", "lean"):
        np.testing.assert_array_equal(getattr(names, column), getattr(fresh, column))


def test_a_word_that_is_doubted_is_a_name_once_a_text_writes_it_so():
    before = {"a": (None, "Walnut is hard. He likes walnut.")}
    names, fresh, changed = grown(before, {"c": (None, "We went to Walnut and from Walnut.")})
    assert names.names == fresh.names
    assert "walnut" in changed
    assert tuple(names.doubtful) == ()


def test_a_name_whose_word_no_text_held_is_collected_anew_once_one_does():
    was, now = read(BEFORE), read(BEFORE | {"c": (None, "She saw Osaka.")})
    before = names_of(was.snapshot, was.notes, was.words.tokens)
    came = came_with(was, now, rows_again(was, now))
    missing = replace(before, missing=("osaka",))
    assert names_again(missing, now.words.tokens, came) is None
