"""What a grant allows: exactly its scopes, and no more than its right."""

import pytest

from graphmem.server.grants import RIGHTS, Right, digest_of
from graphmem.types import ScopeKey
from tests.server import grant

ALLOWED = {("read", "read"), ("write", "read"), ("write", "write"), ("metrics", "metrics")}


@pytest.mark.parametrize("may", RIGHTS)
@pytest.mark.parametrize("asked", RIGHTS)
def test_who_may_write_may_read_and_nobody_else_may_what_they_do_not_have(
    may: Right, asked: Right
) -> None:
    assert grant("ana", may=may).allows(ScopeKey("ana"), asked) == ((may, asked) in ALLOWED)


@pytest.mark.parametrize("scope", ["ben", "ana/helper", "Ana", "", "an", "ana "])
def test_another_scope_is_not_allowed(scope: str) -> None:
    assert not grant("ana", may="write").allows(ScopeKey(scope), "read")


def test_what_is_kept_of_a_token_is_its_hash_whatever_characters_it_has() -> None:
    assert digest_of("abc").startswith("ba7816bf")
    assert digest_of("\ud800") != digest_of("?")
