"""The JSON values of a file, one in memory at a time: its lines, or the elements of its list."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from typing import Any

import ijson
import orjson

from graphmem.ingest.reading.json_guard import GuardedJson
from graphmem.ingest.reading.text_lines import (
    HEAD_BYTES,
    Utf8Stream,
    encoding_of,
    read_head,
    read_lines,
    undecodable,
)
from graphmem.ingest.reading.turns import SourceFile
from graphmem.types import Problem

LINE_SUFFIXES = (".jsonl", ".ndjson")
WHOLE, ELEMENTS = "", "item"
"""ijson's paths of the value itself, and of each element of a list."""

_LONG_NUMBER = re.compile("[0-9][0-9]{18}")
"""What may need over 64 bits: orjson makes a float of such an integer, and its digits are lost."""

Item = tuple[str, object]
"""(where it stands, for problems; the value)"""


def parse_json(text: str) -> object:
    """Return the value; ValueError if it is not JSON.

    What orjson refuses and the standard library takes (NaN, raw control characters in strings,
    half surrogates) is taken, and integers keep all their digits.
    """
    if not _LONG_NUMBER.search(text):
        with suppress(orjson.JSONDecodeError):
            return orjson.loads(text)
    try:
        return json.loads(text, strict=False)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def is_json_lines(file: SourceFile, head: str) -> bool:
    """Tell whether each line is a value of its own, from the file's first characters."""
    first, _, rest = head.partition("\n")
    try:
        parse_json(first)
    except ValueError:
        return file.path.suffix.lower() in LINE_SUFFIXES and not first.startswith("[")
    return bool(rest.strip()) or not first.startswith("[")


def read_items(file: SourceFile) -> Iterator[Item | Problem]:
    """Yield the values of JSON lines, or the elements of one list, or the one object."""
    head = read_head(file)
    if is_json_lines(file, head):
        yield from _read_json_lines(file)
    else:
        yield from read_elements(file, ELEMENTS if head.startswith("[") else WHOLE)


def _read_json_lines(file: SourceFile) -> Iterator[Item | Problem]:
    broken = 0
    """The last line that was: of one that comes in pieces the first says it."""
    for line in read_lines(file):
        if isinstance(line, Problem):
            yield line
            continue
        number, text = line
        if number == broken or not text or text.isspace():
            continue
        where = file.line(number)
        try:
            yield where, parse_json(text)
        except ValueError as error:
            broken = number
            yield Problem(source=where, message=f"broken JSON ({error}): {text.strip()[:60]!r}")


@contextmanager
def open_utf8(file: SourceFile) -> Iterator[Utf8Stream]:
    """Open a file for ijson, which takes UTF-8 only."""
    with file.path.open("rb") as raw:
        encoding = encoding_of(raw.read(4))
        raw.seek(0)
        yield Utf8Stream(raw, encoding, file.meter)


def read_elements(file: SourceFile, path: str) -> Iterator[Item | Problem]:
    """Yield the values at an ijson path, streamed; what stands before broken JSON is taken."""
    number = 0
    with open_utf8(file) as stream:
        try:
            for value in ijson.items(GuardedJson(stream), path, buf_size=HEAD_BYTES):
                number += 1
                yield (file.element(number) if path else file.label), _with_floats(value)
        except ijson.JSONError as error:
            yield Problem(
                source=file.element(number + 1),
                message=f"broken JSON ({_reason(error)}); it and what follows were not read, "
                f"the {number} before it were: correct it and ingest the file again",
            )
        if stream.repaired:
            yield undecodable(file.label, stream.encoding)


def events(stream: Utf8Stream) -> Iterator[tuple[str, str, Any]]:
    """Yield (path, event, value) of a JSON stream. Raises ijson.JSONError where it is broken."""
    yield from ijson.parse(GuardedJson(stream))


def _with_floats(value: object) -> object:
    """Make floats of the parser's decimals, in place; asked for floats, it refuses long numbers."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(inner, str):
                value[key] = _with_floats(inner)
    elif isinstance(value, list):
        value[:] = map(_with_floats, value)
    return value


def _reason(error: Exception) -> str:
    return str(error).partition("\n")[0]
