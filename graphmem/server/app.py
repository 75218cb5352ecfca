"""The application: the parts behind one guard, and what needs no token."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

import graphmem
from graphmem.server.access import Access
from graphmem.server.done import Watcher
from graphmem.server.guard import Guard, Limits
from graphmem.server.hosts import Hosts
from graphmem.server.memories import Memories
from graphmem.server.refused import RefusedError, error_body

ENTERED = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta http-equiv="refresh" content="0;url=/"><title>graphmem</title><a href="/">graphmem</a></html>
"""
"""A page and no redirect: a link from elsewhere would not send the cookie that it just got."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Something that a server serves: its routes, and what runs as long as the server does."""

    routes: Sequence[BaseRoute]
    runs: Callable[[], AbstractAsyncContextManager[None]] | None = None


def app_of(
    memories: Memories,
    access: Access,
    *,
    parts: Sequence[Part] = (),
    hosts: Hosts | None = None,
    limits: Limits | None = None,
    watchers: Sequence[Watcher] = (),
) -> ASGIApp:
    """Return the application; the first of the parts that has a route for a path answers it."""

    @asynccontextmanager
    async def runs(_app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as running:
            for part in parts:
                if part.runs is not None:
                    await running.enter_async_context(part.runs())
            yield

    async def enter(request: Request) -> Response:
        """Begin a browser's session by a key that works once."""
        cookie = access.enter(request.query_params.get("key", ""))
        if cookie is None:
            raise RefusedError(401, "this link was used already; start the server again for one")
        response = HTMLResponse(ENTERED)
        response.set_cookie(
            access.cookie, cookie, httponly=True, samesite="strict",
            secure=request.url.scheme == "https",
        )  # fmt: skip
        return response

    own = [Route("/healthz", _healthz), Route("/enter", enter)]
    app = Starlette(
        routes=[*own, *(route for part in parts for route in part.routes)],
        lifespan=runs,
        exception_handlers={
            RefusedError: _refused,
            404: _no_such_path,
            405: _no_such_path,
            500: _fault,
        },
    )
    return Guard(
        app,
        memories=memories,
        access=access,
        hosts=hosts or Hosts(),
        limits=limits or Limits(),
        watchers=watchers,
    )


async def _healthz(_request: Request) -> Response:
    return JSONResponse({"status": "ok", "version": graphmem.__version__})


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    return error.response()


async def _no_such_path(request: Request, error: Exception) -> Response:
    status = int(getattr(error, "status_code", 404))
    message = "nothing is here" if status == 404 else f"{request.method} is not for this path"
    headers = getattr(error, "headers", None)
    return JSONResponse(error_body("NotFound", message), status, headers)


async def _fault(_request: Request, _error: Exception) -> Response:
    told = "a fault of graphmem; the server's log says where"
    return JSONResponse(error_body("Fault", told), 500)
