"""What the tests of the pages share: a small memory with something of everything."""

from collections.abc import Iterator

import pytest

pytest.importorskip("starlette", reason="needs the extra `server`")
pytest.importorskip("jinja2", reason="needs the extra `server`")

from graphmem import Memory
from tests.explored import filled_memory


@pytest.fixture
def memory() -> Iterator[Memory]:
    with filled_memory() as opened:
        yield opened


@pytest.fixture
def empty() -> Iterator[Memory]:
    with Memory.open("ram:", scope="ana") as opened:
        yield opened
