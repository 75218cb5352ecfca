"""`graphmem delete ID... | --session S | --all`: erase for good."""

from typing import Annotated

import typer

from graphmem.cli.options import JsonOption, ScopeOption, StoreOption, print_json
from graphmem.cli.receipt import print_receipt
from graphmem.errors import ConfigError
from graphmem.memory import Memory


def delete(
    ids: Annotated[list[str] | None, typer.Argument(help="Ids of episodes or notes.")] = None,
    session: Annotated[
        str | None, typer.Option("--session", help="A session's name, or COLLECTION/NAME.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="The whole scope.")] = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Erase episodes, a session, or the whole scope, and all that came from them alone."""
    if sum([bool(ids), session is not None, everything]) != 1:
        raise ConfigError("say what to delete, one way: ID..., --session NAME, or --all")
    with Memory.open(store, scope=scope) as memory:
        if ids:
            receipt = memory.delete(*ids)
        elif session is not None:
            receipt = memory.delete_session(session)
        else:
            receipt = memory.delete_all()
    if as_json:
        print_json(receipt)
    else:
        print_receipt(receipt)
