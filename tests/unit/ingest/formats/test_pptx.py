"""Slides: a page each, under its title, with notes."""

import sys
from pathlib import Path

import pytest

from tests.unit.ingest.read_file import read

pptx = pytest.importorskip("pptx", reason="needs the extra documents")


def written(path: Path) -> Path:
    shown = pptx.Presentation()
    first = shown.slides.add_slide(shown.slide_layouts[1])
    first.shapes.title.text = "Harvest"
    first.placeholders[1].text = "Apples came early\nPears came late"
    first.notes_slide.notes_text_frame.text = "Thank the pickers"
    second = shown.slides.add_slide(shown.slide_layouts[6])
    table = second.shapes.add_table(1, 2, 0, 0, 9_000_000, 900_000).table
    table.cell(0, 0).text, table.cell(0, 1).text = "plums", "forty baskets"
    third = shown.slides.add_slide(shown.slide_layouts[1])
    third.shapes.title.text = "Not for all"
    third._element.set("show", "0")
    shown.slides.add_slide(shown.slide_layouts[6])
    shown.core_properties.title = "Year of the orchard"
    shown.save(str(path))
    return path


def test_a_slide_is_a_page_under_its_title_and_hidden_ones_are_counted(tmp_path: Path) -> None:
    turns, problems = read(written(tmp_path / "year.pptx"))
    assert [(turn.title, turn.source_id, turn.text) for turn in turns] == [
        (
            "Year of the orchard > Harvest",
            "p1.1",
            "Apples came early\nPears came late\n\nNotes: Thank the pickers",
        ),
        ("Year of the orchard > Slide 2", "p2.1", "plums | forty baskets"),
    ]
    assert [problem.message for problem in problems] == ["1 hidden slides were left out"]


def test_a_damaged_package_is_one_line(tmp_path: Path) -> None:
    path = written(tmp_path / "year.pptx")
    path.write_bytes(path.read_bytes()[:9_000])
    assert "damaged .pptx" in read(path)[1][0].message


def test_without_the_extra_the_line_says_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "year.pptx")
    monkeypatch.setitem(sys.modules, "pptx", None)
    assert 'pip install "graphmem[documents]"' in read(path)[1][0].message
