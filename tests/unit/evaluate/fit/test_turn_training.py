"""Training questions of dialogues: recall worked by hand, weights fitted on others, table names."""

import numpy as np
import pytest

from graphmem.evaluate.data.locomo import load_locomo
from graphmem.evaluate.fit.turn_training import (
    TurnQuestion,
    TurnQuestions,
    fit_turn_table,
    held_out_recall,
    held_out_scores,
    recalls,
    scores_with,
    training_questions,
)
from graphmem.evaluate.systems.token_encoding import timed_encoder
from graphmem.registry import open_encoder
from graphmem.rules.embed import RuleEncoder
from tests.unit.evaluate.sets import CONVERSATION, write_locomo


def question(pool, channels, gold):
    columns = {name: np.array(values) for name, values in channels.items()}
    return TurnQuestion(pool=pool, category="1", channels=columns, gold=gold)


def one_of(pool):
    """Twelve turns; the channel `words_wide` is highest at the gold, turn 3."""
    words = [0.0] * 12
    words[3] = 4.0
    return question(pool, {"words_wide": words, "opens": [1.0] * 12}, (3,))


def test_recall_is_the_share_of_gold_among_the_best_5_and_10():
    scores = np.arange(12, dtype=float)  # turn 11 is first, turn 0 last
    training = TurnQuestions((question("a", {"words_wide": scores}, (11, 4, 0)),), "rules@1", ())
    np.testing.assert_allclose(recalls(training, [scores]), [[1 / 3, 2 / 3]])


def test_equal_scores_go_by_the_turn_s_place():
    training = TurnQuestions((question("a", {"words_wide": [0.0] * 12}, (4, 5)),), "rules@1", ())
    np.testing.assert_allclose(recalls(training, [np.zeros(12)]), [[0.5, 1.0]])


def test_a_score_is_the_weighted_sum_of_the_channels():
    scores = scores_with({"words_wide": 2.0, "opens": 0.5}, one_of("a"))
    np.testing.assert_allclose(scores, [0.5] * 3 + [8.5] + [0.5] * 8)


def test_a_conversation_is_scored_by_weights_that_never_saw_it():
    """In `odd` the channel misleads: only weights fitted on `odd` itself would turn it round."""
    misleading = question("odd", {"words_wide": [4.0] * 11 + [0.0], "opens": [1.0] * 12}, (11,))
    training = TurnQuestions((*(one_of("a") for _ in range(8)), misleading), "rules@1", ("h",))
    *good, odd = held_out_scores(training)
    assert odd[0] > odd[11]
    assert all(scores.argmin() == 3 for scores in good)  # what `odd` alone teaches
    found = held_out_recall(training)
    assert found["odd"] == {"recall@5": 0.0, "recall@10": 0.0}
    assert set(found) == {"a", "odd", "all"}


def test_a_single_conversation_has_no_other_to_learn_from():
    assert held_out_recall(TurnQuestions((one_of("a"),), "rules@1", ())) == {"a": None}


@pytest.mark.parametrize(
    ("channels", "name", "encoder"),
    [
        (("words_wide",), "dialogue_words.json", ""),
        (("words_wide", "vector_own"), "dialogue_vectors.json", "minilm@1"),
        (("words_wide", "vector_own", "late_near"), "dialogue_tokens.json", "minilm@1"),
    ],
)
def test_a_table_is_named_after_the_channels_that_there_are(channels, name, encoder):
    columns = {channel: np.linspace(0, 1, 12) for channel in channels}
    training = TurnQuestions((question("a", columns, (3,)),), "minilm@1", ("abc",))
    found, table = fit_turn_table(training)
    assert (found, table["encoder"], table["data"], table["questions"]) == (
        name, encoder, ["abc"], 1,
    )  # fmt: skip
    assert set(table["weights"]) == set(channels)


def test_only_questions_with_evidence_and_an_answer_are_asked(tmp_path):
    dataset = load_locomo(write_locomo(tmp_path / "l.json"))
    encoder = timed_encoder(open_encoder("rules"))
    found = training_questions([dataset], encoder, token_signs=True)
    # of four questions one names no turn of the dialogue, one is adversarial
    assert [len(one.gold) for one in found.questions] == [1, 3]
    assert (found.with_vectors, found.with_tokens, found.data) == (False, False, (dataset.hash,))
    assert [one.shipped for one in found.questions] == [None, None]
    silent = load_locomo(write_locomo(tmp_path / "s.json", CONVERSATION | {"qa": []}))
    assert training_questions([silent], encoder, token_signs=True) is None


def test_what_the_shipped_table_says_of_each_turn_is_there_if_it_is_asked_for(tmp_path):
    dataset = load_locomo(write_locomo(tmp_path / "l.json"))
    encoder = timed_encoder(open_encoder("rules"))
    found = training_questions([dataset], encoder, token_signs=True, with_shipped=True)
    assert [len(one.shipped) for one in found.questions] == [one.n_turns for one in found.questions]
    assert all(one.shipped.any() for one in found.questions)


def test_an_encoder_whose_vectors_are_kept_gives_channels_of_vectors(tmp_path):
    class Kept(RuleEncoder):
        name, keeps_vectors = "kept@1", True

    dataset = load_locomo(write_locomo(tmp_path / "l.json"))
    found = training_questions([dataset], timed_encoder(Kept()), token_signs=True)
    assert (found.with_vectors, found.with_tokens, found.encoder) == (True, False, "kept@1")
    assert set(found.untrained) >= {"vector_own"}
