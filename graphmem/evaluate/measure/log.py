"""What a run has measured so far, on disk, so that a run that was stopped goes on from there."""

import json
from pathlib import Path
from typing import Any

from graphmem.errors import InputError

_FIRST = b'{"key": '
"""What every line begins with."""


class RunLog:
    """JSON lines that a run appends to and a later run reads; a torn line is run again."""

    def __init__(self, path: Path | None = None) -> None:
        """Read what `path` holds; without one, nothing is kept. InputError if it is no log."""
        self._path = path
        self._rows: dict[tuple[str, str], dict[str, Any]] = {}
        if path and path.is_file():
            content = path.read_bytes()
            if content and not content.startswith(_FIRST[: len(content)]):
                raise InputError(f"{path} is no log of a run; give another folder to --out")
            for line in content.splitlines():
                self._remember(line)

    def get(self, key: str, item: str) -> dict[str, Any] | None:
        """Return what was kept for an item of a key."""
        return self._rows.get((key, item))

    def put(self, key: str, item: str, row: dict[str, Any]) -> None:
        """Keep a row, on disk at once."""
        self._rows[key, item] = row
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"key": key, "item": item, "row": row}) + "\n")

    def _remember(self, line: bytes) -> None:
        try:
            kept = json.loads(line)
            self._rows[kept["key"], kept["item"]] = kept["row"]
        except (ValueError, KeyError, TypeError):
            return
