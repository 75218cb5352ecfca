"""Reports on disk: three forms, replaced by the next run, never in place of another's file."""

import json

import pytest

from graphmem.errors import InputError
from graphmem.evaluate.data.retrieval import load_retrieval
from graphmem.evaluate.measure.log import RunLog
from graphmem.evaluate.report.build import summarise
from graphmem.evaluate.report.files import ReportFolder
from graphmem.evaluate.run import run
from graphmem.evaluate.systems.base import SystemSpec
from graphmem.evaluate.systems.baselines import Bm25
from graphmem.evaluate.systems.encoding import TimedEncoder
from graphmem.rules.embed import RuleEncoder
from tests.unit.evaluate.sets import write_set


@pytest.fixture
def measured(tmp_path):
    """What `write` takes: report, data set, results."""
    dataset = load_retrieval(write_set(tmp_path / "set"))
    encoder, specs = TimedEncoder(RuleEncoder()), [SystemSpec(name="bm25", make=Bm25)]
    results = run(dataset, specs, encoder=encoder, log=RunLog(), progress=lambda *_: None)
    return summarise(dataset, results, encoder="rules@1"), dataset, results


def test_a_report_has_three_forms_and_replaces_an_earlier_one(tmp_path, measured):
    out = tmp_path / "new" / "out"
    for _ in range(2):
        ReportFolder(out).write(*measured)
    assert {path.name for path in out.iterdir()} == {"set.json", "set.md", "set.html"}
    found = json.loads((out / "set.json").read_text())
    assert found == {"written_by": "graphmem evaluate", **measured[0]}
    assert "# set: 2 questions" in (out / "set.md").read_text()


@pytest.mark.parametrize("suffix", [".json", ".md", ".html"])
def test_a_file_of_another_s_is_left_and_nothing_is_written_beside_it(tmp_path, measured, suffix):
    path = tmp_path / f"set{suffix}"
    path.write_text("{}")
    with pytest.raises(InputError, match=r"was not written by `graphmem evaluate`.*--force"):
        ReportFolder(tmp_path).write(*measured)
    assert path.read_text() == "{}"
    assert [p.name for p in tmp_path.glob("set.*")] == [path.name]
    ReportFolder(tmp_path, force=True).write(*measured)
    assert len(list(tmp_path.glob("set.*"))) == 3


def test_a_folder_is_checked_before_anything_is_measured(tmp_path):
    (tmp_path / "b.md").write_text("notes of a walk")
    with pytest.raises(InputError, match=r"b\.md was not written"):
        ReportFolder(tmp_path).check(["a", "b"])
