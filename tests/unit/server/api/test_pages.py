"""A whole list a page at a time."""

import pytest

from graphmem.server.api.pages import page_of
from graphmem.server.refused import RefusedError


@pytest.mark.parametrize("limit", range(1, 9))
def test_the_pages_are_the_list_whatever_their_length(limit: int) -> None:
    items, seen, after = list("abcdefg"), [], None
    while True:
        page = page_of(items, str.upper, limit=limit, after=after)
        assert 0 < len(page["items"]) <= limit
        seen += page["items"]
        after = page["after"]
        if after is None:
            break
    assert seen == items


def test_an_empty_list_is_one_page() -> None:
    assert page_of([], str) == {"items": [], "after": None}


def test_a_cursor_holds_when_something_comes_before_it_and_not_when_it_is_gone() -> None:
    first = page_of(["b", "c", "d"], str, limit=2)
    assert page_of(["a", "b", "c", "d"], str, limit=2, after=first["after"])["items"] == ["d"]
    with pytest.raises(RefusedError, match="begin again"):
        page_of(["b", "d"], str, after=first["after"])
