"""`graphmem merge NAME INTO`: two named things are one."""

from typing import Annotated

import typer

from graphmem.cli.edited import DryRunOption, ReasonOption, because, print_edit
from graphmem.cli.options import JsonOption, ScopeOption, StoreOption
from graphmem.memory import Memory


def merge(
    entity: Annotated[str, typer.Argument(metavar="NAME", help="A name, or an entity's id.")],
    into: Annotated[str, typer.Argument(help="What it is: a name, or an entity's id.")],
    reason: ReasonOption = None,
    dry_run: DryRunOption = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that a named thing is another one; both keep their names."""
    with Memory.open(store, scope=scope) as memory:
        edit = memory.merge(entity, into, dry_run=dry_run, **because(reason))
        print_edit(memory, edit, as_json=as_json)
