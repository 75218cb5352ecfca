"""A LangGraph store at a clock that is set by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from graphmem import Memory


class Hands:
    """A clock that stands until it is moved."""

    def __init__(self):
        self.time = datetime(2024, 6, 20, 12, tzinfo=UTC)

    def __call__(self):
        return self.time

    def pass_minutes(self, minutes):
        self.time += timedelta(minutes=minutes)


@pytest.fixture
def clock():
    return Hands()


@pytest.fixture(params=["ram", "sqlite"])
def owner(request, tmp_path, clock):
    place = "ram:" if request.param == "ram" else tmp_path / "items.db"
    with Memory.open(place, scope="owner", clock=clock) as memory:
        yield memory


@pytest.fixture
def store(owner):
    from graphmem.integrations.langgraph import GraphmemStore  # the extra `langgraph`

    return GraphmemStore(owner)
