"""The retriever: LangChain's own tests in full, and what they do not ask."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from inspect import signature

import pytest

pytest.importorskip("langchain_core", reason="needs the extra `langchain`")
pytest.importorskip("langchain_tests", reason="needs the extra `dev-langchain`")

from langchain_tests.integration_tests import RetrieversIntegrationTests
from pydantic import ValidationError

from graphmem import ConfigError, InputError
from graphmem.asking import ReadOnlyMemory
from graphmem.integrations.langchain import GraphmemRetriever

ASKED = "Who was in Lisbon?"


class TestStandard(RetrieversIntegrationTests):
    @pytest.fixture(autouse=True)
    def _over(self, memory):
        self._memory = memory

    @property
    def retriever_constructor(self):
        return GraphmemRetriever

    @property
    def retriever_constructor_params(self):
        return {"memory": self._memory}

    @property
    def retriever_query_example(self):
        return ASKED


@pytest.fixture
def retriever(memory):
    return GraphmemRetriever(memory=memory)


def texts(documents):
    return [document.page_content for document in documents]


def test_documents_are_the_hits_in_their_order_with_all_that_is_known(memory, retriever):
    hits = memory.search("When did Ana move?", k=5)
    documents = retriever.invoke("When did Ana move?")
    assert [document.id for document in documents] == [hit.note.id for hit in hits]
    found, hit = documents[0].metadata, hits[0]
    assert documents[0].page_content == hit.told
    assert "26 April 2024" in documents[0].page_content
    assert (found["id"], found["rank"], found["score"]) == (hit.note.id, 1, hit.score)
    assert (found["scope"], found["speaker"], found["session"]) == ("ana", "Ana", "home")
    assert found["said_at"] == found["valid_from"] == "2024-05-02T00:00:00+00:00"
    assert found["valid_until"] is None
    assert found["reasons"] == list(hit.why)
    assert found["path"] == [path.text for path in hit.paths]
    assert found["origins"] == list(hit.note.origins)
    assert found["marks"] == list(hit.marks)
    assert found["source"] == {"channel": "mail"}


def test_sync_async_batch_and_threads_find_the_same(retriever):
    asked = [ASKED, "When did Ana move?", "What sings on Tuesdays?"]
    wanted = [texts(retriever.invoke(one)) for one in asked]
    assert all(wanted)
    assert [texts(found) for found in retriever.batch(asked)] == wanted
    assert [texts(found) for found in asyncio.run(retriever.abatch(asked))] == wanted
    with ThreadPoolExecutor(8) as pool:
        assert [texts(found) for found in pool.map(retriever.invoke, asked * 8)] == wanted * 8


@pytest.mark.parametrize(
    ("filters", "speakers"),
    [
        ({"speaker": "Tiago"}, ["Tiago"]),
        ({"session": "choir"}, ["Ana"]),
        ({"where": {"channel": "sms"}}, ["Tiago"]),
        ({"since": "2024-05-10", "until": "2024-05-31"}, ["Tiago"]),
        ({"as_of": "2024-05-03"}, ["Ana"]),
        ({"kind": "passage"}, []),
        ({"scopes": ["ben"]}, ["Ben"]),
    ],
)
def test_each_filter_of_search_holds_as_a_field_and_for_one_call(memory, filters, speakers):
    as_fields = GraphmemRetriever(memory=memory, **filters).invoke(ASKED)
    for_one_call = GraphmemRetriever(memory=memory).invoke(ASKED, None, **filters)
    for found in (as_fields, for_one_call):
        assert [document.metadata["speaker"] for document in found] == speakers


def test_every_argument_of_search_is_a_field():
    asked = set(signature(ReadOnlyMemory.search).parameters) - {"self", "question"}
    assert asked <= set(GraphmemRetriever.model_fields)


def test_what_is_archived_is_found_only_if_asked_for(memory):
    (id_,) = memory.add("Good night then!", speaker="Ana", said_at="2024-05-01").ids
    assert memory.forget(keep=0.6).changes
    for archived in (False, True):
        retriever = GraphmemRetriever(memory=memory, archived=archived, min_score=0, k=50)
        assert (id_ in str(retriever.invoke("Good night"))) is archived


def test_no_document_of_another_scope_is_found(retriever):
    found = retriever.invoke("Who went by bicycle to Lisbon?", None, k=50)
    assert {document.metadata["scope"] for document in found} == {"ana"}


def test_a_token_budget_keeps_the_best_that_fit(retriever):
    ranked = texts(retriever.invoke(ASKED))
    first, rest = len(ranked[0]), ranked[1:]
    fits = texts(retriever.invoke(ASKED, None, token_budget=first + 5, count=len))
    assert fits == ranked[:1]
    shortest = min(map(len, rest))
    fits = texts(retriever.invoke(ASKED, None, token_budget=first + shortest, count=len))
    assert fits[0] == ranked[0]
    assert sum(map(len, fits)) <= first + shortest
    assert len(fits) == 2
    assert retriever.invoke(ASKED, None, token_budget=0) == []


def test_a_mistaken_argument_says_what_there_is(memory, retriever):
    with pytest.raises(
        ConfigError, match="search has no argument 'speakr'; did you mean 'speaker'"
    ):
        retriever.invoke(ASKED, None, speakr="Ana")
    with pytest.raises(ConfigError, match="k=0"):
        retriever.invoke(ASKED, None, k=0)
    with pytest.raises(InputError, match="since"):
        retriever.invoke(ASKED, None, since="never")
    with pytest.raises(ConfigError, match="'memory'"):
        retriever.invoke(ASKED, None, memory=memory.of("ben"))
    with pytest.raises(ValidationError, match="speakr"):
        GraphmemRetriever(memory=memory, speakr="Ana")


def test_the_memory_is_in_no_dump_of_the_retriever(retriever):
    assert "memory" not in retriever.model_dump()
