"""The best-first walk on graphs of a few notes, by hand."""

import numpy as np
import pytest

from graphmem.retrieve.passages.walk import (
    NAMESAKE_DISCOUNT,
    Namesakes,
    Step,
    best_first_walk,
)

NOTHING = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))


def walk(roots, edges, k=10, **options):
    """Walk edges given as {anchor: [(target, name, factor)]}."""

    def expand(anchor):
        rows = edges.get(anchor, [])
        columns = zip(*rows, strict=True) if rows else NOTHING
        target, name, factor = (np.array(column) for column in columns)
        return target.astype(np.int64), name.astype(np.int64), factor.astype(float)

    return best_first_walk(np.array(roots), expand, k=k, **options)


def test_a_note_scores_as_a_root_or_as_the_next_of_a_better_one_whichever_is_more():
    found = walk([0.8, 0.1, 0.5], {0: [(1, 7, 0.9), (2, 7, 0.5)]})
    assert found.notes == (0, 1, 2)
    np.testing.assert_allclose(found.scores, [0.8, 0.72, 0.5])
    assert found.steps == (Step(-1, -1, 0.8), Step(0, 7, 0.9), Step(-1, -1, 0.5))


def test_a_chain_multiplies_its_factors_and_each_step_names_its_anchor():
    found = walk([0.8, 0.01, 0.01], {0: [(1, 3, 0.5)], 1: [(2, 4, 0.5)]})
    np.testing.assert_allclose(found.scores, [0.8, 0.4, 0.2])
    assert [step.anchor for step in found.steps] == [-1, 0, 1]
    assert [step.name for step in found.steps] == [-1, 3, 4]


def test_only_the_first_anchors_lead_on():
    edges = {0: [(1, 3, 0.9)], 1: [(2, 4, 0.9)]}
    assert walk([0.8, 0.01, 0.02], edges, anchors=1).scores[-1] == pytest.approx(0.02)
    assert walk([0.8, 0.01, 0.02], edges, anchors=2).scores[-1] == pytest.approx(0.648)


def test_further_titles_of_one_name_are_discounted_and_parts_of_one_title_are_not():
    called = Namesakes(name=np.array([5, 5, 5, -1]), title=np.array([0, 1, 0, 2]))
    found = walk([0.9, 0.8, 0.7, 0.6], {}, called=called)
    assert dict(zip(found.notes, found.scores, strict=True)) == pytest.approx(
        {0: 0.9, 1: 0.8 * NAMESAKE_DISCOUNT, 2: 0.7, 3: 0.6}
    )
    assert found.notes == (0, 2, 3, 1)


def test_equal_notes_go_by_number_and_no_more_than_k_are_taken():
    assert walk([0.5, 0.5, 0.5], {}, k=2).notes == (0, 1)
    assert walk([], {}, k=2).notes == ()
