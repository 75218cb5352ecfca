"""`graphmem undo ID`: a change or a whole run is taken back, as if it had never been."""

from typing import Annotated

import typer

from graphmem.cli.edited import DryRunOption, print_edit
from graphmem.cli.options import JsonOption, ScopeOption, StoreOption
from graphmem.memory import Memory


def undo(
    id_: Annotated[str, typer.Argument(metavar="ID", help="Of a change or a run.")],
    cascade: Annotated[
        bool, typer.Option("--cascade", help="Take back later changes that depend on it too.")
    ] = False,
    dry_run: DryRunOption = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take back a change or a run: all is as if it had never been."""
    with Memory.open(store, scope=scope) as memory:
        edit = memory.undo(id_, cascade=cascade, dry_run=dry_run)
        print_edit(memory, edit, as_json=as_json, is_undo=True)
