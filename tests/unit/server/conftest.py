"""What the tests of the server share: a store of two people's memories, and an app to ask."""

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from graphmem.server import Access, Memories, TokenFile

HERE = all(map(find_spec, ("starlette", "uvicorn", "mcp")))
collect_ignore_glob = [] if HERE else ["test_*.py", "api/test_*.py"]


@pytest.fixture
def memories(tmp_path: Path) -> "Iterator[Memories]":
    """Ana keeps bees, Ben keeps goats."""
    from graphmem.server import Memories
    from graphmem.types import ScopeKey
    from tests.server import AT

    with Memories.open(tmp_path / "memory.db", scope="ana") as opened:
        opened.of(ScopeKey("ana")).add("Ana keeps bees.", speaker="Ana", said_at=AT)
        opened.of(ScopeKey("ben")).add("Ben keeps goats.", speaker="Ben", said_at=AT)
        yield opened


@pytest.fixture
def tokens(tmp_path: Path) -> "TokenFile":
    from graphmem.server import TokenFile

    return TokenFile(tmp_path / "tokens.json")


@pytest.fixture
def access(tokens: "TokenFile") -> "Access":
    from graphmem.server import Access

    return Access(tokens)


@pytest.fixture
def client(memories: "Memories", access: "Access") -> Callable[..., Any]:
    """Return what makes a client of an app: the one given, or one of NOTES."""
    from graphmem.server import app_of
    from tests.server import client_of
    from tests.unit.server.notes import NOTES

    def made(app: Any = None, token: str | None = None, path: str = "") -> Any:
        return client_of(app or app_of(memories, access, parts=[NOTES]), token, path)

    return made
