"""What a LangGraph store does, as the public tests of LangGraph's own stores have it.

Each fact runs on ours over RAM and over a SQLite file, and on LangGraph's own store in memory,
which shows that the fact is one. Where LangGraph's stores differ from each other or from ours, the
test says so and leaves theirs out; docs/langgraph.md gives our choice.
"""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

pytest.importorskip("langgraph", reason="needs the extra `langgraph`")

from langgraph.store.base import (
    BaseStore,
    GetOp,
    InvalidNamespaceError,
    ListNamespacesOp,
    PutOp,
    SearchOp,
)
from langgraph.store.memory import InMemoryStore

from graphmem import Memory
from graphmem.integrations.langgraph import GraphmemStore

BASKET = ("basket",)


class Clock:
    """A clock that goes on by a second each time it is read."""

    def __init__(self) -> None:
        self.time = datetime(2024, 6, 20, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


@pytest.fixture(params=["ram", "sqlite", "langgraph's"])
def store(request, tmp_path) -> Iterator[BaseStore]:
    if request.param == "langgraph's":
        yield InMemoryStore()
        return
    place = "ram:" if request.param == "ram" else tmp_path / "items.db"
    with Memory.open(place, scope="owner", clock=Clock()) as memory:
        yield GraphmemStore(memory)


@pytest.fixture
def ours(store: BaseStore) -> BaseStore:
    if isinstance(store, InMemoryStore):
        pytest.skip("a choice of ours: LangGraph's stores differ here")
    return store


def keys(found) -> list[str]:
    return sorted(one.key for one in found)


def fill(store: BaseStore, *namespaces: tuple[str, ...]) -> None:
    for number, namespace in enumerate(namespaces):
        store.put(namespace, f"k{number}", {"fruit": f"fig {number}"})


def test_results_come_in_the_order_of_the_operations(store):
    store.put(("a", "b"), "pear", {"weight": 3})
    got, put, found, listed, missing = store.batch(
        [
            GetOp(("a", "b"), "pear"),
            PutOp(("a", "c"), "plum", {"weight": 1}),
            SearchOp(("a",), filter={"weight": 3}),
            ListNamespacesOp(),
            GetOp(("a",), "quince"),
        ]
    )
    assert (got.value, got.namespace, got.key) == ({"weight": 3}, ("a", "b"), "pear")
    assert (put, missing) == (None, None)
    assert keys(found) == ["pear"]
    assert ("a", "b") in listed


def test_reads_of_a_batch_see_the_state_before_its_writes(store):
    assert store.batch([PutOp(BASKET, "fig", {"n": 1}), GetOp(BASKET, "fig")]) == [None, None]
    assert store.get(BASKET, "fig").value == {"n": 1}


def test_of_several_puts_of_a_key_the_last_counts(store):
    store.batch([PutOp(BASKET, "fig", {"n": 1}), PutOp(BASKET, "fig", {"n": 2})])
    assert store.get(BASKET, "fig").value == {"n": 2}


def test_a_put_of_nothing_deletes_and_so_does_delete_twice(store):
    store.put(BASKET, "fig", {"n": 1})
    store.batch([PutOp(BASKET, "fig", None)])
    assert store.get(BASKET, "fig") is None
    store.delete(BASKET, "fig")
    store.put(BASKET, "fig", {"n": 1})
    store.delete(BASKET, "fig")
    assert store.search(BASKET) == []


def test_a_namespace_without_items_is_not_listed(ours):
    ours.put(BASKET, "fig", {"n": 1})
    ours.delete(BASKET, "fig")
    assert ours.list_namespaces() == []


def test_a_value_comes_back_after_others_stood_in_its_place(store):
    for number in (1, 2, 1, 2, 1):
        store.put(BASKET, "fig", {"n": number})
    assert store.get(BASKET, "fig").value == {"n": 1}
    assert len(store.search(BASKET)) == 1


def test_the_times_are_aware_and_an_update_is_later(store):
    store.put(BASKET, "fig", {"n": 1})
    first = store.get(BASKET, "fig")
    store.put(BASKET, "fig", {"n": 2})
    second = store.get(BASKET, "fig")
    assert first.created_at.tzinfo is not None
    assert second.created_at >= first.created_at
    assert second.updated_at > first.updated_at


def test_an_update_keeps_when_an_item_was_created(ours):
    ours.put(BASKET, "fig", {"n": 1})
    first = ours.get(BASKET, "fig")
    ours.put(BASKET, "fig", {"n": 2})
    assert ours.get(BASKET, "fig").created_at == first.created_at
    ours.delete(BASKET, "fig")
    ours.put(BASKET, "fig", {"n": 3})
    assert ours.get(BASKET, "fig").created_at > first.created_at


@pytest.mark.parametrize("namespace", [(), ("a.b",), ("a", ""), ("langgraph", "x"), (7,)])
def test_a_namespace_that_cannot_be_is_refused_by_put(store, namespace):
    with pytest.raises(InvalidNamespaceError):
        store.put(namespace, "fig", {})


@pytest.mark.parametrize("namespace", [("a.b",), ("a", ""), (7,)])
def test_a_label_that_cannot_be_is_refused_by_get_search_and_list(store, namespace):
    with pytest.raises(InvalidNamespaceError):
        store.get(namespace, "fig")
    with pytest.raises(InvalidNamespaceError):
        store.search(namespace)
    with pytest.raises(InvalidNamespaceError):
        store.list_namespaces(prefix=namespace)


def test_the_label_langgraph_may_stand_inside_and_begin_in_a_batch(store):
    store.put(("x", "langgraph"), "fig", {"n": 1})
    store.batch([PutOp(("langgraph", "x"), "plum", {"n": 2})])
    assert store.get(("x", "langgraph"), "fig").value == {"n": 1}
    assert store.get(("langgraph", "x"), "plum").value == {"n": 2}


def test_a_search_goes_down_from_its_prefix(store):
    fill(store, ("u", "1"), ("u", "1", "x"), ("u", "2"), ("v", "1"), ("u1", "1"))
    assert keys(store.search(("u",))) == ["k0", "k1", "k2"]
    assert keys(store.search(("u", "1"))) == ["k0", "k1"]
    assert len(store.search(())) == 5


def test_a_prefix_is_whole_labels(store):
    fill(store, ("user",), ("users",), ("user", "x"))
    assert keys(store.search(("user",))) == ["k0", "k2"]
    assert sorted(store.list_namespaces(prefix=("user",))) == [("user",), ("user", "x")]


def test_signs_of_patterns_are_letters_in_a_search_and_case_counts(store):
    fill(store, ("a_%",), ("ab%",), ("A_%",), ("a*",))
    assert keys(store.search(("a_%",))) == ["k0"]
    assert keys(store.search(("a*",))) == ["k3"]
    assert store.search(("a",)) == []


def test_a_search_gives_ten_unless_told_and_goes_on_behind_an_offset(store):
    for number in range(15):
        store.put(BASKET, f"k{number:02}", {"n": number})
    first, rest = store.search(BASKET), store.search(BASKET, limit=10, offset=10)
    assert (len(first), len(rest)) == (10, 5)
    assert keys([*first, *rest]) == [f"k{number:02}" for number in range(15)]
    assert len(store.search(BASKET, limit=20)) == 15


@pytest.mark.parametrize(
    ("conditions", "wanted"),
    [
        ({"colour": "red"}, ["a", "b"]),
        ({"stars": {"$gt": 3.0}}, ["a", "c"]),
        ({"stars": {"$gte": 4.0}, "colour": "green"}, ["c"]),
        ({"stars": {"$gt": 3.5, "$lt": 4.2}}, ["c"]),
        ({"stars": {"$lte": 3.0}}, ["b", "d"]),
        ({"colour": {"$ne": "red"}}, ["c", "d"]),
        ({"colour": {"$eq": "blue"}}, ["d"]),
        ({"colour": "' OR '1'='1"}, []),
        ({"taste": "sweet"}, []),
    ],
)
def test_conditions_are_all_met(store, conditions, wanted):
    store.put(BASKET, "a", {"colour": "red", "stars": 4.5})
    store.put(BASKET, "b", {"colour": "red", "stars": 3.0})
    store.put(BASKET, "c", {"colour": "green", "stars": 4.0})
    store.put(BASKET, "d", {"colour": "blue", "stars": 1.0})
    assert keys(store.search(BASKET, filter=conditions)) == wanted


def test_a_truth_value_is_a_value(store):
    store.put(BASKET, "a", {"ripe": True})
    store.put(BASKET, "b", {"ripe": False})
    assert keys(store.search(BASKET, filter={"ripe": True})) == ["a"]


def test_a_condition_on_what_is_inside_is_a_dict(store):
    store.put(BASKET, "a", {"tree": {"age": 9, "kind": "fig"}})
    store.put(BASKET, "b", {"tree": {"age": 4, "kind": "fig"}})
    assert keys(store.search(BASKET, filter={"tree": {"age": 9}})) == ["a"]


def test_a_condition_on_what_is_inside_may_be_a_path(ours):
    ours.put(BASKET, "a", {"tree": {"age": 9}})
    ours.put(BASKET, "b", {"tree.age": 9})
    assert keys(ours.search(BASKET, filter={"tree.age": 9})) == ["a", "b"]


@pytest.mark.parametrize("operator", ["$gt", "$lte", "$ne", "$eq"])
def test_what_is_missing_meets_no_condition(ours, operator):
    ours.put(BASKET, "a", {"colour": "red"})
    assert ours.search(BASKET, filter={"stars": {operator: 3}}) == []


def test_a_text_is_neither_before_nor_behind_a_number(ours):
    ours.put(BASKET, "a", {"stars": "four"})
    assert ours.search(BASKET, filter={"stars": {"$gt": 3}}) == []


def test_an_operator_that_is_not_there_is_an_error(store):
    store.put(BASKET, "a", {"stars": 1})
    with pytest.raises(ValueError, match=r"\$near"):
        store.search(BASKET, filter={"stars": {"$near": 1}})


@pytest.fixture
def garden(store):
    fill(
        store,
        *(("a", "b", "c"), ("a", "b", "d", "e"), ("a", "b", "d", "i"), ("a", "b", "f")),
        *(("a", "c", "f"), ("b", "a", "f"), ("users", "123")),
    )
    return store


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({"prefix": ("a", "b")}, ["abc", "abde", "abdi", "abf"]),
        ({"suffix": ("f",)}, ["abf", "acf", "baf"]),
        ({"prefix": ("a",), "suffix": ("f",)}, ["abf", "acf"]),
        ({"prefix": ("a", "b"), "max_depth": 3}, ["abc", "abd", "abf"]),
        ({"prefix": ("a", "*", "f")}, ["abf", "acf"]),
        ({"suffix": ("*", "f")}, ["abf", "acf", "baf"]),
        ({"prefix": ("a", "b"), "limit": 2}, ["abc", "abde"]),
        ({"prefix": ("a", "b"), "offset": 2}, ["abdi", "abf"]),
        ({"prefix": ("a", "b"), "max_depth": 3, "limit": 1, "offset": 1}, ["abd"]),
        ({"prefix": ("none",)}, []),
    ],
)
def test_namespaces_are_listed_in_order_by_prefix_suffix_and_depth(garden, asked, wanted):
    assert ["".join(one) for one in garden.list_namespaces(**asked)] == wanted


