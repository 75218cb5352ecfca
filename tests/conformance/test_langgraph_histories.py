"""Any history of operations leaves what LangGraph's own store in memory holds."""

import pytest

pytest.importorskip("langgraph", reason="needs the extra `langgraph`")

from hypothesis import given, settings
from hypothesis import strategies as st
from langgraph.store.base import GetOp, PutOp, SearchOp
from langgraph.store.memory import InMemoryStore

from graphmem import Memory
from graphmem.integrations.langgraph import GraphmemStore

NAMESPACES = st.sampled_from([("a",), ("a", "b"), ("a%2Eb",), ("A",), ("a", "b", "*")])
KEYS = st.sampled_from(["k", "K", "k/1", "é"])
VALUES = st.one_of(
    st.none(),
    st.fixed_dictionaries({"n": st.integers(0, 2)}, optional={"text": st.just("Ana keeps bees.")}),
)
PUTS = st.builds(PutOp, NAMESPACES, KEYS, VALUES, index=st.none(), ttl=st.none())
READS = st.one_of(
    st.builds(GetOp, NAMESPACES, KEYS, refresh_ttl=st.booleans()),
    st.builds(
        SearchOp,
        st.one_of(st.just(()), NAMESPACES),
        filter=st.sampled_from([None, {"n": 1}, {"n": {"$gte": 1}}, {"text": "Ana keeps bees."}]),
        limit=st.just(50),
        offset=st.just(0),
        query=st.none(),
    ),
)
BATCHES = st.lists(st.lists(st.one_of(PUTS, READS), min_size=1, max_size=4), max_size=6)


def plain(result):
    if isinstance(result, list):
        return sorted((one.namespace, one.key, str(one.value)) for one in result)
    return result and (result.namespace, result.key, result.value)


@given(BATCHES)
@settings(max_examples=40)
def test_the_results_and_the_rest_are_the_same(batches):
    theirs = InMemoryStore()
    with Memory.open("ram:", scope="owner") as memory:
        ours = GraphmemStore(memory)
        for ops in [*batches, [SearchOp((), limit=50)]]:
            assert [*map(plain, ours.batch(ops))] == [*map(plain, theirs.batch(ops))]
