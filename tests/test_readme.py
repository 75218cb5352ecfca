"""The README's Python runs as it stands and prints what it says."""

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import ROOT

FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def programs() -> list[tuple[str, str]]:
    """Return each Python block of the README with the text below it."""
    blocks = FENCE.findall((ROOT / "README.md").read_text("utf-8"))
    return [
        (code, output)
        for (language, code), (below, output) in pairwise(blocks)
        if (language, below) == ("python", "text")
    ]


@pytest.mark.parametrize(("code", "output"), programs())
def test_each_python_block_prints_the_output_below_it(
    code: str, output: str, tmp_path: Path
) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert ran.stdout == output


def test_the_readme_begins_with_a_program_and_its_output() -> None:
    assert len(programs()) >= 2


def commands_of(document: str) -> list[str]:
    """Return the lines that run graphmem in a document's blocks, in their order."""
    blocks = FENCE.findall((ROOT / document).read_text("utf-8"))
    return [
        line
        for language, block in blocks
        if language in ("sh", "")
        for line in block.splitlines()
        if line.startswith("graphmem ")
    ]


def typed(command: str, folder: Path) -> str:
    """Run a command as it stands, on the samples, and return what it printed."""
    line = command.replace("data/samples", str(ROOT / "data" / "samples"))
    ran = subprocess.run(
        ["bash", "-c", line.replace("graphmem ", f"{sys.executable} -m graphmem ", 1)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


ANSWERED_BY = {
    "Where does the support group of Ben meet now?": ("above the fire station",),
    "Where does the support group of Ben meet?": ("in the basement of the library",),
    "When did Ana move to Lisbon?": ("We moved to Lisbon last Friday",),
    "Where is the trip in June going?": ("Are we doing the Azores or not?",),
    "What did the neighbour with the accordion give Tomás?": (
        "My neighbour agrees",
        "With the accordion and with opinions.",
        "she gave him her second accordion.",
    ),
    "Who printed the book written by the founder of Quillon Glassworks?": (
        "founded in Marrowby in 1887 by Edda Lorne",
        "Her only book, The Ferryman's Arithmetic, appeared in 1903.",
        "It was printed in 1903 by Crane & Pell",
    ),
    "what did Bolota swallow": ("Bolota swallowed a peach stone.",),
}
"""All the gold of each question that somebody who begins is shown."""


def assert_answered(command: str, printed: str) -> None:
    """Hold the gold of the question that a command asks to be among what it printed."""
    (gold,) = (gold for question, gold in ANSWERED_BY.items() if question in command)
    assert [words for words in gold if words not in printed] == []


@pytest.mark.parametrize("document", ["README.md", "data/samples/README.md"])
def test_every_command_shown_runs_and_every_question_is_answered(
    document: str, tmp_path: Path
) -> None:
    commands = commands_of(document)
    searches = [command for command in commands if command.startswith("graphmem search")]
    assert searches
    for command in commands:
        printed = typed(command, tmp_path)
        if command in searches:
            assert_answered(command, printed)


def test_the_demo_answers_its_questions_keeps_its_store_and_says_how_to_go_on(
    tmp_path: Path,
) -> None:
    ran = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "demo.py")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )
    asked = [part for part in ran.stdout.split("\n$ ") if part.startswith("graphmem search")]
    assert len(asked) == 6
    for part in asked:
        command, _, printed = part.partition("\n")
        assert_answered(command, printed)
    (further,) = re.findall(r"(graphmem search .*)", asked[-1])[1:]
    assert_answered(further, typed(f"{further} --store demo.db --scope demo", tmp_path))


def test_every_document_that_the_readme_names_is_there() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    linked = re.findall(r"\]\((docs/[\w./-]+)\)", text)
    assert linked
    assert [path for path in linked if not (ROOT / path).is_file()] == []
