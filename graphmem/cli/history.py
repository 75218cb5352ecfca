"""`graphmem history NOTE`: where a note came from and what became of it."""

from typing import Annotated

import typer

from graphmem.cli.edited import named, value
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
from graphmem.text import clip


def history(
    note: Annotated[str, typer.Argument(help="Id of a note.")],
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print a note's origins and every change made to it, oldest first."""
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        found = memory.history(note)
    if as_json:
        print_json(found)
        return
    out = console()
    out.print(f"[bold]{found.note.kind}[/bold] {shown(clip(found.note.text, 300))}")
    for episode in found.episodes:
        who = f"{episode.speaker or 'said'}, {day(episode.said_at)}"
        out.print(f"  from {episode.id} {shown(episode.source_id)} ({shown(who)})")
    out.print(f"  written {day(found.note.written_at)} by {shown(found.note.created_by)}")
    for change in found.changes:
        edit = f"{named(change)}: {value(change.before)} → {value(change.after)}"
        why = f"{change.reason}, by {change.author}"
        out.print(shown(f"  {day(change.at)} {edit}; {why} ({change.id})"), soft_wrap=True)
    if not found.changes:
        out.print("  never changed")
