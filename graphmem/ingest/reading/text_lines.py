"""Lines and bytes of a text file in whatever encoding it is in; nothing of it is dropped.

UTF-8 and, by their mark, UTF-16 and UTF-32 are read. Bytes that are not UTF-8 in a file that
otherwise is are read as Windows-1252, the usual culprit, and a problem says so.
"""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from graphmem.ingest.reading.meter import Meter
from graphmem.ingest.reading.turns import SourceFile
from graphmem.types import Problem

HEAD_BYTES = 65_536
"""How much of a file is looked at to tell its encoding and its format."""
MAX_LINE = 32 * 1024 * 1024
"""Bytes (characters in UTF-16) of a line; what is longer comes in pieces of this size."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PLAIN = "utf-8-sig"
"""UTF-8, whether marked or not."""
_FALLBACK = "graphmem.windows1252"


def _as_windows1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if not error.encoding.startswith("utf-8"):
        return "\ufffd", error.end
    wrong = error.object[error.start : error.end]
    return "".join(_WINDOWS1252[byte] for byte in wrong), error.end


# Five bytes stand for nothing in Windows-1252; they stay the control characters of Latin-1.
_WINDOWS1252 = [bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256)]
codecs.register_error(_FALLBACK, _as_windows1252)


def encoding_of(head: bytes) -> str:
    """Return the encoding that a file's first bytes tell: by its mark, else UTF-8."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    return _PLAIN


def read_head(file: SourceFile) -> str:
    """Return the beginning of a file, about `HEAD_BYTES` of it, without the blanks before it.

    Its lines end as `read_lines` ends them: at a line feed, or at carriage returns if no other is.
    """
    with file.path.open("rb") as stream:
        head = _decoded(stream.read(HEAD_BYTES))
    return (head.replace("\r", "\n") if _has_old_ends(head) else head).lstrip()


def _decoded(head: bytes) -> str:
    # An incremental decoder keeps a character that is cut at the end to itself.
    return codecs.getincrementaldecoder(encoding_of(head))(_FALLBACK).decode(head)


def _has_old_ends(head: str) -> bool:
    """Tell whether lines end with a carriage return alone, as on the Macintosh before 2001."""
    return "\n" not in head and "\r" in head.rstrip("\r")


def undecodable(where: str, encoding: str) -> Problem:
    """Return the problem of bytes that the encoding does not know, and what became of them."""
    how = "are not UTF-8; they were read as Windows-1252"
    if encoding != _PLAIN:
        how = f"are not {encoding}; each became U+FFFD"
    return Problem(source=where, message=f"some bytes here {how}", skipped=False)


def read_lines(file: SourceFile) -> Iterator[tuple[int, str] | Problem]:
    """Yield (number from 1, line without its end), one line in memory at a time."""
    with file.path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
        encoding, old = encoding_of(head), _has_old_ends(_decoded(head))
        stream.seek(0)
        if encoding == _PLAIN and not old:
            yield from _utf8_lines(file, stream)
            return
    name = "UTF-8" if encoding == _PLAIN else encoding
    end = "\r" if old else "\n"
    with file.path.open(encoding=encoding, errors="replace", newline=end) as text:
        for number, line in enumerate(iter(lambda: text.readline(MAX_LINE), ""), start=1):
            yield number, line.rstrip("\r\n")
            if "\ufffd" in line:
                yield undecodable(file.line(number), name)


def _utf8_lines(file: SourceFile, stream: BinaryIO) -> Iterator[tuple[int, str] | Problem]:
    if stream.read(3) != codecs.BOM_UTF8:
        stream.seek(0)
    number, rest, position = 1, b"", 0
    while raw := rest + stream.readline(MAX_LINE):
        position += len(raw)
        file.meter.at(position)
        whole = raw.endswith(b"\n")
        rest = b"" if whole else _cut_character(raw)
        raw = raw[: len(raw) - len(rest)]
        position -= len(rest)
        if not raw:
            raw, rest = rest, b""
        try:
            yield number, raw.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            yield number, raw.decode("utf-8", _FALLBACK).rstrip("\r\n")
            yield undecodable(file.line(number), _PLAIN)
        number += whole


def _cut_character(raw: bytes) -> bytes:
    """Return the bytes at the end of a piece that begin a character and do not finish it."""
    for back in range(1, min(3, len(raw)) + 1):
        lead = raw[-back]
        if lead >= 0xC0:
            size = 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
            return raw[-back:] if back < size else b""
        if lead < 0x80:
            return b""
    return b""


class Utf8Stream:
    """A file's bytes as correct UTF-8 without a mark, for parsers that want nothing else."""

    def __init__(self, stream: BinaryIO, encoding: str, meter: Meter) -> None:
        self._stream = stream
        self._meter = meter
        self._position = 0
        self.encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self.repaired = False
        """True once bytes were met that the encoding does not know."""

    def read(self, size: int = -1) -> bytes:
        """Return about `size` bytes; empty only at the file's end, or when asked for none."""
        while raw := self._stream.read(size):
            self._position += len(raw)
            self._meter.at(self._position)
            if text := self._decode(raw, final=False):
                return text.encode("utf-8", "replace")
            if size == 0:
                return b""
        return self._decode(b"", final=True).encode("utf-8", "replace")

    def _decode(self, raw: bytes, *, final: bool) -> str:
        try:
            return self._decoder.decode(raw, final)
        except UnicodeDecodeError:
            self._decoder.errors = _FALLBACK
            self.repaired = True
            return self._decoder.decode(raw, final)
