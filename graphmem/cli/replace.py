"""`graphmem replace OLD NEW`: a note that is there takes another's place."""

from typing import Annotated

import typer

from graphmem.cli.edited import DryRunOption, ReasonOption, because, print_edit
from graphmem.cli.options import JsonOption, ScopeOption, StoreOption
from graphmem.memory import Memory


def replace(
    old: Annotated[str, typer.Argument(help="Id of the note that is not true any more.")],
    new: Annotated[str, typer.Argument(help="Id of the note that is true instead.")],
    at: Annotated[
        str | None, typer.Option("--at", help="Since when. Default: since the new one was said.")
    ] = None,
    reason: ReasonOption = None,
    dry_run: DryRunOption = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let a note that is there take another's place, which is found as of before."""
    with Memory.open(store, scope=scope) as memory:
        edit = memory.replace(old, new, at=at, dry_run=dry_run, **because(reason))
        print_edit(memory, edit, as_json=as_json)
