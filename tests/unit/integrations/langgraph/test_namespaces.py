"""Namespaces and scopes: one each, both ways, and an e-mail address is a user."""

import pytest

pytest.importorskip("langgraph", reason="needs the extra `langgraph`")

from hypothesis import assume, given
from hypothesis import strategies as st
from langgraph.store.base import InvalidNamespaceError

from graphmem import Scope
from graphmem.integrations.langgraph.namespaces import Namespaces, label_of

LABELS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1),
    st.text("a%25E./*~é\u0301\u00e9 ", min_size=1),
    st.sampled_from(["%", "%25", "%2E", "%252E", "*", "/", ".", "a.b", "é", "e\u0301"]),
)
NAMESPACES = st.lists(LABELS, min_size=1, max_size=4).map(tuple)


@given(NAMESPACES, st.integers(0, 2))
def test_a_namespace_comes_back_from_its_scope(namespace, user_at):
    assume(len(namespace) > user_at)
    spaces = Namespaces(user_at)
    scope = spaces.scope_of(namespace)
    assert spaces.namespace_of(scope) == namespace
    assert spaces.namespace_of(Scope.parse(scope.key)) == namespace


@given(NAMESPACES, NAMESPACES)
def test_two_namespaces_are_two_scopes(one, other):
    spaces = Namespaces()
    assert (spaces.scope_of(one).key == spaces.scope_of(other).key) == (one == other)


@given(LABELS)
def test_every_user_has_a_label_of_its_own(user):
    label = label_of(user)
    assert "." not in label
    assert Namespaces().scope_of((label,)) == Scope(user)


def test_an_address_is_a_user_in_any_place():
    label = label_of("ana@example.org")
    assert Namespaces().scope_of((label, "memories")) == Scope("ana@example.org", "memories")
    assert Namespaces(1).scope_of(("memories", label)) == Scope("ana@example.org", "memories")


def test_a_namespace_without_a_user_is_nobodys():
    with pytest.raises(InvalidNamespaceError, match="names no user"):
        Namespaces(1).scope_of(("memories",))


def test_half_a_surrogate_pair_is_refused():
    with pytest.raises(InvalidNamespaceError, match="surrogate"):
        Namespaces().scope_of(("a", "\ud800"))
