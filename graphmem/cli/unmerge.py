"""`graphmem unmerge NAME`: a named thing is one of its own after all."""

from typing import Annotated

import typer

from graphmem.cli.edited import DryRunOption, ReasonOption, because, print_edit
from graphmem.cli.options import JsonOption, ScopeOption, StoreOption
from graphmem.memory import Memory


def unmerge(
    entity: Annotated[str, typer.Argument(metavar="NAME", help="A name, or an entity's id.")],
    reason: ReasonOption = None,
    dry_run: DryRunOption = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that a named thing is one of its own after all."""
    with Memory.open(store, scope=scope) as memory:
        edit = memory.unmerge(entity, dry_run=dry_run, **because(reason))
        print_edit(memory, edit, as_json=as_json)
