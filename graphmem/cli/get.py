"""`graphmem get ID...`: records as they are stored."""

from typing import Annotated

import typer
from rich.table import Table

from graphmem.cli.options import JsonOption, ScopeOption, StoreOption, console, print_json, shown
from graphmem.graph.records import to_dict
from graphmem.memory import Memory


def get(
    ids: Annotated[
        list[str], typer.Argument(help="Ids of notes, episodes, sessions, entities, facts.")
    ],
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the records of these ids."""
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        records = memory.get(*ids)
    if as_json:
        print_json(records)
        return
    for record in records:
        table = Table(title=type(record).__name__, show_header=False, title_justify="left")
        for name, value in to_dict(record).items():
            if value not in (None, [], {}, ""):
                table.add_row(name, shown(_shown(value)))
        console().print(table)


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
