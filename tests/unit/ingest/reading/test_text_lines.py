"""Encodings: what is in the file arrives, and what was guessed is said."""

import io
from pathlib import Path

import pytest

from graphmem.ingest.reading import text_lines
from graphmem.ingest.reading.meter import Meter
from graphmem.ingest.reading.text_lines import Utf8Stream, read_lines
from graphmem.ingest.reading.turns import SourceFile
from graphmem.types import Problem

TEXT = "Ana: café 🎉\nبن: مرحبا\nend"


def lines_of(path: Path) -> tuple[list[tuple[int, str]], list[Problem]]:
    read = list(read_lines(SourceFile.at(path, root=path)))
    return (
        [line for line in read if not isinstance(line, Problem)],
        [line for line in read if isinstance(line, Problem)],
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_marked_encoding_is_read(tmp_path: Path, encoding: str, newline: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.replace("\n", newline).encode(encoding))
    assert lines_of(path) == (list(enumerate(TEXT.split("\n"), start=1)), [])


def test_bytes_that_are_not_utf8_are_windows_letters_and_the_rest_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("fine é\n".encode() + b"caf\xe9 \x80 \x81 " + "é\n".encode() + b"after")
    lines, problems = lines_of(path)
    assert lines == [(1, "fine é"), (2, "café € \x81 é"), (3, "after")]
    assert [(problem.source, problem.skipped) for problem in problems] == [("a.txt:2", False)]


def test_broken_utf16_is_kept_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("ab\ncd".encode("utf-16") + b"\x00\xd8")
    lines, problems = lines_of(path)
    assert lines == [(1, "ab"), (2, "cd\ufffd")]
    assert [problem.source for problem in problems] == ["a.txt:2"]


@pytest.mark.parametrize("limit", [4, 5, 6, 7])
def test_an_endless_line_comes_in_pieces_that_cut_no_character(
    tmp_path: Path, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_lines, "MAX_LINE", limit)
    path = tmp_path / "a.txt"
    path.write_bytes("né🎉ü🎉🎉\nx".encode())
    lines, problems = lines_of(path)
    assert "".join(text for number, text in lines if number == 1) == "né🎉ü🎉🎉"
    assert lines[-1] == (2, "x")
    assert problems == []


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_parser_gets_utf8_whatever_the_pieces(size: int, encoding: str) -> None:
    stream = Utf8Stream(io.BytesIO(TEXT.encode(encoding)), encoding, Meter())
    assert b"".join(iter(lambda: stream.read(size), b"")).decode("utf-8") == TEXT
    assert not stream.repaired


def test_a_parser_gets_utf8_from_windows_bytes_too() -> None:
    stream = Utf8Stream(io.BytesIO("é".encode() + b"caf\xe9"), "utf-8-sig", Meter())
    assert b"".join(iter(lambda: stream.read(2), b"")).decode("utf-8") == "écafé"
    assert stream.repaired
