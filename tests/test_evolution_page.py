"""What docs/evolution.md shows runs as it stands there."""

import re
import shlex
from pathlib import Path

from graphmem.memory import Memory
from tests.conftest import ROOT
from tests.test_cli import Shell

PAGE = (ROOT / "docs" / "evolution.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def test_the_example_in_python_holds() -> None:
    for code in blocks("python"):
        exec(compile(code, "docs/evolution.md", "exec"), {})


def test_the_commands_run_and_what_they_did_is_taken_back(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    with Memory.open(tmp_path / "memory.db", scope="ana") as memory:
        memory.add("I live in Porto.", speaker="Ana", said_at="2024-01-05", id="home")
        memory.add("Melanie paints.", speaker="Ben", said_at="2024-01-05")
    code = next(code for code in blocks("sh") if "graphmem update" in code)
    said = []
    for line in code.splitlines():
        ran = shell.run(*shlex.split(line)[1:])
        assert ran.returncode == 0, ran.stderr
        said.append(ran.stdout)
    assert "nothing was written" in said[0]
    runs = [re.search(r"graphmem undo (\w+)", out) for out in said]
    undone = [shell.run("undo", found.group(1)) for found in runs if found]
    assert [ran.returncode for ran in undone] == [0, 0]
    assert "never changed" in shell.run("history", "home").stdout


def test_the_commands_of_an_evolution_run(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    with Memory.open(tmp_path / "memory.db", scope="ana") as memory:
        memory.add("My locker is number 14.", speaker="Ida", said_at="2024-05-01")
        memory.add("My locker is number 31 now.", speaker="Ida", said_at="2024-06-01")
    code = next(code for code in blocks("sh") if "graphmem evolve" in code)
    said = []
    for line in code.splitlines():
        words = shlex.split(line, comments=True)[1:]
        if words == ["undo", "RUN"]:
            words[1] = re.findall(r"graphmem undo (\w+)", "".join(said))[-1]
        ran = shell.run(*words)
        assert ran.returncode == 0, ran.stderr
        said.append(ran.stdout)
    assert "the same but for 14, now 31" in said[0]
    assert "1 statement may have changed: graphmem review" in said[1]
    assert "2024-05-01 Ida: “My locker is number 14.”" in said[3]


def test_every_verb_of_the_page_is_a_method_and_a_command() -> None:
    rows = re.findall(r"^\| [^|]+ \| (`.*?) \|", PAGE, re.MULTILINE)
    verbs = set(re.findall(r"`(\w+)\(", " ".join(rows))) | {"undo", "history"}
    assert len(verbs) > 9
    assert all(hasattr(Memory, verb) for verb in verbs)
