"""What the tests of the server share: a store of two people's memories, and an app to ask."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="needs the extra `server`")
pytest.importorskip("uvicorn", reason="needs the extra `server`")

import httpx2
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from graphmem import Memory
from graphmem.server import Access, Grant, Memories, Part, Right, TokenFile, app_of, memory_of
from graphmem.types import ScopeKey
from tests.server import AT


def grant(*scopes: str, may: Right = "read", name: str = "test") -> Grant:
    return Grant(name=name, scopes=frozenset(map(ScopeKey, scopes)), may=may)


@pytest.fixture
def memories(tmp_path: Path) -> Iterator[Memories]:
    """Ana keeps bees, Ben keeps goats."""
    with Memories.open(tmp_path / "memory.db", scope="ana") as opened:
        opened.of(ScopeKey("ana")).add("Ana keeps bees.", speaker="Ana", said_at=AT)
        opened.of(ScopeKey("ben")).add("Ben keeps goats.", speaker="Ben", said_at=AT)
        yield opened


@pytest.fixture
def tokens(tmp_path: Path) -> TokenFile:
    return TokenFile(tmp_path / "tokens.json")


@pytest.fixture
def access(tokens: TokenFile) -> Access:
    return Access(tokens)


def told(memory: Memory) -> list[str]:
    return [note.text for note in memory.list().notes]


async def notes(request: Request) -> Response:
    """Tell a scope's notes; by POST as if it wrote."""
    await request.body()
    right: Right = "read" if request.method == "GET" else "write"
    return JSONResponse(told(memory_of(request, "list", right)))


NOTES = Part(routes=[Route("/notes", notes, methods=["GET", "POST"])])


@pytest.fixture
def client(memories: Memories, access: Access) -> Callable[..., httpx2.AsyncClient]:
    """Return a client of an app of these memories with one part; in process, over real ASGI."""

    def made(app: ASGIApp | None = None, token: str | None = None) -> httpx2.AsyncClient:
        served = app_of(memories, access, parts=[NOTES]) if app is None else app
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        transport = httpx2.ASGITransport(app=served)  # type: ignore[arg-type]
        return httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=headers)

    return made
