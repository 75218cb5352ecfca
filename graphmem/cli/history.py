"""`graphmem history NOTE`: where a note came from and what became of it."""

from typing import Annotated

import typer

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
    with Memory.open(store, scope=scope) as memory:
        told = memory.history(note)
    if as_json:
        print_json(told)
        return
    out = console()
    out.print(f"[bold]{told.note.kind}[/bold] {shown(clip(told.note.text, 300))}")
    for episode in told.episodes:
        who = f"{episode.speaker or 'said'}, {day(episode.said_at)}"
        out.print(f"  from {episode.id} {shown(episode.source_id)} ({shown(who)})")
    out.print(f"  written {day(told.note.written_at)} by {shown(told.note.created_by)}")
    for change in told.changes:
        edit = f"{change.field}: {change.before!r} → {change.after!r}"
        out.print(
            shown(f"  {day(change.at)} {change.author}: {edit}; {change.reason} ({change.id})")
        )
    if not told.changes:
        out.print("  never changed")
