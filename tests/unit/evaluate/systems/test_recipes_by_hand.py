"""The published recipes agree with themselves written plainly: dictionaries, loops and networkx."""

from collections import defaultdict
from math import log

import networkx
import numpy as np
import pytest

from graphmem.evaluate.systems.hipporag2 import HippoRag2
from graphmem.evaluate.systems.linearrag import LinearRag
from graphmem.rules.embed import RuleEncoder
from graphmem.sentences import sentences
from tests.unit.evaluate.sets import PASSAGES


class Plain(RuleEncoder):
    """Stands for a trained encoder: its rows are taken as they are."""

    keeps_vectors = True


ENCODER = Plain()
TEXTS = [passage.content for passage in PASSAGES]
FACTS = [
    [("ada quill", "wrote", "glass harbour"), ("ada quill", "was born in", "lisbon")],
    [("the glass harbour", "is set in", "lisbon"), ("lisbon", "is in", "the glass harbour")],
    [("lisbon", "lies on", "the tagus"), ("lisbon", "is in", "portugal")],
    [("tagus", "has", "bridge"), ("tagus", "is near", "tagus")],
]
NAMES = [
    ["Ada Quill", "Glass Harbour"],
    ["Glass Harbour", "Lisbon"],
    ["Lisbon", "Tagus", "Portugal"],
    ["Tagus"],
]
QUESTIONS = [
    "Who wrote Glass Harbour?",
    "Is Lisbon on the Tagus in Portugal?",
    "Ada Quill's river?",
]


def cosine(one, other):
    return float(ENCODER.encode([one])[0] @ ENCODER.encode([other])[0])


def spread(values):
    low, high = min(values), max(values)
    return [(value - low) / (high - low) if high > low else 1.0 for value in values]


def visited(graph, restart):
    scores = networkx.pagerank(graph, alpha=0.5, personalization=restart, tol=1e-13, max_iter=500)
    return [len(restart) * scores["passage", place] for place in range(len(TEXTS))]


def plain_hipporag2(question):
    weights, held = defaultdict(float), defaultdict(set)
    for place, triples in enumerate(FACTS):
        for subject, _, object_ in triples:
            if subject != object_:
                weights[subject, object_] += 1
                weights[object_, subject] += 1
            held[subject].add(place)
            held[object_].add(place)
    for one in held:
        for other in held:
            if one != other and cosine(one, other) >= 0.8:
                weights[one, other] = cosine(one, other)
    graph = networkx.MultiGraph()
    graph.add_nodes_from([*held, *(("passage", place) for place in range(len(TEXTS)))])
    graph.add_weighted_edges_from((one, other, weight) for (one, other), weight in weights.items())
    for phrase, places in held.items():
        graph.add_weighted_edges_from((phrase, ("passage", place), 1.0) for place in places)
    facts = sorted({triple for triples in FACTS for triple in triples})
    likeness = spread([cosine(question, str(fact)) for fact in facts])
    linked = sorted(zip(likeness, facts, strict=True), key=lambda pair: -pair[0])[:5]
    of_phrase = defaultdict(list)
    for score, (subject, _, object_) in linked:
        for phrase in (subject, object_):
            of_phrase[phrase].append(score / len(held[phrase]))
    means = {phrase: sum(scores) / len(scores) for phrase, scores in of_phrase.items()}
    seeds = sorted(means, key=lambda phrase: (-means[phrase], phrase))[:5]
    restart = dict.fromkeys(graph, 0.0) | {phrase: means[phrase] for phrase in seeds}
    dense = spread([cosine(question, text) for text in TEXTS])
    restart |= {("passage", place): 0.05 * score for place, score in enumerate(dense)}
    return visited(graph, restart)


def plain_linearrag(question):
    asked = [name for name in sorted({n for names in NAMES for n in names}) if name in question]
    known = sorted({name for names in NAMES for name in names})
    inside = {}
    for text, names in zip(TEXTS, NAMES, strict=True):
        for start, end in sentences(text):
            found = [name for name in sorted(names) if name in text[start:end]]
            if found:
                inside[text[start:end]] = found
    current = {}
    for name in asked:
        likeness = {other: cosine(name.lower(), other) for other in known}
        nearest = max(known, key=likeness.__getitem__)
        current[nearest] = (likeness[nearest], 1)
    restart = defaultdict(float, {name: score for name, (score, _) in current.items()})
    active, used = dict(current), set()
    for tier in (2, 3):
        reached = {}
        for name, (score, _) in current.items():
            open_ = [s for s in sorted(inside) if name in inside[s] and s not in used]
            best = sorted(open_, key=lambda s: -cosine(question, s))[:3] if score >= 0.4 else []
            for sentence in best:
                used.add(sentence)
                passed = score * cosine(question, sentence)
                if passed >= 0.4:
                    for other in inside[sentence]:
                        restart[other] += passed
                        reached[other] = (passed, tier)
        active |= reached
        current = reached
    graph = networkx.Graph()
    graph.add_nodes_from([*known, *(("passage", place) for place in range(len(TEXTS)))])
    dense = spread([cosine(question, text) for text in TEXTS])
    for place, (text, names) in enumerate(zip(TEXTS, NAMES, strict=True)):
        total = sum(text.count(name) for name in names)
        for name in names:
            graph.add_edge(name, ("passage", place), weight=text.count(name) / total)
        bonus = sum(
            score * log(1 + text.lower().count(name.lower())) / tier
            for name, (score, tier) in active.items()
        )
        restart["passage", place] = 0.05 * (2 * dense[place] + log(1 + bonus))
    return visited(graph, dict.fromkeys(graph, 0.0) | restart)


def scores_of(system, question):
    system.index(PASSAGES)
    found = dict(system.search(question, k=len(PASSAGES)))
    return [found[passage.id] for passage in PASSAGES]


@pytest.mark.parametrize("question", QUESTIONS)
def test_hipporag2(question):
    system = HippoRag2(ENCODER, lambda _: FACTS)
    np.testing.assert_allclose(
        scores_of(system, question), plain_hipporag2(question), rtol=1e-4, atol=2e-6
    )


@pytest.mark.parametrize("question", QUESTIONS)
def test_linearrag(question):
    known = {name for names in NAMES for name in names}
    system = LinearRag(ENCODER, lambda _: NAMES, lambda q: [n for n in known if n in q])
    np.testing.assert_allclose(
        scores_of(system, question), plain_linearrag(question), rtol=1e-4, atol=2e-6
    )
