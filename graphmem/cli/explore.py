"""`graphmem explore`: one memory's pages in a browser, for whoever has the link."""

import sys
from typing import Annotated

import typer

from graphmem.cli.options import ScopeOption, StoreOption
from graphmem.memory import Memory

WAITED = 600
"""Seconds that a page may take: what was true at another moment is read from the store anew."""


def explore(
    edit: Annotated[
        bool, typer.Option("--edit", help="Let the pages undo changes and answer the review.")
    ] = False,
    port: Annotated[int, typer.Option("--port", help="0: a free one.")] = 0,
    store: StoreOption = None,
    scope: ScopeOption = None,
) -> None:
    """Show one memory in a browser on this machine: prints a link that works once."""
    from graphmem import server as web  # the extra `server`
    from graphmem.explore import explorer
    from graphmem.server.guard import Limits

    with Memory.open(store, scope=scope, must_exist=True) as memory:
        memory.search(memory.scope.user, k=1)  # reads what the first page would wait for
        access = web.Access()
        may: web.Right = "write" if edit else "read"
        key = access.invite(
            web.Grant(name="explorer", scopes=frozenset({memory.scope.key}), may=may)
        )
        parts, limits = [explorer(editable=edit)], Limits(seconds=WAITED)
        app = web.app_of(web.Memories(memory), access, parts=parts, limits=limits)
        with web.bound("127.0.0.1", port) as listening:
            sys.stdout.write(f"{web.address_of(listening)}/enter?key={key}\n")
            sys.stdout.flush()
            sys.stderr.write(
                "open it in a browser of this machine; it works once. Ctrl-C ends it\n"
            )
            web.serve(app, listening)
