"""Serving: an application on a socket of this machine, until it is told to end."""

import asyncio
import socket

import uvicorn
from starlette.types import ASGIApp

from graphmem.errors import ConfigError
from graphmem.server.logs import FAULTS, without_words
from graphmem.server.protocol import PatientProtocol

KEPT_ALIVE = 30
"""Seconds that a connection without a request is kept."""
LAST_WORDS = 10
"""Seconds that running requests have when the server is told to end."""


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0: a free one. Raises ConfigError if it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends at once only on a socket that says it is TCP: else the rest of an answer waits
    # some 40 ms until its head is acknowledged
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(1_024)
    except OSError as error:
        listening.close()
        why = error.strerror or error
        raise ConfigError(f"cannot listen on {host}:{port}: {why}; type --port 0") from None
    return listening


def address_of(listening: socket.socket) -> str:
    """Return the URL of a socket that listens."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(app: ASGIApp, listening: socket.socket) -> None:
    """Answer on a socket until the process is interrupted."""
    asyncio.run(server_of(app).serve(sockets=[listening]))


def server_of(app: ASGIApp) -> uvicorn.Server:
    """Return the server of an application, which logs nothing by itself.

    Each request begins with no context of another: `reset_contextvars`.
    """
    FAULTS.addFilter(without_words)
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=PatientProtocol,
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            timeout_keep_alive=KEPT_ALIVE,
            timeout_graceful_shutdown=LAST_WORDS,
            reset_contextvars=True,
        )
    )
