"""`graphmem serve`: the memories of one store over HTTP."""

import sys
from typing import Annotated

import typer

from graphmem.cli.options import ScopeOption, StoreOption
from graphmem.cli.token import TokensOption, tokens_at


def serve(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="0: a free one.")] = 8321,
    name: Annotated[
        list[str] | None, typer.Option("--name", help="A host name that it answers to; repeatable.")
    ] = None,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="The token that is printed may only read.")
    ] = False,
    tokens: TokensOption = None,
    store: StoreOption = None,
    scope: ScopeOption = None,
) -> None:
    """Serve memories over HTTP, on this machine alone, to those who have a token."""
    from graphmem import server as web  # the extra `server`

    file = web.TokenFile(tokens_at(tokens))
    local = web.is_loopback(host)
    own = web.grant_of_owner(file, scope, read_only=read_only, is_loopback=local)
    access, first = web.Access(file), web.first_scope(file, own)
    hosts = web.Hosts.of(host, *(name or ()))
    with web.Memories.open(store, scope=first) as memories, web.bound(host, port) as listening:
        app = web.app_of(memories, access, hosts=hosts)
        _say(f"serving {web.address_of(listening)}")
        if own is not None:
            _say(f"a token for {first}, until this ends: {access.let_in(own)}")
        web.serve(app, listening)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
