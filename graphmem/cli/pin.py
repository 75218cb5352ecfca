"""`graphmem pin ID`: a note is kept in search whatever a sweep would archive."""

from typing import Annotated

import typer

from graphmem.cli.edited import DryRunOption, NoteArgument, ReasonOption, because, print_edit
from graphmem.cli.options import JsonOption, ScopeOption, StoreOption
from graphmem.memory import Memory


def pin(
    note: NoteArgument,
    off: Annotated[bool, typer.Option("--off", help="Do not keep it any more.")] = False,
    reason: ReasonOption = None,
    dry_run: DryRunOption = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Keep a note in search, whatever else would put it away."""
    with Memory.open(store, scope=scope) as memory:
        edit = memory.pin(note, off=off, dry_run=dry_run, **because(reason))
        print_edit(memory, edit, as_json=as_json)