def test_all_namespaces_are_listed(garden):
    assert len(garden.list_namespaces()) == 7


def test_any_script_will_do_everywhere(store):
    store.put(("ユーザー", "é"), "鍵", {"memo": "これは日本語のメモです"})
    assert store.get(("ユーザー", "é"), "鍵").value == {"memo": "これは日本語のメモです"}
    assert keys(store.search(("ユーザー",))) == ["鍵"]
    assert store.list_namespaces() == [("ユーザー", "é")]


def test_without_a_query_there_is_no_score(store):
    store.put(BASKET, "a", {"n": 1})
    assert store.search(BASKET)[0].score is None


def test_a_value_is_the_stores_own_copy(store):
    value = {"list": [1]}
    store.put(BASKET, "a", value)
    value["n"] = 2
    assert store.get(BASKET, "a").value == {"list": [1]}


def test_a_value_that_was_given_out_is_the_callers_own(ours):
    ours.put(BASKET, "a", {"list": [1]})
    ours.get(BASKET, "a").value["list"].append(2)
    assert ours.get(BASKET, "a").value == {"list": [1]}


def test_the_time_to_live_is_kept_or_refused(store):
    if store.supports_ttl:
        store.put(BASKET, "a", {"n": 1}, ttl=1)
        assert store.get(BASKET, "a")
    else:
        with pytest.raises(NotImplementedError):
            store.put(BASKET, "a", {"n": 1}, ttl=1)


def test_the_same_from_a_loop(store):
    async def work():
        await store.aput(BASKET, "a", {"n": 1})
        got, found = await store.aget(BASKET, "a"), await store.asearch(BASKET)
        listed = await store.alist_namespaces()
        await store.adelete(BASKET, "a")
        return got.value, keys(found), listed, await store.aget(BASKET, "a")

    assert asyncio.run(work()) == ({"n": 1}, ["a"], [BASKET], None)
