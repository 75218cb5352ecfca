"""The page of formats says what is so."""

import re
from pathlib import Path

import pytest

from graphmem.ingest.formats.detect import detect_format
from graphmem.ingest.formats.sources import READERS
from graphmem.ingest.reading.turns import SourceFile
from tests.conftest import ROOT
from tests.unit.ingest.read_file import read

PAGE = (ROOT / "docs" / "formats.md").read_text("utf-8").partition("## Dates")[0]
NAMED = re.findall(r"^```(\w+) ([\w-]+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
"""(suffix, format, a whole file) of the blocks that name their format."""
SECTIONS = re.findall(r"^## (\w+)\n[^#]*?^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
"""(format, suffix, a whole file) of the sections that are named as one."""
EXAMPLES = [*SECTIONS, *((name, kind, example) for kind, name, example in NAMED)]
WITHOUT_EXAMPLE = {"slack-index", "pdf", "docx", "pptx"}
"""What is no text, or holds no turn; `formats/test_pdf.py` and its neighbours make their files."""


def test_the_page_has_an_example_of_every_format() -> None:
    assert {name for name, _, _ in EXAMPLES} | WITHOUT_EXAMPLE == set(READERS)


@pytest.mark.parametrize(("name", "kind", "example"), EXAMPLES)
def test_each_example_is_told_and_read(tmp_path: Path, name: str, kind: str, example: str) -> None:
    path = tmp_path / f"example.{kind}"
    path.write_text(example, "utf-8")
    assert detect_format(SourceFile.at(path, root=path)) == name
    turns, problems = read(path)
    assert turns
    assert not any(problem.skipped for problem in problems)
