"""The best-first walk against every path worked out."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.passages.walk import NAMESAKE_DISCOUNT, Namesakes, best_first_walk

SHARES = st.floats(0.01, 0.99)


@st.composite
def graphs(draw):
    n = draw(st.integers(1, 7))
    roots = np.array(draw(st.lists(SHARES, min_size=n, max_size=n)))
    pairs = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1))
    return roots, draw(st.dictionaries(pairs, SHARES, max_size=20))


def expander(edges):
    def expand(anchor):
        out = sorted((b, f) for (a, b), f in edges.items() if a == anchor and b != anchor)
        targets = np.array([b for b, _ in out], np.int64)
        return targets, targets + 100, np.array([f for _, f in out])

    return expand


def worth_by_all_paths(roots, edges):
    worth = roots.copy()
    for _ in roots:
        for (a, b), factor in edges.items():
            worth[b] = max(worth[b], worth[a] * factor)
    return worth


@given(graphs(), st.integers(1, 8))
def test_the_walk_takes_the_k_notes_of_most_worth(graph, k):
    roots, edges = graph
    walked = best_first_walk(roots, expander(edges), k=k)
    expected = worth_by_all_paths(roots, edges)
    assert list(walked.scores) == sorted(expected, reverse=True)[: min(k, len(roots))]
    np.testing.assert_array_equal(expected[list(walked.notes)], walked.scores)


@given(graphs(), st.integers(1, 8), st.integers(0, 8))
def test_with_few_anchors_the_best_notes_are_the_same_and_the_first_ones_alone_lead_on(
    graph, k, anchors
):
    roots, edges = graph
    free = best_first_walk(roots, expander(edges), k=k)
    held = best_first_walk(roots, expander(edges), k=k, anchors=anchors)
    assert held.notes[: anchors + 1] == free.notes[: anchors + 1]
    assert held.scores[: anchors + 1] == free.scores[: anchors + 1]
    assert len(held.notes) == len(free.notes)
    assert {step.anchor for step in held.steps} <= {-1, *held.notes[:anchors]}


@given(graphs(), st.integers(1, 8))
def test_every_note_is_explained_by_one_before_it(graph, k):
    roots, edges = graph
    walked = best_first_walk(roots, expander(edges), k=k)
    score = dict(zip(walked.notes, walked.scores, strict=True))
    for place, (note, step) in enumerate(zip(walked.notes, walked.steps, strict=True)):
        if step.anchor < 0:
            assert score[note] == roots[note]
        else:
            assert step.anchor in walked.notes[:place]
            assert step.factor == edges[step.anchor, note]
            assert score[note] == score[step.anchor] * step.factor
            assert step.name == note + 100


def greedy(roots, edges, called, k):
    """Return the notes and scores: each time the best that is left, after its namesakes' share."""
    worth, taken, titles = roots.copy(), {}, {}
    while len(taken) < min(k, len(roots)):
        left = {}
        for note in set(range(len(roots))) - set(taken):
            before = titles.get(called.name[note], []) if called.name[note] >= 0 else []
            title = called.title[note]
            place = before.index(title) if title in before else len(before)
            left[note] = worth[note] * NAMESAKE_DISCOUNT**place
        note = min(left, key=lambda one: (-left[one], one))
        taken[note] = left[note]
        titles.setdefault(called.name[note], []).append(called.title[note])
        titles[called.name[note]] = list(dict.fromkeys(titles[called.name[note]]))
        for (a, b), factor in edges.items():
            if a == note and b != note and b not in taken:
                worth[b] = max(worth[b], left[note] * factor)
    return taken


@given(graphs(), st.integers(2, 8), st.data())
def test_further_titles_of_a_name_keep_a_share_of_their_worth(graph, k, data):
    roots, edges = graph
    numbers = st.lists(st.integers(-1, 2), min_size=len(roots), max_size=len(roots))
    called = Namesakes(np.array(data.draw(numbers)), np.array(data.draw(numbers)))
    walked = best_first_walk(roots, expander(edges), k=k, called=called)
    expected = greedy(roots, edges, called, k)
    assert dict(zip(walked.notes, walked.scores, strict=True)) == expected
    assert list(walked.scores) == sorted(walked.scores, reverse=True)
