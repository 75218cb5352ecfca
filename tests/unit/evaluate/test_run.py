"""Running: results in order, resumed from the log without being run again, errors kept."""

import json

import pytest

from graphmem.errors import InputError
from graphmem.evaluate.data.retrieval import load_retrieval
from graphmem.evaluate.measure.log import RunLog
from graphmem.evaluate.run import Options, evaluate, run
from graphmem.evaluate.systems.base import SystemSpec
from graphmem.evaluate.systems.baselines import Bm25, Dense
from graphmem.evaluate.systems.encoding import TimedEncoder
from graphmem.rules.embed import RuleEncoder
from tests.unit.evaluate.sets import write_set


class Watched(Bm25):
    """BM25 that notes what it was asked, and refuses the questions in `refused`."""

    def __init__(self, asked, refused=()):
        self.asked, self.refused = asked, refused

    def search(self, question, *, k):
        self.asked.append(question)
        if question in self.refused:
            raise InputError("refused")
        return super().search(question, k=k)

    def channels(self, question, *, depth):
        return {}


def go(tmp_path, specs, *, log=None, progress=lambda *_: None):
    dataset = load_retrieval(write_set(tmp_path / "set"))
    encoder = TimedEncoder(RuleEncoder())
    return run(dataset, specs, encoder=encoder, log=log or RunLog(), progress=progress)


def test_each_system_answers_each_question_in_order(tmp_path):
    encoder = TimedEncoder(RuleEncoder())
    seen = []
    specs = [
        SystemSpec(name="bm25", make=Bm25),
        SystemSpec(name="dense", make=lambda: Dense(encoder)),
    ]
    results = go(tmp_path, specs, progress=lambda *step: seen.append(step))
    assert [result.name for result in results] == ["bm25", "dense"]
    assert [outcome.question for outcome in results[0].outcomes] == ["q1", "q2"]
    assert results[0].outcomes[0].ranked[0][0] == "p1"
    assert results[0].outcomes[1].gold_ranks["words"].keys() == {"p2", "p3"}
    assert seen == [(f"set {n}", done, 2) for n in ("bm25", "dense") for done in (0, 1, 2)]


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path):
    path = tmp_path / "out" / "runs.jsonl"
    first, second = [], []
    go(tmp_path, [SystemSpec(name="bm25", make=lambda: Watched(first))], log=RunLog(path))
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:-1]) + lines[-1][:20])
    spec = SystemSpec(name="bm25", make=lambda: Watched(second))
    (resumed,) = go(tmp_path, [spec], log=RunLog(path))
    assert len(first) == 2
    assert second == first[1:]
    assert [outcome.question for outcome in resumed.outcomes] == ["q1", "q2"]


def test_other_settings_are_run_again(tmp_path):
    path = tmp_path / "runs.jsonl"
    asked = []
    for settings in ("a", "a", "b"):
        spec = SystemSpec(name="bm25", make=lambda: Watched(asked), settings=settings)
        go(tmp_path, [spec], log=RunLog(path))
    assert len(asked) == 4


def test_a_result_does_not_outlive_the_code_that_made_it(tmp_path, monkeypatch):
    asked, spec = [], SystemSpec(name="bm25", make=lambda: Watched(asked))
    for code in ("as it was", "as it was", "as it is"):
        monkeypatch.setattr("graphmem.evaluate.run._code", lambda code=code: code)
        go(tmp_path, [spec], log=RunLog(tmp_path / "runs.jsonl"))
    assert len(asked) == 4


def test_results_from_the_log_equal_those_that_were_written(tmp_path):
    path = tmp_path / "runs.jsonl"
    spec = SystemSpec(name="bm25", make=Bm25)
    assert go(tmp_path, [spec], log=RunLog(path)) == go(tmp_path, [spec], log=RunLog(path))
    assert all(json.loads(line)["key"] for line in path.read_text().splitlines())


def test_a_refused_question_has_found_nothing_and_says_why(tmp_path):
    spec = SystemSpec(name="bm25", make=lambda: Watched([], ("Who wrote Glass Harbour?",)))
    (result,) = go(tmp_path, [spec])
    assert [outcome.failed for outcome in result.outcomes] == ["refused", ""]
    assert result.outcomes[0].ranked == ()


class InBlocks(Watched):
    """Watched, asked for two questions at once."""

    block = 2

    def search_each(self, questions, *, k):
        self.asked.append(len(questions))
        return [self.search(one, k=k) for one in questions]


def test_a_system_that_takes_blocks_is_asked_for_many_at_once_and_finds_the_same(tmp_path):
    asked = []
    (alone,) = go(tmp_path, [SystemSpec(name="bm25", make=lambda: Watched([]))])
    (block,) = go(tmp_path, [SystemSpec(name="bm25", make=lambda: InBlocks(asked))])
    assert asked[0] == 2
    assert [o.ranked for o in block.outcomes] == [o.ranked for o in alone.outcomes]


def test_a_question_that_is_refused_in_a_block_fails_alone(tmp_path):
    refused = ("Who wrote Glass Harbour?",)
    (result,) = go(tmp_path, [SystemSpec(name="bm25", make=lambda: InBlocks([], refused))])
    assert [outcome.failed for outcome in result.outcomes] == ["refused", ""]
    assert result.outcomes[1].ranked


def test_an_evaluation_yields_a_report_for_each_set_and_says_which_figures_are_in_sample(tmp_path):
    datasets = [load_retrieval(write_set(tmp_path / name)) for name in ("a", "b")]
    options = Options(systems="bm25,graphmem", encoder="rules", token_signs=True)
    seen = []
    reports = list(evaluate(datasets, options, progress=lambda *step: seen.append(step)))
    assert [report["dataset"] for report in reports] == ["a", "b"]
    assert all(list(report["systems"]) == ["bm25", "graphmem"] for report in reports)
    assert not any(report["in_sample"] for report in reports)
    assert seen[-1] == ("b graphmem", 2, 2)


def test_an_evaluation_goes_on_from_the_folder_that_it_wrote(tmp_path):
    dataset = load_retrieval(write_set(tmp_path / "set"))
    options = Options(systems="bm25", encoder="rules", token_signs=True, out=tmp_path / "out")
    (first,) = evaluate([dataset], options, progress=lambda *_: None)
    (again,) = evaluate([dataset], options, progress=lambda *_: pytest.fail("it was run again"))
    assert first == again
    assert {path.name for path in options.out.iterdir()} == {
        "set.json", "set.md", "set.html", "runs.jsonl",
    }  # fmt: skip


def test_nothing_is_measured_where_the_report_could_not_be_written(tmp_path):
    dataset = load_retrieval(write_set(tmp_path / "set"))
    (tmp_path / "set.html").write_text("a holiday")
    options = Options(systems="bm25", encoder="rules", token_signs=True, out=tmp_path)
    with pytest.raises(InputError, match="--force"):
        list(evaluate([dataset], options, progress=lambda *_: pytest.fail("it was measured")))
