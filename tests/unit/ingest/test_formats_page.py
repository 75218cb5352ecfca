"""The page of formats says what is so."""

import re
from pathlib import Path

import pytest

from graphmem.ingest.formats.detect import detect_format
from graphmem.ingest.formats.sources import READERS
from graphmem.ingest.reading.turns import SourceFile
from tests.conftest import ROOT
from tests.unit.ingest.read_file import read

SECTIONS = re.findall(
    r"^## (\w+)\n.*?^```(\w+)\n(.*?)^```$",
    (ROOT / "docs" / "formats.md").read_text("utf-8").partition("## Dates")[0],
    re.MULTILINE | re.DOTALL,
)


def test_the_page_has_every_format() -> None:
    assert {name for name, _, _ in SECTIONS} == set(READERS)


@pytest.mark.parametrize(("name", "kind", "example"), SECTIONS)
def test_each_example_is_told_and_read(tmp_path: Path, name: str, kind: str, example: str) -> None:
    path = tmp_path / f"example.{kind}"
    path.write_text(example, "utf-8")
    assert detect_format(SourceFile.at(path, root=path)) == name
    turns, problems = read(path)
    assert len(turns) >= 2
    assert problems == []
