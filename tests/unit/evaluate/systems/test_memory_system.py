"""graphmem under test: it is given files without questions, and ranks source ids."""

from graphmem.evaluate.data.locomo import load_locomo
from graphmem.evaluate.systems.extractions import GivenExtractions, GivenExtractor
from graphmem.evaluate.systems.memory_system import GraphmemSystem
from graphmem.memory import Memory
from graphmem.registry import open_encoder, open_store
from graphmem.types import Scope
from tests.unit.evaluate.sets import PASSAGES, write_locomo


def opened(_passages):
    return Memory.open("ram:", scope="evaluate")


def made(passages, folder):
    system = GraphmemSystem(opened, folder)
    system.index(passages)
    return system


def test_turns_are_ranked_by_their_dialogue_ids(tmp_path):
    (pool,) = load_locomo(write_locomo(tmp_path / "l.json")).pools
    ranked = made(pool.passages, tmp_path).search("Where did Ana move to?", k=3)
    assert ranked[0][0] == "D1:1"
    assert len({id_ for id_, _ in ranked}) == len(ranked) <= 3


def test_passages_are_ranked_by_their_corpus_ids(tmp_path):
    ranked = made(PASSAGES, tmp_path).search("Who wrote the novel Glass Harbour?", k=4)
    assert ranked[0][0] in {"p1", "p2"}
    assert {id_ for id_, _ in ranked} <= {p.id for p in PASSAGES}


def test_pagerank_walks_over_triples_that_are_given(tmp_path):
    def score_of_p1(triples, folder):
        given = GivenExtractions({"p1": triples}, {})

        def with_triples(passages):
            return Memory(
                open_store("ram:"),
                Scope(user="evaluate"),
                encoder=open_encoder("rules"),
                extractor=GivenExtractor(given, passages),
            )

        system = GraphmemSystem(with_triples, folder, retriever="pagerank")
        system.index(PASSAGES)
        return dict(system.search("What is Lisbon?", k=4))["p1"]

    born = score_of_p1((("Ada Quill", "was born in", "Lisbon"),), tmp_path / "given")
    assert born > score_of_p1((), tmp_path / "none")


def test_an_empty_pool_gives_nothing_and_no_crash(tmp_path):
    system = made((), tmp_path)
    assert system.search("Where is Lisbon?", k=5) == ()
    assert system.index_bytes() is None


def test_passages_show_the_channels_of_the_search_under_their_corpus_ids(tmp_path):
    shown = made(PASSAGES, tmp_path).channels("Who wrote Glass Harbour?", depth=3)
    assert {"words", "names", "hits"} <= set(shown)
    assert {id_ for id_, _ in shown["words"]} <= {p.id for p in PASSAGES}
    assert [id_ for id_, _ in shown["title_asked"]] == ["p2"]


def test_turns_show_the_channels_of_the_search_under_their_turn_ids(tmp_path):
    (pool,) = load_locomo(write_locomo(tmp_path / "l.json")).pools
    system = made(pool.passages, tmp_path)
    question = "Where did Ana move to?"
    shown = system.channels(question, depth=3)
    assert shown["hits"] == system.search(question, k=3)
    assert set(shown) >= {"words_wide", "words_session"}
    assert "opens" not in shown
    assert shown["words_wide"][0][0] == "D1:1"


def test_the_index_is_as_large_as_the_store_s_file_with_what_is_still_in_its_log(tmp_path):
    store = tmp_path / "memory.db"

    def in_file(_passages):
        return Memory.open(store, scope="evaluate", encoder="rules")

    system = GraphmemSystem(in_file, tmp_path / "source", store=store)
    system.index(PASSAGES)
    assert system.index_bytes() > sum(len(p.text) for p in PASSAGES)
    assert system.index_bytes() >= sum(path.stat().st_size for path in tmp_path.glob("*.db*-wal"))
