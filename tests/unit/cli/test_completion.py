"""A shell completes commands, options, and the scopes and sessions of the store that is named."""

from pathlib import Path

import pytest

from graphmem.memory import Memory
from tests.test_cli import Shell


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    made = Shell(tmp_path_factory.mktemp("shell"))
    for scope, session in (("ana", "spring walks"), ("ana", "summer"), ("anton", "boats")):
        with Memory.open(made.folder / "memory.db", scope=scope) as memory:
            memory.add("The gate creaks.", speaker="Ida", session=session)
    return made


def completed(shell: Shell, *words: str) -> list[str]:
    """Return what a shell would offer for the last of the words."""
    line = " ".join(("graphmem", *words))
    ran = shell.run(_GRAPHMEM_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(len(words)))
    assert ran.stderr == ""
    return [line for line in ran.stdout.splitlines() if line]


def test_commands_and_options_are_completed(shell: Shell) -> None:
    assert {"search", "sessions", "stats"} <= set(completed(shell, "s"))
    assert "--session" in completed(shell, "search", "--ses")


def test_scopes_are_those_of_the_store(shell: Shell) -> None:
    assert completed(shell, "search", "--scope", "an") == ["ana", "anton"]
    assert completed(shell, "search", "--store", "memory.db", "--scope", "ant") == ["anton"]


def test_sessions_are_those_of_the_scope(shell: Shell) -> None:
    assert completed(shell, "list", "--session", "s") == ["spring walks", "summer"]
    assert completed(shell, "list", "--scope", "anton", "--session", "b") == ["boats"]
    assert completed(shell, "delete", "--session", "su") == ["summer"]


def test_a_store_that_is_not_there_completes_nothing_and_is_not_made(shell: Shell) -> None:
    assert completed(shell, "search", "--store", "none.db", "--scope", "a") == []
    assert not (Path(shell.folder) / "none.db").exists()
