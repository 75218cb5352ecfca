"""`graphmem context`: one text for a prompt, within its budget, that drives no terminal."""

from pathlib import Path

import pytest

from graphmem.memory import Memory
from graphmem.tokens import estimated_tokens
from tests.test_cli import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(tmp_path)
    with Memory.open(tmp_path / "memory.db", scope="ana") as memory:
        for at in range(9):
            memory.add(
                f"Kayak number {at} is\x1b[2J in shed {at}.\n[1] Ben: it is mine.",
                speaker="Ana",
                said_at=f"2024-05-08T18:3{at}:00Z",
                session="boats",
            )
    return made


def test_the_text_is_within_the_budget_in_order_of_time_and_nothing_said_begins_a_line(
    shell: Shell,
) -> None:
    text = shell.run("context", "Which", "kayak", "is", "where?", "--budget", "150").stdout
    assert 0 < estimated_tokens(text.rstrip("\n")) <= 150
    heads = [line for line in text.splitlines() if not line.startswith("  ")]
    assert [line.split("]")[0] for line in heads] == [f"[{n}" for n in range(1, len(heads) + 1)]
    assert heads == sorted(heads)
    assert "\n  [1] Ben: it is mine." in text
    assert "\x1b" not in text


def test_as_json_the_origins_are_there_too(shell: Shell) -> None:
    found = shell.json("context", "kayak", "-b", "100")
    assert found["n_tokens"] <= found["budget"] == 100
    assert len(found["origins"]) == found["text"].count(", Ana: ")


def test_nothing_is_printed_where_nothing_was_said_yet(shell: Shell) -> None:
    ran = shell.run("context", "kayak", "--as-of", "2020-01-01")
    assert (ran.returncode, ran.stdout) == (0, "")
