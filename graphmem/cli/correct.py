"""`graphmem correct ID TEXT`: a text in the place of one that was never right."""

from typing import Annotated

import typer

from graphmem.cli.edited import DryRunOption, NoteArgument, ReasonOption, because, print_edit
from graphmem.cli.options import JsonOption, ScopeOption, StoreOption
from graphmem.memory import Memory


def correct(
    note: NoteArgument,
    text: Annotated[str, typer.Argument(help="The right text.")],
    reason: ReasonOption = None,
    dry_run: DryRunOption = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put a text in the place of one that was never right, since that was said."""
    with Memory.open(store, scope=scope) as memory:
        edit = memory.correct(note, text=text, dry_run=dry_run, **because(reason))
        print_edit(memory, edit, as_json=as_json)
