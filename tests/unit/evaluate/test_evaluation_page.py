"""docs/evaluation.md: its example of a system of one's own runs, its metrics are those measured."""

import re

from graphmem.evaluate.measure.metrics import METRICS
from graphmem.evaluate.measure.outcomes import TRACE_DEPTH
from graphmem.evaluate.report.breakdown import TOP
from graphmem.evaluate.systems.factory import SYSTEMS
from graphmem.rankers.power import PowerRanker
from tests.conftest import ROOT
from tests.unit.evaluate.sets import write_set

PAGE = (ROOT / "docs" / "evaluation.md").read_text("utf-8")


def test_the_example_prints_the_recall_of_a_set(tmp_path, monkeypatch, capsys):
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    write_set(tmp_path / "my_set")
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "docs/evaluation.md", "exec"), {})
    # p1 answers q1, p2 and p3 answer q2: all three share a word with their question
    assert capsys.readouterr().out == "100.0\n"


def test_the_page_names_every_metric_system_and_bound():
    for name in METRICS:
        kind, _, depth = name.partition("@")
        assert kind in PAGE.lower()
        assert not depth or re.search(rf"{kind}@[\d, ]*\b{depth}\b", PAGE, re.IGNORECASE), name
    for system in ("bm25", "dense", "sum", "hipporag2", "linearrag"):
        assert f"**{system}**" in PAGE
        assert system in SYSTEMS
    assert f"below rank {TOP}" in PAGE
    assert f"within its first {TRACE_DEPTH}" in PAGE


def test_the_page_states_the_tolerance_that_the_walk_stops_at():
    (exponent,) = re.findall(r"L1 change < 1e-(\d+)", PAGE)
    assert PowerRanker().tolerance == float(f"1e-{exponent}")
