"""`graphmem delete ID... | --session S | --all`: erase for good."""

from typing import Annotated

import typer

from graphmem.cli import completion
from graphmem.cli.options import JsonOption, ScopeOption, StoreOption, console, print_json
from graphmem.cli.receipt import print_receipt
from graphmem.errors import ConfigError
from graphmem.memory import Memory
from graphmem.text import how_many, visible


def delete(
    ids: Annotated[list[str] | None, typer.Argument(help="Ids of episodes or notes.")] = None,
    session: Annotated[
        str | None,
        typer.Option(
            "--session",
            help="A session's name, or COLLECTION/NAME.",
            autocompletion=completion.sessions,
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="The whole scope; asks first.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say how much would be erased, and erase nothing.")
    ] = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Erase episodes, a session, or the whole scope, and all that came from them alone."""
    if sum([bool(ids), session is not None, everything]) != 1:
        raise ConfigError("say what to delete, one way: ID..., --session NAME, or --all")
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        if everything and not yes and not dry_run:
            count = len(memory.delete_all(dry_run=True).ids)
            asked = (
                f"Erase all {how_many(count, 'episodes')} of {visible(memory.scope.key)} for good?"
            )
            typer.confirm(f"{asked} (--yes does not ask)", abort=True, err=True)
        if ids:
            receipt = memory.delete(*ids, dry_run=dry_run)
        elif session is not None:
            receipt = memory.delete_session(session, dry_run=dry_run)
        else:
            receipt = memory.delete_all(dry_run=dry_run)
    if as_json:
        print_json(receipt)
    elif dry_run:
        console().print(f"{how_many(len(receipt.ids), 'episodes')} would be erased; nothing was")
    else:
        print_receipt(receipt)
