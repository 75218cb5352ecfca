"""Every bench can be asked what it measures, and stands above nothing but the package."""

import ast
import sys
from importlib import import_module
from pathlib import Path

import pytest

from bench.unanswerable import THINGS, unanswerable_questions
from tests.conftest import ROOT

SHARED = {
    "__init__", "changing", "everyday_slots", "everyday_talk", "harness", "invented",
    "invented_encoder", "unanswerable",
}  # fmt: skip
FILES = sorted((ROOT / "bench").glob("*.py"))
BENCHES = [path for path in FILES if path.stem not in SHARED]


@pytest.mark.parametrize("path", BENCHES, ids=lambda path: path.stem)
def test_help_of_a_bench_shows_the_command_that_runs_it(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [path.name, "--help"])
    with pytest.raises(SystemExit) as ended:
        import_module(f"bench.{path.stem}").main()
    assert ended.value.code == 0
    assert f"python -m bench.{path.stem}" in capsys.readouterr().out


def test_own_unanswerable_questions_ask_of_a_thing_that_no_text_names() -> None:
    texts = ["My kayak trip was a trip of rain.", "The loom and the kites were sold."] * 3
    asked = unanswerable_questions(texts, 200, seed=1)
    assert asked == unanswerable_questions(texts, 200, seed=1)
    assert len(asked) == len(set(asked)) == len(THINGS) - 3
    absent = [thing.replace("-", " ") for thing in THINGS if thing not in {"kayak", "loom", "kite"}]
    assert all(any(thing in text for thing in absent) for text in asked)
    assert any("trip" not in text for text in asked)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_bench_imports_from_the_command_line(path: Path) -> None:
    imported = {
        name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
        )
    }
    assert not [name for name in imported if name.startswith("graphmem.cli")]
