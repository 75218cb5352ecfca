"""The report: the object that the issue asks for, figures worked by hand, odd sets stated."""

import json

import pytest

from graphmem.evaluate.data.locomo import load_locomo
from graphmem.evaluate.data.retrieval import load_retrieval
from graphmem.evaluate.measure.log import RunLog
from graphmem.evaluate.report.build import summarise
from graphmem.evaluate.report.markdown import to_markdown
from graphmem.evaluate.report.page import to_html
from graphmem.evaluate.run import run
from graphmem.evaluate.systems.base import SystemSpec
from graphmem.evaluate.systems.baselines import Bm25
from graphmem.evaluate.systems.encoding import TimedEncoder
from graphmem.rules.embed import RuleEncoder
from tests.unit.evaluate.sets import PASSAGES, write_locomo, write_set


class Fixed(Bm25):
    """Returns the same passages for every question."""

    name = "fixed"
    can_abstain = True

    def __init__(self, *found):
        self.found = tuple((id_, 1.0) for id_ in found)

    def search(self, question, *, k):
        return self.found[:k]


def made(dataset, *specs, fitted_data=()):
    encoder = TimedEncoder(RuleEncoder())
    results = run(dataset, specs, encoder=encoder, log=RunLog(), progress=lambda *_: None)
    report = summarise(dataset, results, encoder="rules@1", fitted_data=fitted_data)
    return report, to_markdown(report), to_html(report, dataset, results, generator="test")


def fixed(*found, name="fixed"):
    return SystemSpec(name=name, make=lambda: Fixed(*found))


def test_the_object_has_the_keys_of_the_issue_and_recall_in_percent(tmp_path):
    dataset = load_retrieval(write_set(tmp_path / "set"))
    report, _, _ = made(dataset, fixed("p1", "p3"), SystemSpec(name="bm25", make=Bm25))
    assert (report["dataset"], report["questions"], report["encoder"]) == ("set", 2, "rules@1")
    figures = report["systems"]["fixed"]
    assert [figures[f"recall@{k}"] for k in (1, 2, 5, 10)] == [50.0, 75.0, 75.0, 75.0]
    assert figures["chain@5"] == 50.0
    assert figures["by_category"]["bridge"]["recall@5"] == 50.0
    assert figures["by_hops"]["2"]["questions"] == 1
    assert figures["by_step"]["2"] == {"gold": 1, "recall@5": 100.0, "recall@10": 100.0}
    assert figures["search_ms_p50"] <= figures["search_ms_p95"]
    assert figures["search_ms_p50"] <= figures["search_with_encoding_ms_p50"]
    assert figures["model_tokens"] == 0
    assert figures["lead"]["bm25"]["recall@5"][0] == pytest.approx(
        figures["recall@5"] - report["systems"]["bm25"]["recall@5"]
    )
    assert json.loads(json.dumps(report)) == report


def test_figures_on_data_that_the_weights_were_fitted_on_are_called_in_sample(tmp_path):
    dataset = load_retrieval(write_set(tmp_path / "set"))
    fresh, shown, _ = made(dataset, fixed("p1"), fitted_data={"another"})
    assert (fresh["in_sample"], "in sample" in shown) == (False, False)
    fitted, shown, _ = made(dataset, fixed("p1"), fitted_data={"another", dataset.hash})
    assert (fitted["in_sample"], "in sample" in shown) == (True, True)


def test_equal_systems_have_a_lead_of_zero_without_width(tmp_path):
    dataset = load_retrieval(write_set(tmp_path / "set"))
    report, _, _ = made(dataset, fixed("p1"), fixed("p1", name="twin"))
    assert report["systems"]["fixed"]["lead"]["twin"]["recall@5"] == [0.0, 0.0, 0.0]
    assert report["systems"]["fixed"]["interval"]["recall@5"] == [0.0, 100.0]


def test_category_5_is_scored_as_abstention_alone(tmp_path):
    dataset = load_locomo(write_locomo(tmp_path / "talk.json"))
    report, markdown, _ = made(dataset, fixed(), fixed("D2:1", name="eager"))
    quiet, eager = report["systems"]["fixed"], report["systems"]["eager"]
    assert quiet["abstention"]["abstained"] == 100.0
    assert quiet["abstention"]["abstained_wrongly"] == 100.0
    assert eager["abstention"]["abstained"] == 0.0
    assert quiet["by_category"]["5"] == {"questions": 1, "abstained": 100.0}
    assert eager["by_category"]["5"] == {"questions": 1, "abstained": 0.0}
    assert set(eager["by_category"]) == {"1", "4", "5"}
    # of three scored questions one has D2:1, as one of three; the fourth is the adversarial one
    assert eager["recall@5"] == pytest.approx(100 / 9, abs=0.01)
    assert "can abstain" in markdown


@pytest.mark.parametrize(
    ("corpus", "questions"),
    [
        ([], None),
        (None, []),
        (None, [{"id": "q", "question": "no gold"}]),
        (None, [{"id": "q", "question": "谁写的?", "gold_ids": ["p1"]}]),
        ([{"id": "p1", "text": "Ada"}, {"id": "p2", "text": "Bo"}], None),
    ],
)
def test_odd_sets_give_a_report_and_no_crash(tmp_path, corpus, questions):
    dataset = load_retrieval(write_set(tmp_path / "set", corpus, questions))
    report, markdown, page = made(dataset, SystemSpec(name="bm25", make=Bm25), fixed("p1"))
    asked = 2 if questions is None else len(questions)
    assert report["questions"] == asked
    assert (report["systems"]["bm25"]["recall@5"] is None) == (report["input"]["scored"] == 0)
    assert f"{asked} questions" in markdown
    assert page.startswith("<!doctype html>")


def test_the_page_needs_nothing_from_outside_and_content_stays_data(tmp_path):
    corpus = [{"id": p.id, "title": p.title, "text": p.text} for p in PASSAGES]
    corpus[0]["text"] = "<script>alert(1)</script> | Glass Harbour"
    questions = [{"id": "q", "question": "Who <b>wrote</b> Glass Harbour?", "gold_ids": ["p1"]}]
    dataset = load_retrieval(write_set(tmp_path / "set", corpus, questions))
    _, _, page = made(dataset, fixed("p1", name="<i>mine"), SystemSpec(name="bm25", make=Bm25))
    assert "<i>mine" not in page
    assert "<script>alert" not in page
    assert "<b>wrote" not in page
    assert page.count("<svg") == 4
    assert "http" not in page
