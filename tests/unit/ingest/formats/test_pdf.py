"""PDF: paragraphs of each page under the outline's headings, and what cannot be read."""

import sys
import tracemalloc
from pathlib import Path

import pytest

from tests.unit.ingest.formats.pdf_files import write_pdf
from tests.unit.ingest.read_file import read

pypdf = pytest.importorskip("pypdf", reason="needs the extra documents")

WIDE = "The orchard lies behind the mill, and whoever comes by the river"
PAGES = [
    ["Mill handbook", WIDE, "sees the wheel before any-", "thing else of it.", "Page 1 of 3"],
    ["Mill handbook", "Grinding", "Oats are ground on Mondays.", "Page 2 of 3"],
]


def rewritten(path: Path, **said: str) -> "pypdf.PdfWriter":
    writer = pypdf.PdfWriter(clone_from=path)
    if said:
        writer.add_metadata({f"/{key}": value for key, value in said.items()})
    return writer


def test_lines_are_joined_and_every_passage_names_its_page(tmp_path: Path) -> None:
    turns, problems = read(write_pdf(tmp_path / "mill.pdf", PAGES))
    assert problems == []
    assert [(turn.source_id, turn.metadata["page"]) for turn in turns] == [("p1.1", 1), ("p2.1", 2)]
    assert f"{WIDE} sees the wheel before anything else of it." in turns[0].text
    assert turns[0].is_passage
    assert turns[0].title == "mill"
    assert turns[1].where == "mill.pdf, page 2"


def test_page_numbers_and_running_titles_are_left_out(tmp_path: Path) -> None:
    turns, _ = read(write_pdf(tmp_path / "mill.pdf", PAGES))
    said = "\n".join(turn.text for turn in turns)
    assert said.count("Mill handbook") == 1, "it stays where it stands first"
    assert "of 3" not in said


def test_entries_of_the_outline_are_headings_where_they_stand(tmp_path: Path) -> None:
    writer = rewritten(write_pdf(tmp_path / "plain.pdf", PAGES), Title="All of it", Author="Ida")
    above = writer.add_outline_item(title="Mill handbook", page_number=0)
    writer.add_outline_item(title="Grinding", page_number=1, parent=above)
    writer.write(tmp_path / "mill.pdf")
    turns, _ = read(tmp_path / "mill.pdf")
    assert [turn.title for turn in turns] == ["Mill handbook", "Mill handbook > Grinding"]
    assert turns[1].text == "Oats are ground on Mondays."
    assert turns[0].metadata["author"] == "Ida"


def test_a_pdf_is_told_by_its_bytes_whatever_it_is_called(tmp_path: Path) -> None:
    turns, _ = read(write_pdf(tmp_path / "notes.txt", PAGES))
    assert turns[0].file is not None
    assert turns[0].file.format == "pdf"


def test_what_is_locked_against_printing_only_is_read(tmp_path: Path) -> None:
    writer = rewritten(write_pdf(tmp_path / "plain.pdf", PAGES))
    writer.encrypt("", "owner", algorithm="AES-256")
    writer.write(tmp_path / "mill.pdf")
    assert len(read(tmp_path / "mill.pdf")[0]) == 2


def test_a_password_is_named_with_the_cure(tmp_path: Path) -> None:
    writer = rewritten(write_pdf(tmp_path / "plain.pdf", PAGES))
    writer.encrypt("door", "owner", algorithm="AES-256")
    writer.write(tmp_path / "mill.pdf")
    turns, problems = read(tmp_path / "mill.pdf")
    assert turns == []
    assert [problem.source for problem in problems if "has a password" in problem.message] == [
        "mill.pdf"
    ]


def test_pictures_of_pages_are_named_with_the_cure(tmp_path: Path) -> None:
    turns, problems = read(write_pdf(tmp_path / "scan.pdf", [[], []]))
    assert turns == []
    assert "none of its 2 pages has text" in problems[0].message
    assert "ocrmypdf" in problems[0].message


def test_a_page_without_text_among_others_is_counted(tmp_path: Path) -> None:
    turns, problems = read(write_pdf(tmp_path / "mill.pdf", [*PAGES, []]))
    assert len(turns) == 2
    assert [(p.skipped, p.message[:15]) for p in problems] == [(False, "1 pages have no")]


@pytest.mark.parametrize("content", [b"%PDF-1.7\nnothing\0", b"%PDF-1.4\n%%EOF", b"%PDF-" * 999])
def test_a_damaged_file_is_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "mill.pdf").write_bytes(content)
    turns, problems = read(tmp_path / "mill.pdf")
    assert turns == []
    assert "damaged PDF" in problems[0].message


def test_a_file_cut_anywhere_ends_in_turns_or_in_a_line(tmp_path: Path) -> None:
    whole = write_pdf(tmp_path / "whole.pdf", PAGES).read_bytes()
    for end in range(6, len(whole), 37):
        (tmp_path / "cut.pdf").write_bytes(whole[:end])
        turns, problems = read(tmp_path / "cut.pdf")
        assert turns or problems


def test_without_the_extra_the_line_says_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    turns, problems = read(write_pdf(tmp_path / "mill.pdf", PAGES))
    assert turns == []
    assert 'pip install "graphmem[documents]"' in problems[0].message


def test_many_pages_need_no_more_memory_than_few(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = write_pdf(tmp_path / f"{count}.pdf", [[f"{WIDE} {n}"] * 5 for n in range(count)])
        tracemalloc.start()
        read(path)[0].clear()
        high = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return high

    peak(2)
    assert peak(160) - peak(40) < 120 * 20_000, "a page and its turn, not what was drawn"
