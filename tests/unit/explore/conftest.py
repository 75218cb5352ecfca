"""What the tests of the pages share: a small memory with something of everything."""

from collections.abc import Iterator

import pytest

pytest.importorskip("starlette", reason="needs the extra `server`")
pytest.importorskip("jinja2", reason="needs the extra `server`")

from graphmem import Memory
from tests.explored import LONG, filled_memory


@pytest.fixture(scope="session")
def memory() -> Iterator[Memory]:
    """A memory that tests only read."""
    with filled_memory() as opened:
        yield opened


@pytest.fixture(scope="session")
def long_memory() -> Iterator[Memory]:
    """The same with a turn of 1 MB."""
    with filled_memory() as opened:
        opened.add(LONG, id="long", speaker="Cem", said_at="2024-07-02", session="odd")
        yield opened


@pytest.fixture
def fresh() -> Iterator[Memory]:
    """A memory that a test may change."""
    with filled_memory() as opened:
        yield opened


@pytest.fixture
def empty() -> Iterator[Memory]:
    with Memory.open("ram:", scope="ana") as opened:
        yield opened
