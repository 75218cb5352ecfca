"""A memory that is only asked: several scopes at once, each of them named."""

import pytest

from graphmem import Memory, Scope
from graphmem.errors import ConfigError, ScopeError, UnknownBackendError

SAID = {
    "ana": "The boat needs a new rudder.",
    "ana/helper": "I ordered the rudder from Lund.",
    "ben": "My rudder is fine.",
}


@pytest.fixture
def memory(tmp_path):
    for scope, text in SAID.items():
        with Memory.open(tmp_path / "memory.db", scope=scope) as memory:
            memory.add(text, speaker=scope, metadata={"of": scope})
    with Memory.open(tmp_path / "memory.db", scope="ana") as memory:
        yield memory


def texts(hits):
    return {hit.note.text for hit in hits}


def test_only_the_own_scope_is_asked_unless_others_are_named(memory):
    assert texts(memory.search("rudder")) == {SAID["ana"]}


@pytest.mark.parametrize("retriever", ["walk", "pagerank"])
def test_many_questions_find_at_once_what_each_finds_alone(memory, monkeypatch, retriever):
    monkeypatch.setattr("graphmem.asking.readonly.BLOCK", 2)
    questions = ["Which rudder does the boat need?", " ", "zebra", "boat", "rudder"]
    alone = [memory.search(one, k=3, retriever=retriever) for one in questions]
    assert memory.search_each(questions, k=3, retriever=retriever) == alone
    assert [bool(alone[at]) for at in (0, 1, 3)] == [True, False, True]


def test_many_questions_are_refused_as_one_is(memory):
    with pytest.raises(ConfigError, match="question must be str"):
        memory.search_each(["rudder", 3])
    with pytest.raises(UnknownBackendError, match="pagerank"):
        memory.search_each(["rudder"], retriever="page rank")


def test_several_scopes_are_searched_at_once_where_each_is_named(memory):
    found = memory.search("rudder", scopes=["ana", Scope(user="ana", agent="helper")])
    assert texts(found) == {SAID["ana"], SAID["ana/helper"]}
    assert [hit.rank for hit in found] == [1, 2]
    assert {hit.note.scope for hit in found} == {"ana", "ana/helper"}
    assert all(hit.sessions[0].scope == hit.note.scope for hit in found)


def test_filters_hold_over_several_scopes(memory):
    found = memory.search("rudder", scopes=["ana", "ana/helper", "ben"], where={"of": "ben"})
    assert texts(found) == {SAID["ben"]}


def test_a_scope_that_is_not_there_is_named_with_those_that_are(memory):
    with pytest.raises(ScopeError, match=r"no scope 'anna' .*there is: ana, ana/helper, ben"):
        memory.search("rudder", scopes=["ana", "anna"])


@pytest.mark.parametrize("scopes", [[], "ana"])
def test_scopes_is_a_list_that_is_not_empty(memory, scopes):
    with pytest.raises(ScopeError, match="list"):
        memory.search("rudder", scopes=scopes)


def test_a_search_of_several_scopes_sees_what_was_written_since(memory, tmp_path):
    both = ["ana", "ben"]
    assert texts(memory.search("rudder", scopes=both)) == {SAID["ana"], SAID["ben"]}
    with Memory.open(tmp_path / "memory.db", scope="ben") as other:
        other.add("Sold the rudder.")
    assert "Sold the rudder." in texts(memory.search("rudder", scopes=both))


def test_a_history_of_one_text_is_refused_as_no_list(memory):
    with pytest.raises(ConfigError, match="list of questions"):
        memory.search("And the price?", history="Where is the rudder?")
