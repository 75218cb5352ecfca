"""`graphmem serve`: the memories of one store over HTTP."""

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graphmem.cli.options import ScopeOption, StoreOption
from graphmem.cli.token import TokensOption, tokens_at
from graphmem.contracts import utc_now

if TYPE_CHECKING:
    from graphmem.server import Watcher


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
    audit: Annotated[
        Path | None,
        typer.Option("--audit", help="Default: graphmem-audit.jsonl beside the tokens."),
    ] = None,
    log: Annotated[
        bool, typer.Option("--log", help="A JSON line a request on the standard error.")
    ] = False,
    per_minute: Annotated[
        int, typer.Option("--per-minute", min=1, help="Requests a minute and token.")
    ] = 6_000,
    seconds: Annotated[float, typer.Option("--seconds", min=1, help="Of one request.")] = 60.0,
    body: Annotated[int, typer.Option("--body", min=1, help="Bytes of a body.")] = 1_000_000,
    store: StoreOption = None,
    scope: ScopeOption = None,
) -> None:
    """Serve memories over HTTP, on this machine alone, to those who have a token."""
    from graphmem import server as web  # the extra `server`
    from graphmem.explore import explorer

    path = tokens_at(tokens)
    file, limits = (
        web.TokenFile(path),
        web.Limits(body=body, seconds=seconds, per_minute=per_minute),
    )
    local = web.is_loopback(host)
    own = web.grant_of_owner(file, scope, read_only=read_only, is_loopback=local)
    access, first = web.Access(file), web.first_scope(file, own)
    watchers: list[Watcher] = [web.Audit(audit or path.with_name("graphmem-audit.jsonl"), utc_now)]
    with web.Memories.open(store, scope=first) as memories, web.bound(host, port) as listening:
        app = web.whole_app(
            memories,
            access,
            parts=[explorer(editable=False)],
            hosts=web.Hosts.of(host, *(name or ())),
            limits=limits,
            watchers=[*watchers, *([_logged()] if log else [])],
        )
        _say(f"serving {web.address_of(listening)}")
        if own is not None:
            _say(f"a token for {first}, until this ends: {access.let_in(own)}")
            _say(f"in a browser, once: {web.address_of(listening)}/enter?key={access.invite(own)}")
        web.serve(app, listening)


def _logged() -> "Watcher":
    from graphmem.server import log_request

    logging.basicConfig(stream=sys.stderr, format="%(message)s", level=logging.WARNING)
    logging.getLogger("graphmem.server").setLevel(logging.INFO)
    return log_request


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
