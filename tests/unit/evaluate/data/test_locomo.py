"""Reading LoCoMo: evidence leniently, category 5 as unanswerable, audited gold by option."""

import json

import pytest

from graphmem.errors import InputError
from graphmem.evaluate.data.locomo import load_locomo
from tests.unit.evaluate.sets import CONVERSATION, write_locomo


def audit_of(path, question_id, question, correct):
    row = {"question_id": question_id, "question": question, "correct_evidence": correct}
    path.write_text(json.dumps([row]))
    return path


def test_turns_carry_speaker_session_date_and_caption(tmp_path):
    (pool,) = load_locomo(write_locomo(tmp_path / "l.json")).pools
    first, second, third = pool.passages
    assert (first.id, first.content) == ("D1:1", "Ana: I moved to Porto.")
    assert second.content == "Bo: Look! [image: a red boat]"
    assert (third.session, third.said_at) == ("session_2", "2:00 pm on 9 May, 2023")


def test_each_conversation_is_a_pool_of_its_own(tmp_path):
    dataset = load_locomo(write_locomo(tmp_path / "l.json", CONVERSATION, CONVERSATION))
    assert [pool.name for pool in dataset.pools] == ["0:conv-1", "1:conv-1"]
    assert {q.id for q in dataset.pools[1].questions} == {f"locomo_1_qa{n}" for n in range(4)}


def test_evidence_is_read_leniently_and_what_names_no_turn_is_counted(tmp_path):
    dataset = load_locomo(write_locomo(tmp_path / "l.json"))
    gold = [question.gold for question in dataset.pools[0].questions]
    assert gold[:3] == [("D1:1",), ("D1:1", "D2:1", "D1:2"), ("D9:9",)]
    assert dataset.counts == {"malformed_evidence": 3, "gold_missing": 1}


def test_category_5_is_unanswerable_and_never_scored_by_its_evidence(tmp_path):
    (pool,) = load_locomo(write_locomo(tmp_path / "l.json")).pools
    adversarial = pool.questions[3]
    assert adversarial.unanswerable
    assert not adversarial.is_scored


def test_an_audit_masks_or_corrects_the_gold_that_it_found_wrong(tmp_path):
    path = write_locomo(tmp_path / "l.json")
    audit = audit_of(tmp_path / "a.json", "locomo_0_qa0", "Where does Ana live?", ["D2:1"])
    masked = load_locomo(path, gold_errors=audit)
    corrected = load_locomo(path, gold_errors=audit, audit="correct")
    assert masked.pools[0].questions[0].gold == ()
    assert masked.counts["gold_masked"] == 1
    assert corrected.pools[0].questions[0].gold == ("D2:1",)
    assert corrected.counts["gold_corrected"] == 1
    assert len({masked.hash, corrected.hash, load_locomo(path).hash}) == 3


def test_an_audit_of_another_question_is_said_and_changes_nothing(tmp_path):
    path = write_locomo(tmp_path / "l.json")
    audit = audit_of(tmp_path / "a.json", "locomo_0_qa0", "Another question?", ["D2:1"])
    dataset = load_locomo(path, gold_errors=audit)
    assert dataset.counts["audit_unmatched"] == 1
    assert dataset.pools[0].questions[0].gold == ("D1:1",)


@pytest.mark.parametrize("text", ["", "{torn", "[1]", '[{"qa": []}]'])
def test_a_file_that_is_no_locomo_file_is_an_error(tmp_path, text):
    path = tmp_path / "l.json"
    path.write_text(text)
    with pytest.raises(InputError, match=r"l\.json"):
        load_locomo(path)
