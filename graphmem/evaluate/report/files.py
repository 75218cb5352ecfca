"""Reports on disk: `SET.json`, `SET.md` and `SET.html`; no file of another's is replaced."""

from collections.abc import Sequence
from pathlib import Path

import orjson

from graphmem.errors import InputError
from graphmem.evaluate.data.datasets import Dataset
from graphmem.evaluate.measure.outcomes import SystemResult
from graphmem.evaluate.report.figures import Report
from graphmem.evaluate.report.markdown import to_markdown
from graphmem.evaluate.report.page import to_html

MARK = b"graphmem evaluate"
"""What stands in the first bytes of every file that is written here."""
_WITHIN = 400
"""How many bytes the mark is looked for in."""


class ReportFolder:
    """A folder of reports. A file in it that lacks MARK is replaced only by `force`."""

    def __init__(self, folder: Path, *, force: bool = False, made: str = "") -> None:
        """`made` says with what the reports were made: version, date and command."""
        self._folder, self._force, self._made = folder, force, made

    def check(self, names: Sequence[str]) -> None:
        """Raise InputError if a report of one of these data sets would replace a strange file."""
        for name in names:
            for suffix in (".json", ".md", ".html"):
                check_replaceable(self._path(name, suffix), force=self._force)

    def write(self, report: Report, dataset: Dataset, results: Sequence[SystemResult]) -> None:
        """Write the report in its three forms."""
        self.check([dataset.name])
        self._folder.mkdir(parents=True, exist_ok=True)
        report = {"made": self._made, **report} if self._made else report
        marked = {"written_by": MARK.decode(), **report}
        forms = {
            ".json": orjson.dumps(marked, option=orjson.OPT_INDENT_2),
            ".md": f"<!-- {MARK.decode()} -->\n\n{to_markdown(report)}".encode(),
            ".html": to_html(report, dataset, results, generator=MARK.decode()).encode(),
        }
        for suffix, content in forms.items():
            self._path(dataset.name, suffix).write_bytes(content)

    def _path(self, name: str, suffix: str) -> Path:
        return self._folder / f"{name}{suffix}"


def check_replaceable(path: Path, *, force: bool) -> None:
    """Raise InputError if there is a file at `path` that graphmem did not write."""
    if force or not path.exists():
        return
    with path.open("rb") as file:
        if MARK in file.read(_WITHIN):
            return
    raise InputError(
        f"{path} was not written by `graphmem evaluate`, and would be replaced; "
        "give another folder to --out, or --force"
    )
