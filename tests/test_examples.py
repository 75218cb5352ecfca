"""The examples: each is installed alone and runs its own tests, as anybody's package would."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLES

EXAMPLES = sorted(path.parent for path in ROOT.glob("examples/*/pyproject.toml"))


def installed(example: Path, site: Path) -> dict[str, str]:
    """Lay a package out as an installer does; return the environment in which Python finds it.

    The entry points come from its pyproject.toml. No builder is run, so nothing is downloaded.
    """
    project = tomllib.loads((example / "pyproject.toml").read_text("utf-8"))["project"]
    name = project["name"].replace("-", "_")
    (site / f"{name}.py").write_text((example / f"{name}.py").read_text("utf-8"))
    info = site / f"{name}-{project['version']}.dist-info"
    info.mkdir()
    heading = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (info / "METADATA").write_text(heading)
    groups = [
        f"[{group}]\n" + "".join(f"{key} = {value}\n" for key, value in points.items())
        for group, points in project["entry-points"].items()
    ]
    (info / "entry_points.txt").write_text("\n".join(groups))
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(site), str(ROOT)))}


def ran(
    *command: str, environment: dict[str, str], folder: Path
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_there_is_an_example_of_a_store_and_of_an_encoder() -> None:
    assert {path.name for path in EXAMPLES} == {"own_encoder", "own_store"}


@pytest.mark.parametrize("example", EXAMPLES, ids=[path.name for path in EXAMPLES])
def test_an_example_keeps_the_contract(example: Path, tmp_path: Path) -> None:
    environment = installed(example, tmp_path)
    test = tmp_path / f"test_{example.name}.py"
    test.write_text((example / test.name).read_text("utf-8"))
    tests = ran(
        *("-m", "pytest", "-q", "-p", "no:cacheprovider", test.name),
        environment=environment,
        folder=tmp_path,
    )
    assert tests.returncode == 0, tests.stdout[-3000:]
    assert " passed" in tests.stdout


@pytest.mark.parametrize("example", EXAMPLES, ids=[path.name for path in EXAMPLES])
def test_an_example_uses_public_modules_alone(example: Path) -> None:
    public = {"graphmem", *(f"graphmem.{name}" for name in PUBLIC)}
    for path in example.glob("*.py"):
        words = [line.split() for line in path.read_text("utf-8").splitlines()]
        used = {line[1] for line in words if line[:1] in (["from"], ["import"])}
        assert {name for name in used if name.startswith("graphmem")} <= public


PUBLIC = ("contracts", "batches", "arrays", "reading", "registry", "testing", "types")

PROGRAMS = {
    "langchain_chain": (
        "langchain_core",
        "- user: The choir meets on Tuesdays in the old mill.",
        "In the old mill.",
    ),
    "langgraph_agent": (
        "langmem",
        "  search_memory called\nagent: To a fado house in Lisbon.\nkept: Ana likes fado.",
    ),
}
"""The examples that are run, each with the library that it needs and what it prints."""


def test_every_example_is_one_that_is_run_or_installed() -> None:
    folders = {path.name for path in ROOT.glob("examples/*") if path.is_dir()}
    assert folders - {"__pycache__"} == {*PROGRAMS, *(path.name for path in EXAMPLES)}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_runs_twice_and_prints_what_it_says(name: str, tmp_path: Path) -> None:
    needs, *lines = PROGRAMS[name]
    pytest.importorskip(needs, reason=f"the example needs {needs}")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LANGSMITH_TRACING": "false"}
    for _ in range(2):
        file = str(ROOT / "examples" / name / f"{name}.py")
        done = ran(file, environment=environment, folder=tmp_path)
        assert done.returncode == 0, done.stderr[-3000:]
        assert [line for line in lines if line not in done.stdout] == []


def test_the_command_line_finds_what_the_examples_register(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    for example in EXAMPLES:
        environment = installed(example, site)
    store = ("--store", f"audited:{tmp_path / 'memory.db'}", "--scope", "ana")
    read = ran(
        *("-m", "graphmem", "ingest", str(SAMPLES / "dialogues"), *store, "--encoder", "letters"),
        environment=environment,
        folder=tmp_path,
    )
    assert read.returncode == 0, read.stderr
    found = ran(
        *("-m", "graphmem", "search", "Where does Ana live?", *store, "--json"),
        environment=environment,
        folder=tmp_path,
    )
    assert '"rank":1' in found.stdout.replace(" ", ""), found.stderr
    assert (tmp_path / "memory.db.audit.jsonl").read_text("utf-8").count('"write"') >= 1
