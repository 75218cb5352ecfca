"""Groups, hops, abstention and losses, each worked by hand on five questions."""

import pytest

from graphmem.evaluate.data.datasets import Question
from graphmem.evaluate.measure.outcomes import Outcome, SystemResult
from graphmem.evaluate.report.breakdown import abstention, breakdown, loss, lost_gold


def asked(id_, *ranked, gold=(), category="", steps=(), unanswerable=False, gold_ranks=None):
    question = Question(
        id=id_, text="?", gold=gold, category=category, steps=steps, unanswerable=unanswerable
    )
    outcome = Outcome(
        pool="p",
        question=id_,
        ranked=tuple((found, 1.0) for found in ranked),
        search_ms=0,
        encode_ms=0,
        gold_ranks=gold_ranks or {},
    )
    return question, outcome


SCORED = [
    asked("q1", "a", gold=("a",), category="single", steps=("a",)),
    asked("q2", "x", "b", gold=("a", "b"), category="bridge", steps=("b", "a")),
    asked("q3", *"uvwxyzst", "c", gold=("c",), category="single", steps=("c",)),
    asked("q4", "z", category="none given"),
    asked("q5", gold=("a",), category="adversarial", unanswerable=True),
]


def test_groups_hold_scored_questions_by_category_and_by_number_of_gold():
    found = breakdown(SCORED)
    assert set(found["by_category"]) == {"single", "bridge", "adversarial"}
    assert found["by_category"]["single"]["questions"] == 2
    assert found["by_category"]["single"]["recall@5"] == 50.0
    assert found["by_category"]["adversarial"] == {"questions": 1, "abstained": 100.0}
    assert {hops: group["questions"] for hops, group in found["by_hops"].items()} == {
        "1": 2,
        "2": 1,
    }
    assert found["by_hops"]["2"]["recall@2"] == 50.0


def test_a_hop_is_found_if_its_gold_is_among_the_first_5_or_10():
    # first hops: a at rank 1, b at rank 2, c at rank 9; second hop: a, which nobody returned
    assert breakdown(SCORED)["by_step"] == {
        "1": {"gold": 3, "recall@5": pytest.approx(66.67), "recall@10": 100.0},
        "2": {"gold": 1, "recall@5": 0.0, "recall@10": 0.0},
    }


@pytest.mark.parametrize(("rank", "at_5", "at_10"), [(5, 100.0, 100.0), (6, 0.0, 100.0)])
def test_a_hop_at_rank_5_is_among_the_first_5_and_one_at_rank_6_is_not(rank, at_5, at_10):
    one = asked("q", *"uvwxyz"[: rank - 1], "a", gold=("a",), steps=("a",))
    assert breakdown([one])["by_step"]["1"] == {"gold": 1, "recall@5": at_5, "recall@10": at_10}


def test_abstention_is_an_empty_result_right_without_an_answer_wrong_with_one():
    result = SystemResult(name="s", can_abstain=True, outcomes=(), costs=())
    silent = asked("q6", gold=("a",))
    assert abstention(result, [*SCORED, silent]) == {
        "abstention": {
            "can_abstain": True, "questions": 1, "abstained": 100.0, "abstained_wrongly": 25.0,
        }
    }  # fmt: skip
    assert abstention(result, SCORED[:3]) == {}


def test_gold_is_lost_for_one_of_three_reasons():
    ranks = {"words": {"b": 5, "c": 40}, "vectors": {"b": 9}}
    question, outcome = asked("q", "a", gold=("a", "b", "c", "d"), gold_ranks=ranks)
    assert loss(question, outcome) == {"b": "fused away", "c": "badly ranked", "d": "not linked"}


def test_losses_are_shares_of_all_gold_of_scored_questions():
    ranks = {"words": {"c": 2}}
    lost = lost_gold([*SCORED[:2], asked("q3", gold=("c",), gold_ranks=ranks), SCORED[4]])
    # four gold passages: a and b are found, a of q2 no channel has, c a channel had second
    assert lost == {
        "gold": 4, "found": 50.0, "not linked": 25.0, "badly ranked": 0.0, "fused away": 25.0,
    }  # fmt: skip
