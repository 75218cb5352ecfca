"""Hits as documents; most of it is tested with the retriever."""

import pytest

pytest.importorskip("langchain_core", reason="needs the extra `langchain`")

from langchain_core.documents import Document

from graphmem.integrations.langchain.documents import document_of, within_budget


def test_what_a_hit_says_is_a_document_that_json_can_hold(memory):
    (hit,) = memory.search("Who took the tram?", k=1)
    document = document_of(hit)
    assert Document.model_validate_json(document.model_dump_json()) == document


def test_one_that_does_not_fit_makes_way_for_the_next():
    documents = [Document(page_content=text) for text in ("four", "elephants", "owl")]
    kept = within_budget(documents, 7, len)
    assert [document.page_content for document in kept] == ["four", "owl"]
