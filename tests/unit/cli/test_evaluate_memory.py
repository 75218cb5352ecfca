"""`graphmem evaluate memory | samples`, run as a person runs them."""

import json

from graphmem.memory import Memory
from tests.conftest import SAMPLES
from tests.test_cli import Shell

FAMILY = SAMPLES / "family"


def test_own_questions_of_an_own_memory_are_scored_with_what_they_are_worth(tmp_path):
    shell = Shell(tmp_path)
    with Memory.open(tmp_path / "memory.db", scope="ana") as memory:
        memory.ingest(FAMILY / "week.jsonl")
    ran = shell.run("evaluate", "memory", str(FAMILY / "questions.jsonl"), "--out", "report")
    assert ran.returncode == 0, ran.stderr
    assert "20 questions: differences under 6 questions (30 points) mean nothing" in ran.stdout
    assert (tmp_path / "report" / "questions.html").is_file()
    narrow = shell.run("evaluate", "memory", str(FAMILY / "questions.jsonl"), COLUMNS="80")
    assert "…" not in narrow.stdout.partition("missed")[0]


def test_a_question_that_was_missed_is_shown_with_its_evidence(tmp_path):
    shell = Shell(tmp_path)
    with Memory.open(tmp_path / "memory.db", scope="ana") as memory:
        memory.add("The gate creaks.", speaker="Ida")
    (tmp_path / "own.jsonl").write_text('{"id": "x1", "question": "Who sings?", "gold": ["Bo"]}\n')
    ran = shell.run("evaluate", "memory", "own.jsonl")
    assert "missed x1: Who sings?" in ran.stdout
    assert "note: x1: gold Bo is not in the memory: counted as lost" in ran.stdout


def test_the_samples_work_out_of_the_box(tmp_path):
    ran = Shell(tmp_path).run("evaluate", "samples", "--json")
    assert ran.returncode == 0, ran.stderr
    reports = json.loads(ran.stdout)["datasets"]
    assert [report["dataset"] for report in reports] == [
        "samples", "family-week", "family-week-other-words"
    ]  # fmt: skip
    assert not [report["input"]["problems"] for report in reports if report["input"]["problems"]]
    assert list(tmp_path.iterdir()) == []
