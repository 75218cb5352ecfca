"""`graphmem slot WHAT`: the values of a slot in order of time, with who said them and when."""

from typing import Annotated

import typer

from graphmem.cli.filters import AsOfOption
from graphmem.cli.options import (
    JsonOption,
    ScopeOption,
    StoreOption,
    console,
    day,
    print_json,
    shown,
)
from graphmem.memory import Memory
from graphmem.overview import Slot, SlotValue
from graphmem.text import clip

LONGEST = 200
"""Characters of a statement that are shown."""


def slot(
    about: Annotated[
        list[str], typer.Argument(metavar="WHAT...", help="`where Ana lives`; needs no quotes.")
    ],
    as_of: AsOfOption = None,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the values of a slot, `where Ana lives`, in order of time, with their sources."""
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        found = memory.slot(" ".join(about), as_of=as_of)
    if as_json:
        print_json(found)
    else:
        _print_slot(found)


def _print_slot(found: Slot) -> None:
    out = console()
    if not found.values:
        out.print(f"no dated turn states “{shown(found.about)}”")
    for value in found.values:
        style = "bold" if value.is_current else "dim"
        marks = "; ".join(value.marks)
        out.print(f"{day(value.note.said_at)}  [{style}]{shown(marks)}[/{style}]", soft_wrap=True)
        out.print(f"  {shown(_source(value))}: {shown(clip(value.said, LONGEST))}")
        place = f"{value.session.name} {value.episode.source_id}".strip()
        out.print(f"  [dim]{shown(place)}  {value.note.id}[/dim]", soft_wrap=True)


def _source(value: SlotValue) -> str:
    return value.note.speaker or value.note.title or value.note.kind
