"""Whose memory a request is for."""

import pytest

from graphmem.server import Memories, RefusedError, Right
from graphmem.server.call import Call, begin
from tests.server import grant
from tests.unit.server.notes import told


def call(memories: Memories, asked: str, *scopes: str, may: Right = "read") -> Call:
    return Call(memories=memories, asked=asked, grant=grant(*scopes, may=may))


def test_a_token_for_one_scope_need_not_name_it(memories: Memories) -> None:
    one = call(memories, "", "ben")
    assert told(one.memory("list", "read")) == ["Ben keeps goats."]
    assert (one.verb, one.right, one.scope) == ("list", "read", "ben")
    assert told(call(memories, "ben", "ben").memory("list", "read")) == ["Ben keeps goats."]


def test_a_token_for_several_has_to_say_which(memories: Memories) -> None:
    with pytest.raises(RefusedError, match="yours: ana, ben") as caught:
        call(memories, "", "ben", "ana").memory("list", "read")
    assert caught.value.status == 400
    assert told(call(memories, "ana", "ben", "ana").memory("list", "read")) == ["Ana keeps bees."]


@pytest.mark.parametrize("asked", ["ben", "ana/helper", "nobody"])
def test_another_scope_is_refused_whether_it_is_there_or_not(
    memories: Memories, asked: str
) -> None:
    with pytest.raises(RefusedError, match="may not read this scope") as caught:
        call(memories, asked, "ana", may="write").memory("search", "read")
    assert caught.value.status == 403


def test_who_may_only_read_may_not_write(memories: Memories) -> None:
    one = call(memories, "", "ana")
    with pytest.raises(RefusedError) as caught:
        one.memory("add", "write")
    assert (caught.value.status, one.verb, one.scope) == (403, "add", "ana")


def test_a_scope_that_cannot_be_is_an_error_of_the_caller(memories: Memories) -> None:
    with pytest.raises(RefusedError) as caught:
        call(memories, "/x", "ana").memory("search", "read")
    assert caught.value.status == 400


def test_nobody_may_nothing(memories: Memories) -> None:
    for one in (Call(memories=memories), call(memories, "", may="metrics")):
        with pytest.raises(RefusedError) as caught:
            one.memory("search", "read")
        assert caught.value.status == 403


def test_a_scope_is_read_from_the_query_as_it_is_written_there(memories: Memories) -> None:
    connection = {"type": "http", "query_string": b"k=1&scope=ana%2Fhelper"}
    assert begin(connection, memories).asked == "ana/helper"
