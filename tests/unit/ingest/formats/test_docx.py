"""Word documents: headings, lists and tables in their order, and what is not said."""

import sys
import zipfile
from pathlib import Path

import pytest

from tests.unit.ingest.read_file import read

docx = pytest.importorskip("docx", reason="needs the extra documents")
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def written(path: Path) -> Path:
    document = docx.Document()
    document.add_heading("Harbour rules", 0)
    document.add_paragraph("Boats moor at the south quay.")
    document.add_heading("Nets", 1)
    document.add_paragraph("Dry them on land.", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for place, text in enumerate(("day", "catch", "Monday", "herring")):
        table.cell(place // 2, place % 2).text = text
    document.add_page_break()
    document.add_heading("Mending", 2)
    document.add_paragraph("In winter.")
    document.core_properties.author = "Mia"
    document.save(str(path))
    return path


def with_body(path: Path, body: str) -> Path:
    """Write a document whose body is given as Word's markup."""
    with (
        zipfile.ZipFile(written(path.with_suffix(".0"))) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name != "word/document.xml":
                new.writestr(name, old.read(name))
        new.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        )
    return path


def test_headings_are_titles_and_lists_and_tables_stay(tmp_path: Path) -> None:
    turns, problems = read(written(tmp_path / "rules.docx"))
    assert problems == []
    assert [(turn.title, turn.text) for turn in turns] == [
        ("Harbour rules", "Boats moor at the south quay."),
        ("Harbour rules > Nets", "- Dry them on land.\n\nday | catch\nMonday | herring"),
        ("Harbour rules > Nets > Mending", "In winter."),
    ]
    assert [turn.source_id for turn in turns] == ["p1.1", "p1.2", "p2.1"]
    assert turns[0].metadata["author"] == "Mia"


def test_what_was_inserted_or_wrapped_is_read_and_what_was_deleted_or_hidden_is_not(
    tmp_path: Path,
) -> None:
    path = with_body(
        tmp_path / "rules.docx",
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Wrapped. </w:t></w:r>"
        "<w:ins><w:r><w:t>Put in. </w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>Taken out. </w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden.</w:t></w:r>"
        "<w:hyperlink><w:r><w:t>A link.</w:t></w:r></w:hyperlink></w:p></w:sdtContent></w:sdt>",
    )
    turns, _ = read(path)
    assert [turn.text for turn in turns] == ["Wrapped. Put in. A link."]
    assert turns[0].source_id is None, "a file that names no page has none"


def test_pages_are_those_that_word_last_showed(tmp_path: Path) -> None:
    path = with_body(
        tmp_path / "rules.docx",
        "<w:p><w:r><w:t>One.</w:t><w:br w:type='page'/></w:r></w:p>"
        "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Two.</w:t></w:r></w:p><w:p><w:r><w:t>Same.</w:t>"
        "</w:r></w:p>",
    )
    turns, _ = read(path)
    assert [(turn.metadata["page"], turn.text) for turn in turns] == [
        (1, "One."),
        (2, "Two.\n\nSame."),
    ]


def test_a_package_that_would_fill_the_memory_is_left_out(tmp_path: Path) -> None:
    path = written(tmp_path / "bomb.docx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/extra.xml", b"<a>" + b" " * (65 * 1024**2))
    assert path.stat().st_size < 1024**2
    turns, problems = read(path)
    assert turns == []
    assert "would unpack to" in problems[0].message


def test_entities_do_not_unfold(tmp_path: Path) -> None:
    path = with_body(tmp_path / "rules.docx", "<w:p/>")
    bomb = (
        '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>x&b;</w:t></w:r></w:p></w:body>'
        "</w:document>"
    )
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, content in (parts | {"word/document.xml": bomb.encode()}).items():
            new.writestr(name, content)
    assert "aaaa" not in "".join(turn.text for turn in read(path)[0])


@pytest.mark.parametrize("keep", [40, 4_000, 20_000])
def test_a_damaged_package_is_one_line(tmp_path: Path, keep: int) -> None:
    path = written(tmp_path / "rules.docx")
    path.write_bytes(path.read_bytes()[:keep])
    turns, problems = read(path)
    assert turns == []
    assert "damaged .docx" in problems[0].message


def test_a_document_with_a_password_says_so(tmp_path: Path) -> None:
    (tmp_path / "rules.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert "it has a password" in read(tmp_path / "rules.docx")[1][0].message


def test_without_the_extra_the_line_says_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "rules.docx")
    monkeypatch.setitem(sys.modules, "docx", None)
    assert 'pip install "graphmem[documents]"' in read(path)[1][0].message


def test_a_document_in_an_archive_is_read(tmp_path: Path) -> None:
    written(tmp_path / "rules.docx")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(tmp_path / "rules.docx", "papers/rules.docx")
    turns, problems = read(tmp_path / "all.zip")
    assert (len(turns), problems) == (3, [])
