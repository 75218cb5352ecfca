"""Options that every command shares, and how a command prints."""

import sys
from datetime import datetime
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console

from graphmem.graph.records import json_value

StoreOption = Annotated[
    str | None,
    typer.Option("--store", help="File or URL. Default: GRAPHMEM_STORE, else graphmem.db here."),
]
ScopeOption = Annotated[
    str | None,
    typer.Option("--scope", help="Whose memory, `ana` or `ana/helper`. Default: GRAPHMEM_SCOPE."),
]
EncoderOption = Annotated[
    str | None,
    typer.Option(
        "--encoder",
        help="Of a store made now: rules, minilm, sentence-transformers:NAME, onnx:FOLDER.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


def console() -> Console:
    """Return where people read; wide enough for a table when it is not a terminal."""
    return Console(width=None if sys.stdout.isatty() else 110, highlight=False)


def print_json(value: Any) -> None:
    """Print one JSON value on one line."""
    sys.stdout.write(orjson.dumps(json_value(value), default=str).decode() + "\n")


def day(moment: datetime | None) -> str:
    """Return a time as people read it."""
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "undated"
