"""Lines of JSON read as they are: what is odd is counted with its place, nothing stops a load."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphmem.types import Problem


class Oddities:
    """Collects what a loader met: a count for each kind, and where it was."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.problems: list[Problem] = []

    def note(self, kind: str, source: str, message: str, *, skipped: bool = False) -> None:
        """Count one oddity of a kind and remember its place."""
        self.counts[kind] += 1
        self.problems.append(Problem(source=source, message=message, skipped=skipped))


def read_rows(path: Path, odd: Oddities) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (`file:line`, object) of each line; a line that is no JSON object is counted."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            where = f"{path.name}:{number}"
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                odd.note("bad_lines", where, f"not JSON: {error}", skipped=True)
                continue
            if isinstance(row, dict):
                yield where, row
            else:
                odd.note("bad_lines", where, "not a JSON object", skipped=True)
