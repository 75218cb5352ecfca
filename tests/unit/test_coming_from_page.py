"""The page for those who come from another memory: its files are read, and found as it says."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from graphmem.cli.app import app
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "coming_from.md").read_text("utf-8")
SAMPLE = re.compile(
    r"^```jsonl? (?P<file>\S+)\n(?P<text>.*?)^```$\s+^```sh\n(?P<typed>.*?)^```$\s+"
    r"^```text\n(?P<shown>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
SAMPLES = [pytest.param(*found.groups(), id=found["file"]) for found in SAMPLE.finditer(PAGE)]


@pytest.mark.parametrize(("file", "text", "typed", "shown"), SAMPLES)
def test_a_dump_is_read_and_answers_as_the_page_shows(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    file: str,
    text: str,
    typed: str,
    shown: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    Path(file).write_text(text, "utf-8")
    answers = ""
    for line in typed.splitlines():
        done = CliRunner().invoke(app, shlex.split(line)[1:])
        assert done.exit_code == 0, done.output
        answers += done.stdout if shlex.split(line)[1] == "search" else ""
    assert answers == shown


def test_there_is_a_sample_of_each_memory() -> None:
    assert len(SAMPLES) == PAGE.count("```sh") == 3
