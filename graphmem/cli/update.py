"""`graphmem update ID TEXT`: a newer text in a note's place; the old one stays true until then."""

from typing import Annotated

import typer

from graphmem.cli.edited import DryRunOption, NoteArgument, ReasonOption, because, print_edit
from graphmem.cli.options import JsonOption, ScopeOption, StoreOption
from graphmem.memory import Memory


def update(
    note: NoteArgument,
    text: Annotated[str, typer.Argument(help="The newer text.")],
    at: Annotated[
        str | None, typer.Option("--at", help="When it was said, and holds from. Default: now.")
    ] = None,
    reason: ReasonOption = None,
    dry_run: DryRunOption = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put a newer text in a note's place; the old one is found as of before."""
    with Memory.open(store, scope=scope) as memory:
        edit = memory.update(note, text=text, said_at=at, dry_run=dry_run, **because(reason))
        print_edit(memory, edit, as_json=as_json)
