"""What is searched of a value, and what a value may be."""

import pytest

pytest.importorskip("langgraph", reason="needs the extra `langgraph`")

from graphmem import InputError
from graphmem.integrations.langgraph.items import text_of


@pytest.mark.parametrize(
    ("value", "paths", "text"),
    [
        ({"content": "Ana keeps bees."}, ["$"], "Ana keeps bees."),
        (
            {"kind": "Memory", "content": {"content": "Bees."}},
            ["$"],
            "kind: Memory\ncontent: Bees.",
        ),
        ({"age": 41}, ["$"], "age: 41"),
        ({"tags": ["bees", "honey"], "none": None}, ["$"], "tags: bees\ntags: honey"),
        ({"a": "one", "b": {"c": "two"}}, ["a", "b.c"], "one\ntwo"),
        ({"a": [{"b": "x"}, {"b": "y"}]}, ["a[*].b"], "x\ny"),
        ({"a": "one"}, ["gone"], ""),
        ({}, ["$"], ""),
    ],
)
def test_the_paths_say_what_is_searched(value, paths, text):
    assert text_of(value, paths) == text


@pytest.mark.parametrize(
    "value",
    [{"n": float("nan")}, {"n": object()}, {"n": 2**64}, {"text": "a\0b"}, {"t": "\ud800"}],
)
def test_a_value_that_would_not_come_back_is_refused_and_nothing_is_kept(store, value):
    store.put(("a",), "k", {"n": 1})
    with pytest.raises(InputError, match="'k'"):
        store.put(("a",), "k", value)
    assert store.get(("a",), "k").value == {"n": 1}


@pytest.mark.parametrize("key", ["", " ", "a.b", "a/b", "é", "鍵", "x" * 5_000, "n" + "0" * 24])
def test_any_text_is_a_key(store, key):
    store.put(("a",), key, {"n": 1})
    store.put(("a",), key, {"n": 2})
    assert store.get(("a",), key).value == {"n": 2}
    assert [one.key for one in store.search(("a",))] == [key]
    store.delete(("a",), key)
    assert store.search(("a",)) == []


def test_more_versions_than_are_read_at_once_are_all_erased(store, owner, monkeypatch):
    monkeypatch.setattr("graphmem.integrations.langgraph.items.VERSIONS", 3)
    for number in range(8):
        store.put(("a",), "k", {"n": number})
    assert store.get(("a",), "k").value == {"n": 7}
    store.delete(("a",), "k")
    assert owner.of("a").store.stats(owner.of("a").scope.key)["episode"] == 0
