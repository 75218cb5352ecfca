"""The store beyond LangGraph's own facts: queries, time to live, scopes, LangMem, an agent."""

from concurrent.futures import ThreadPoolExecutor

import pytest

pytest.importorskip("langgraph", reason="needs the extra `langgraph`")

from langgraph.store.base import PutOp, SearchOp

from graphmem import Memory, Scope
from graphmem.integrations.langgraph import GraphmemStore, label_of

ANA = ("memories", "ana")
SAID = {
    "bees": {"content": "Ana keeps bees behind the chapel."},
    "tea": {"content": "Ana drinks green tea in the morning."},
    "train": {"content": "The night train to Vienna leaves at ten.", "mode": "rail"},
}


@pytest.fixture
def filled(store):
    for key, value in SAID.items():
        store.put(ANA, key, value)
    return store


def found(items):
    return [item.key for item in items]


def test_a_query_ranks_by_what_answers_with_a_score(filled):
    first, *_ = filled.search(ANA, query="What does Ana drink?")
    assert (first.key, first.namespace, first.value) == ("tea", ANA, SAID["tea"])
    assert 0 < first.score <= 1
    assert filled.search(ANA, query="zeppelin") == []
    assert filled.search((), query="When does the train leave?", limit=1)[0].key == "train"


def test_items_of_equal_text_are_all_found(store):
    for key in ("a", "b", "c"):
        store.put(("u",), key, {"content": "Ana keeps bees."})
    store.put(("v",), "d", {"content": "Ana keeps bees."})
    assert sorted(found(store.search((), query="Who keeps bees?"))) == ["a", "b", "c", "d"]
    store.delete(("u",), "b")
    assert sorted(found(store.search(("u",), query="Who keeps bees?"))) == ["a", "c"]


def test_a_query_and_a_filter_hold_together_however_many_are_left_out(store):
    for number in range(30):
        store.put(("u",), f"k{number}", {"content": f"Fig tree number {number}", "n": number})
    hits = store.search(("u",), query="fig tree", filter={"n": {"$gte": 27}}, limit=2)
    assert len(hits) == 2
    rest = store.search(("u",), query="fig tree", filter={"n": {"$gte": 27}}, offset=2)
    assert sorted(found([*hits, *rest])) == ["k27", "k28", "k29"]


def test_what_was_put_without_an_index_is_got_and_not_found_by_a_query(filled):
    filled.put(ANA, "quiet", {"content": "Ana keeps a quiet parrot."}, index=False)
    assert filled.get(ANA, "quiet").value["content"] == "Ana keeps a quiet parrot."
    assert "quiet" not in found(filled.search(ANA, query="parrot quiet"))
    assert "quiet" in found(filled.search(ANA))


def test_only_the_fields_that_are_named_are_searched(owner):
    store = GraphmemStore(owner, fields=["title"])
    store.put(("u",), "a", {"title": "Bees", "body": "A parrot."})
    store.put(("u",), "b", {"title": "Trams", "body": "A parrot."}, index=["body"])
    assert found(store.search(("u",), query="parrot", limit=1)) == ["b"]
    assert found(store.search(("u",), query="bees", limit=1)) == ["a"]
    assert store.search(("u",), query="trams") == []


def test_what_is_put_again_is_found_as_it_is_now_and_as_it_was(store, owner, clock):
    store.put(("ana",), "home", {"content": "Ana lives in Porto."})
    clock.pass_minutes(60 * 24)
    store.put(("ana",), "home", {"content": "Ana lives in Braga."})
    assert [
        one.value["content"] for one in store.search(("ana",), query="Where does Ana live?")
    ] == ["Ana lives in Braga."]
    memory = owner.of(Scope("ana"))
    (then,) = memory.search("Where does Ana live?", as_of="2024-06-20T13:00", k=1)
    assert then.note.text == "Ana lives in Porto."
    assert len(memory.history(then.note.id).changes) == 2


def test_deleting_erases_every_version_out_of_the_file(tmp_path, clock):
    file = tmp_path / "items.db"
    with Memory.open(file, scope="owner", clock=clock) as memory:
        store = GraphmemStore(memory)
        for drink in ("kvass", "mead"):
            store.put(("ana",), "drink", {"content": f"Ana drinks {drink}."})
        store.delete(("ana",), "drink")
        store.put(("ana",), "drink", {"content": "Ana drinks mead."})
        assert store.get(("ana",), "drink").value == {"content": "Ana drinks mead."}
        store.delete(("ana",), "drink")
    assert not any(word in file.read_bytes() for word in (b"kvass", b"mead"))


