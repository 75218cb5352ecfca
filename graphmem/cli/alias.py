"""`graphmem alias NAME ENTITY`: another name of a named thing, which no note need use."""

from typing import Annotated

import typer

from graphmem.cli.edited import DryRunOption, ReasonOption, because, print_edit
from graphmem.cli.options import JsonOption, ScopeOption, StoreOption
from graphmem.memory import Memory


def alias(
    name: Annotated[str, typer.Argument(help="The other name: Mel.")],
    entity: Annotated[str, typer.Argument(help="Whose it is, a name or an id: Melanie.")],
    reason: ReasonOption = None,
    dry_run: DryRunOption = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give a named thing another name, which no note need use."""
    with Memory.open(store, scope=scope) as memory:
        edit = memory.alias(name, entity, dry_run=dry_run, **because(reason))
        print_edit(memory, edit, as_json=as_json)
