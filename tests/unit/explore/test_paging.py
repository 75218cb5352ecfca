"""Pages by cursor."""

import numpy as np
import pytest

from graphmem.errors import ConfigError
from graphmem.explore.paging import page_of

VALUES = np.array([3.0, 9.0, 3.0, np.nan, 3.0, 7.0])
IDS = ["a", "b", "c", "d", "e", "f"]


def walked(values, ids, limit):
    after, found = None, []
    while True:
        shown, after = page_of(values, ids, after, limit)
        found += [ids[i] for i in shown]
        if after is None:
            return found


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 10])
def test_pages_of_any_length_give_each_item_once_largest_first_unknown_last(limit):
    assert walked(VALUES, IDS, limit) == ["b", "f", "a", "c", "e", "d"]


def test_after_an_item_that_is_gone_nothing_of_its_value_is_left_out():
    _, after = page_of(VALUES, IDS, None, 3)  # b, f, a
    left = [i for i in range(6) if IDS[i] != "a"]
    shown, _ = page_of(VALUES[left], [IDS[i] for i in left], after, 10)
    assert [IDS[left[i]] for i in shown] == ["c", "e", "d"]


def test_no_items_are_one_page():
    assert page_of(np.zeros(0), [], None, 5) == ([], None)


@pytest.mark.parametrize("cursor", ["x", "", "nine@a", "3.0"])
def test_a_text_that_is_no_cursor_is_refused(cursor):
    with pytest.raises(ConfigError, match="no page begins after"):
        page_of(VALUES, IDS, cursor, 5)
