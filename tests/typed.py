"""Commands run in this process, for tests of many: a process each costs a second."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graphmem.cli.app import run


class Typed:
    """Runs `graphmem` in a folder; an error of graphmem's is raised, what is printed returned."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, printed: Callable[[], str], scope: str
    ) -> None:
        self.folder = folder
        self._printed = printed
        monkeypatch.chdir(folder)
        monkeypatch.setenv("GRAPHMEM_STORE", "memory.db")
        monkeypatch.setenv("GRAPHMEM_SCOPE", scope)

    def run(self, *arguments: str) -> str:
        """Return what a command prints."""
        assert run(list(arguments)) == 0
        return self._printed()

    def json(self, *arguments: str) -> Any:
        """Return what a command prints with `--json`."""
        return json.loads(self.run(*arguments, "--json"))
