"""`graphmem cypher "MATCH …" | --list | --run NAME --param k=v`: a memory asked in Cypher."""

import csv
import json
import sys
from typing import Annotated, Any

import typer

from graphmem.cli.options import (
    JsonOption,
    ScopeOption,
    StoreOption,
    console,
    csv_cell,
    json_line,
    print_json,
)
from graphmem.cli.tables import print_table
from graphmem.config import Settings, scope_of
from graphmem.errors import ConfigError
from graphmem.graph.cypher.answer import Answer, Limits
from graphmem.graph.cypher.ask import inspect
from graphmem.graph.cypher.named import INSPECTIONS, Value, prepared
from graphmem.text import clip

CELL = 400
"""Characters of a value that a table shows."""


def cypher(
    query: Annotated[str | None, typer.Argument(help="Cypher that reads.")] = None,
    run: Annotated[str | None, typer.Option("--run", help="A named query.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="Print the named queries.")] = False,
    param: Annotated[
        list[str] | None, typer.Option("--param", help="NAME=VALUE; may be given several times.")
    ] = None,
    rows: Annotated[int, typer.Option(help="At most that many rows.", min=1)] = 100,
    seconds: Annotated[float, typer.Option(help="At most that long.", min=0.1)] = 30.0,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask a memory in Cypher. It only reads; `$scope` is the scope."""
    if listed:
        _print_list(as_json=as_json)
        return
    if (query is None) == (run is None):
        raise ConfigError("say what to ask, one way: a query, --run NAME, or --list")
    typed = dict(_typed(text) for text in param or ())
    if run is not None:
        statement, parameters = prepared(run, typed)
    else:
        statement, parameters = str(query), {name: _value(text) for name, text in typed.items()}
    settings = Settings.here()
    answer = inspect(
        store or settings.store,
        scope_of(scope, settings).key,
        statement,
        parameters,
        Limits(rows, seconds),
    )
    if as_json:
        objects = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        print_json({"columns": answer.columns, "rows": objects, "is_cut": answer.is_cut})
    elif as_csv:
        _print_csv(answer)
    else:
        _print_table(answer)


def _typed(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise ConfigError(f"--param {text!r} is no NAME=VALUE")
    return name, value


def _value(text: str) -> Value:
    """Return a number, true, false or null as such, all else as text."""
    try:
        read = json.loads(text)
    except ValueError:
        return text
    return read if read is None or isinstance(read, bool | int | float) else text


def _print_list(*, as_json: bool) -> None:
    if as_json:
        print_json(list(INSPECTIONS.values()))
        return
    rows = []
    for one in INSPECTIONS.values():
        optional = [f"[{name}]" for name in one.defaults]
        rows.append((one.name, one.doc, " ".join([*one.needs, *optional])))
    print_table(("name", "what it shows", "--param"), rows)


def _print_csv(answer: Answer) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(map(csv_cell, answer.columns))
    writer.writerows(map(csv_cell, row) for row in answer.rows)


def _print_table(answer: Answer) -> None:
    if not answer.rows:
        console().print("no rows")
        return
    numbers = [
        column
        for place, column in enumerate(answer.columns)
        if all(isinstance(row[place], int | float) for row in answer.rows)
    ]
    rows = [[clip(_text(value), CELL) for value in row] for row in answer.rows]
    print_table(answer.columns, rows, whole=numbers)
    if answer.is_cut:
        console().print(f"and more; these are the first {len(answer.rows)}: type --rows")


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json_line(value)
