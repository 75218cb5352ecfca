"""Options that every command shares, and how a command prints."""

import json
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import typer

from graphmem.cli import completion
from graphmem.text import visible, visible_json

if TYPE_CHECKING:
    from rich.console import Console

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store", "-s", help="File or URL. Default: GRAPHMEM_STORE, else graphmem.db here."
    ),
]
ScopeOption = Annotated[
    str | None,
    typer.Option(
        "--scope",
        help="Whose memory, `ana` or `ana/helper`. Default: GRAPHMEM_SCOPE.",
        autocompletion=completion.scopes,
    ),
]
EncoderOption = Annotated[
    str | None,
    typer.Option(
        "--encoder",
        help="Of a store made now: rules, minilm, sentence-transformers:NAME, onnx:FOLDER.",
    ),
]
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula."""

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


def console(*, stderr: bool = False) -> "Console":
    """Return where people read; what is printed there drives no terminal, whoever said it."""
    from graphmem.cli.terminal import open_console  # rich: `--json` and `--help` do without

    return open_console(stderr=stderr)


def shown(text: object) -> str:
    """Return a text for a cell or a line: as it is, neither control characters nor markup."""
    from rich.markup import escape

    return escape(visible(str(text)))


def print_json(value: Any) -> None:
    """Print one JSON value on one line."""
    sys.stdout.write(json_line(value) + "\n")


def print_error(message: str, kind: type[Exception]) -> None:
    """Print what went wrong as one JSON value on one line: `{"error": {"type", "message"}}`."""
    print_json({"error": {"type": kind.__name__, "message": message}})


def json_line(value: Any) -> str:
    """Return one JSON value; characters that drive a terminal or turn the order are escaped."""
    from graphmem.graph.records import json_value  # with its numpy

    plain = json_value(value)
    try:
        return visible_json(orjson.dumps(plain, default=str).decode())
    except TypeError:  # integers of more than 64 bits, halves of surrogate pairs
        return json.dumps(plain, default=str, separators=(",", ":"))


def csv_cell(value: object) -> str:
    """Return a value for a cell of CSV, which no program takes for a formula.

    A text that begins as one gets an apostrophe before it, as spreadsheets hide it.
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return json_line(value)
    text = visible(value)
    return f"'{text}" if value.startswith(FORMULA) else text


def day(moment: datetime | None) -> str:
    """Return a time as people read it."""
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "undated"
