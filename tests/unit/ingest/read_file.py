"""What the tests of sources share: write a file, read it, part its turns from its problems."""

import json
from pathlib import Path

from graphmem.ingest.formats.sources import read_source
from graphmem.ingest.reading.turns import Turn
from graphmem.types import Problem


def read(path: Path, format: str = "auto") -> tuple[list[Turn], list[Problem]]:
    """Read a file or folder to its end."""
    items = list(read_source(path, format=format))
    return (
        [item for item in items if isinstance(item, Turn)],
        [item for item in items if isinstance(item, Problem)],
    )


def write_json(path: Path, value: object) -> Path:
    """Write one value as one line of JSON."""
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return path


def write_lines(path: Path, values: list[object]) -> Path:
    """Write each value as a line of JSON."""
    text = "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)
    path.write_text(text, "utf-8")
    return path
