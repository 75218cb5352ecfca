"""What tests of the server share wherever they stand: grants, clients, one call of each kind."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx2
from starlette.types import ASGIApp

from graphmem.server import Grant, Right
from graphmem.types import ScopeKey

AT = "2024-05-02T10:00:00Z"
"""When everything was said."""
ORIGIN = "http://127.0.0.1"


def grant(*scopes: str, may: Right = "read", name: str = "test") -> Grant:
    return Grant(name=name, scopes=frozenset(map(ScopeKey, scopes)), may=may)


def client_of(app: ASGIApp, token: str | None = None, path: str = "") -> httpx2.AsyncClient:
    """Return a client of an application in this process, through all of its ASGI."""
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)  # type: ignore[arg-type]
    return httpx2.AsyncClient(transport=transport, base_url=ORIGIN + path, headers=headers)


@asynccontextmanager
async def running(app: ASGIApp) -> AsyncIterator[None]:
    """Run what an application runs beside its requests, in a task of its own as a server does."""
    ends, told = asyncio.Event(), asyncio.Queue[str]()
    heard = iter(("lifespan.startup", "lifespan.shutdown"))

    async def receive() -> dict[str, str]:
        message = next(heard)
        if message == "lifespan.shutdown":
            await ends.wait()
        return {"type": message}

    async def send(message: Any) -> None:
        told.put_nowait(message["type"])

    scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
    task = asyncio.ensure_future(app(scope, receive, send))
    assert await told.get() == "lifespan.startup.complete"
    try:
        yield
    finally:
        ends.set()
        await task


CALLS: Mapping[str, Mapping[str, Any]] = {
    "search": {"question": "Who keeps bees?", "k": 3},
    "context": {"question": "Who keeps bees?", "budget": 200},
    "list": {"limit": 2, "order": "newest"},
    "count": {"speaker": "Ana"},
    "get": {"id": "NOTE"},
    "history": {"id": "NOTE"},
    "neighbourhood": {"id": "NOTE", "depth": 2},
    "sessions": {},
    "speakers": {},
    "entities": {"name": "Ana"},
    "facts": {"subject": "Ana"},
    "timeline": {"entity": "Ana"},
    "slot": {"about": "where Ana lives"},
    "profile": {"person": "Ana"},
    "stats": {},
    "doubts": {},
    "add": {"text": "Ana likes tea.", "speaker": "Ana", "said_at": AT, "metadata": {"n": 1}},
    "update": {"id": "NOTE", "text": "Ana keeps wasps.", "dry_run": True},
    "correct": {"id": "NOTE", "text": "Ana keeps ants.", "dry_run": True},
    "replace": {"id": "NOTE", "new": "OTHER", "dry_run": True},
    "expire": {"id": "NOTE", "at": "2024-06", "dry_run": True},
    "pin": {"id": "NOTE", "dry_run": True},
    "useful": {"id": "NOTE", "question": "Who keeps bees?", "dry_run": True},
    "keep_shown": {"dry_run": True},
    "delete": {"id": "NOTE", "dry_run": True},
    "undo": {"id": "RUN", "dry_run": True},
    "evolve": {"dry_run": True},
    "accept": {"id": "DOUBT"},
    "reject": {"id": "DOUBT"},
    "keep_both": {"id": "DOUBT"},
}
"""Arguments of each operation; NOTE, OTHER, RUN and DOUBT stand for ids."""
