"""What whoever starts a server may, before there are tokens."""

from datetime import UTC, datetime

import pytest

from graphmem.errors import ConfigError, ScopeError
from graphmem.server import first_scope, grant_of_owner

AT = datetime(2026, 5, 1, tzinfo=UTC)


def test_on_this_machine_alone_the_owner_has_the_scope_that_was_given(tokens) -> None:
    own = grant_of_owner(tokens, "ana", read_only=False, is_loopback=True)
    assert (own.scopes, own.may) == ({"ana"}, "write")
    assert grant_of_owner(tokens, "ana", read_only=True, is_loopback=True).may == "read"
    assert first_scope(tokens, own) == "ana"


def test_nobody_is_let_in_by_everybodys_scope(tokens) -> None:
    with pytest.raises(ScopeError):
        grant_of_owner(tokens, None, read_only=False, is_loopback=True)


def test_where_others_could_reach_it_somebody_needs_a_token(tokens) -> None:
    with pytest.raises(ConfigError, match="graphmem token add"):
        grant_of_owner(tokens, "ana", read_only=False, is_loopback=False)


def test_where_there_are_tokens_they_alone_say_who_may_what(tokens) -> None:
    tokens.add("t", name="m", scopes=[], may="metrics", at=AT)
    with pytest.raises(ConfigError, match="no token is for a memory"):
        first_scope(tokens, None)
    tokens.add("u", name="p", scopes=["zoe", "ben"], may="read", at=AT)
    for local in (True, False):
        assert grant_of_owner(tokens, "ana", read_only=False, is_loopback=local) is None
    assert first_scope(tokens, None) == "ben"
