"""The same questions have the same answers, whatever store holds the memory."""

from pathlib import Path

import pytest

from bench.same_answers import differences, three_stores
from graphmem.evaluate.data.datasets import Passage, Pool
from graphmem.evaluate.data.locomo import load_locomo
from graphmem.memory import Memory
from graphmem.testing import standing_clock
from graphmem.testing.records import ANA
from graphmem.types import Scope
from tests.browsing import filled, told
from tests.conftest import SAMPLES
from tests.neo4j.servers import empty_store

pytestmark = pytest.mark.neo4j
QUESTIONS = 40


def documents() -> Pool:
    """The sample documents, a passage a paragraph."""
    passages = [
        Passage(id=f"{path.stem}-{i}", title=path.stem, text=text)
        for path in sorted((SAMPLES / "documents").iterdir())
        for i, text in enumerate(path.read_text("utf-8").split("\n\n"))
        if text.strip()
    ]
    return Pool(name="documents", passages=tuple(passages), questions=())


def test_documents_answer_alike_from_every_store() -> None:
    pool = documents()
    asked = [f"Who knew {passage.title} before {passage.text[:40]}?" for passage in pool.passages]
    with three_stores(empty_store(clock=standing_clock)) as stores:
        assert differences(pool, asked[:QUESTIONS], stores, Scope("ana")) == []


def test_a_dialogue_answers_alike_from_every_store(development_data: Path) -> None:
    pool = load_locomo(development_data / "locomo5" / "locomo5.json").pools[0]
    asked = [question.text for question in pool.questions[:QUESTIONS]]
    with three_stores(empty_store(clock=standing_clock)) as stores:
        assert differences(pool, asked, stores, Scope("ana")) == []
        (found,) = {len(list(store.scan("episode", ANA))) for store in stores}
        assert found == len(pool.passages)


def test_lists_counts_filters_and_the_graph_are_told_alike_by_every_store() -> None:
    with three_stores(empty_store(clock=standing_clock)) as stores:
        each = [told(filled(Memory.open(store, scope="house"))) for store in stores]
    assert each[0] == each[1] == each[2]
