"""`graphmem expire ID`: a note is true until a moment, and then out of search."""

from typing import Annotated

import typer

from graphmem.cli.edited import DryRunOption, NoteArgument, ReasonOption, because, print_edit
from graphmem.cli.options import JsonOption, ScopeOption, StoreOption
from graphmem.memory import Memory


def expire(
    note: NoteArgument,
    at: Annotated[str | None, typer.Option("--at", help="Until when. Default: now.")] = None,
    reason: ReasonOption = None,
    dry_run: DryRunOption = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say until when a note is true; then it is out of search, and found as of before."""
    with Memory.open(store, scope=scope) as memory:
        edit = memory.expire(note, at=at, dry_run=dry_run, **because(reason))
        print_edit(memory, edit, as_json=as_json)
