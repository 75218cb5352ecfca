"""Files that are not read: the nearest kind is named, and never one that stores rubbish."""

from pathlib import Path

import pytest

from tests.unit.ingest.read_file import read


def said(path: Path, content: bytes, format: str = "auto") -> str:
    path.write_bytes(content)
    turns, problems = read(path, format)
    assert turns == []
    return problems[0].message


@pytest.mark.parametrize(
    ("name", "content", "wanted"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "old Office"),
        ("a.odt", b"PK\x03\x04 of another kind", "save it as .docx"),
        ("a.rtf", b"{\\rtf1 words}", "RTF; save it as .docx or .txt"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0", "a picture"),
        ("a.m4a", b"\0\0\0 ftypM4A ", ".vtt or .srt"),
        ("a.tar.gz", b"\x1f\x8b\x08\0", "gunzip"),
        ("a.db", b"SQLite format 3\0", "export the messages"),
        ("a.docs", b"plain words", "nearest is .docx"),
        ("a.org", b"* Plan\nwords\n", "--format documents"),
        ("a.bin", b"\0\1\2", "unknown kind '.bin'"),
        ("a.zzz", b"plain words\n", "it is text: say --format documents"),
    ],
)
def test_the_nearest_kind_is_named(tmp_path: Path, name: str, content: bytes, wanted: str) -> None:
    assert wanted in said(tmp_path / name, content)


@pytest.mark.parametrize("format", ["documents", "transcript", "html", "mail", "table", "captions"])
@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 all of it in letters\n", b"words\0\1", b"PK\x03\x04\0"]
)
def test_no_format_of_text_takes_other_bytes(tmp_path: Path, format: str, content: bytes) -> None:
    message = said(tmp_path / "a.pdf", content, format)
    assert "--format documents" not in message


def test_a_binary_file_gets_no_hint_to_read_it_as_text(tmp_path: Path) -> None:
    assert "--format documents" not in said(tmp_path / "a.qqq", bytes(range(256)))


def test_a_table_says_which_columns_it_wants(tmp_path: Path) -> None:
    assert "text, speaker and said_at" in said(tmp_path / "a.csv", b"height,width\n1,2\n")