def test_an_item_expires_after_its_last_use_and_a_sweep_erases_it(store, owner, clock):
    store.put(("u",), "a", {"content": "fig"}, ttl=10)
    store.put(("u",), "b", {"content": "fig"})
    clock.pass_minutes(9)
    assert store.get(("u",), "a")
    clock.pass_minutes(9)
    assert sorted(found(store.search(("u",), query="fig", refresh_ttl=False))) == ["a", "b"]
    assert store.get(("u",), "a", refresh_ttl=False)
    clock.pass_minutes(2)
    assert store.get(("u",), "a") is None
    assert found(store.search(("u",))) == found(store.search(("u",), query="fig")) == ["b"]
    assert store.sweep_ttl() == 1
    assert store.sweep_ttl() == 0
    assert owner.store.stats(Scope("u").key)["episode"] == 1


def test_a_search_puts_off_the_end_of_what_it_finds_alone(store, clock):
    store.put(("u",), "a", {"content": "fig"}, ttl=10)
    store.put(("u",), "b", {"content": "plum"}, ttl=10)
    clock.pass_minutes(9)
    assert found(store.search(("u",), query="fig", limit=1)) == ["a"]
    clock.pass_minutes(5)
    assert found(store.search(("u",))) == ["a"]


def test_a_namespace_whose_items_have_expired_is_not_listed_and_a_put_revives(store, clock):
    store.put(("u",), "a", {"n": 1}, ttl=1)
    first = store.get(("u",), "a").created_at
    clock.pass_minutes(2)
    assert store.list_namespaces() == []
    store.put(("u",), "a", {"n": 2})
    assert store.get(("u",), "a").value == {"n": 2}
    assert store.get(("u",), "a").created_at > first


def test_the_time_to_live_has_a_default(owner, clock):
    store = GraphmemStore(owner, ttl={"default_ttl": 5, "refresh_on_read": False})
    store.put(("u",), "a", {"n": 1})
    store.put(("u",), "b", {"n": 1}, ttl=None)
    clock.pass_minutes(4)
    assert store.get(("u",), "a")
    clock.pass_minutes(2)
    assert found(store.search(("u",))) == ["b"]


def test_an_address_may_be_a_user_whose_memory_others_read_under_its_own_name(store, owner):
    store.put(("memories", label_of("ana@example.org")), "a", {"content": "Ana keeps bees."})
    user = GraphmemStore(owner, user_at=1)
    user.put(("memories", label_of("ben@example.org")), "b", {"content": "Ben keeps goats."})
    (hit,) = owner.of(Scope("ben@example.org", "memories")).search("Who keeps goats?", k=1)
    assert hit.note.text == "Ben keeps goats."
    assert user.search(("memories", label_of("ben@example.org")))[0].key == "b"
    assert user.search(("memories", label_of("ana@example.org"))) == []


def test_the_memorys_own_dialogue_is_no_item_and_items_are_none_of_its_turns(filled, owner):
    owner.add("Ana keeps bees in the garden.", speaker="Ana")
    owner.of(Scope("memories", "ana")).add("Ana keeps ducks.", speaker="Ana")
    hits = found(filled.search((), query="Who keeps bees or ducks?"))
    assert hits[0] == "bees"
    assert sorted(hits) == sorted(SAID)
    assert ("owner",) not in filled.list_namespaces()
    assert [hit.note.scope for hit in owner.search("Who keeps bees?")] == ["owner"]


def test_a_batch_of_a_namespace_is_written_whole_or_not_at_all(filled):
    with pytest.raises(Exception, match="JSON"):
        filled.batch([PutOp(ANA, "new", {"n": 1}), PutOp(ANA, "bad", {"n": object()})])
    assert filled.get(ANA, "new") is None
    with pytest.raises(ValueError, match="no operation"):
        filled.batch([PutOp(ANA, "new", {"n": 1}), "search"])
    with pytest.raises(ValueError, match=r"\$near"):
        filled.batch([PutOp(ANA, "new", {"n": 1}), SearchOp(ANA, filter={"n": {"$near": 1}})])
    assert filled.get(ANA, "new") is None


def test_threads_may_put_and_search_at_once(filled):
    def work(number):
        filled.put(("t", str(number % 4)), f"k{number}", {"content": f"fig number {number}"})
        return filled.search(("t",), query="fig", limit=1)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(24)))
    assert len(filled.search(("t",), limit=100)) == 24


def test_a_store_of_a_file_is_there_when_it_is_opened_again(tmp_path, clock):
    for _ in range(2):
        with Memory.open(tmp_path / "a.db", scope="owner", clock=clock) as memory:
            store = GraphmemStore(memory)
            if item := store.get(ANA, "bees"):
                assert item.value == SAID["bees"]
                return
            store.put(ANA, "bees", SAID["bees"])
    pytest.fail("nothing was kept")
