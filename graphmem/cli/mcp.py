"""`graphmem mcp`: one memory for a client of the Model Context Protocol, over stdin and stdout."""

from typing import Annotated

import typer

from graphmem.cli.options import ScopeOption, StoreOption
from graphmem.memory import Memory


def mcp(
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Without the tools that write.")
    ] = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
) -> None:
    """Serve one memory to an MCP client over stdin and stdout, until it hangs up."""
    from graphmem.integrations.mcp import server_of  # the extra `mcp`

    with Memory.open(store, scope=scope, must_exist=read_only) as memory:
        server_of(memory, read_only=read_only).run("stdio")
