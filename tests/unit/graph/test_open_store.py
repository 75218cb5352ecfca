"""Which store a URL or a path opens."""

from contextlib import closing
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from graphmem import registry
from graphmem.errors import StoreUnavailableError, UnknownBackendError
from graphmem.graph import open_store
from graphmem.graph.ram.store import RamStore
from tests.conftest import standing_clock


@pytest.mark.parametrize("url", ["{}/m.db", "sqlite:///{}/m.db"])
def test_a_path_and_a_url_name_the_same_file(url: str, tmp_path: Path) -> None:
    with closing(open_store(url.format(tmp_path))):
        assert (tmp_path / "m.db").exists()


def test_a_url_with_three_slashes_may_be_relative(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with closing(open_store("sqlite:///m.db")), closing(open_store("other.db")):
        assert sorted(path.name for path in tmp_path.glob("*.db")) == ["m.db", "other.db"]


def test_ram_is_a_store_of_its_own() -> None:
    assert isinstance(open_store("ram:"), RamStore)


def test_a_scheme_that_nobody_registered_is_refused() -> None:
    with pytest.raises(UnknownBackendError, match="sqlite"):
        open_store("sqlit://m.db")


def test_a_store_that_must_exist_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match="no store"):
        open_store(tmp_path / "m.db", must_exist=True)
    assert list(tmp_path.iterdir()) == []


def test_a_registered_store_is_given_the_clock_and_whether_it_must_exist(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    point = EntryPoint("shelf", "builtins:dict", "graphmem.stores")
    monkeypatch.setattr(registry, "entry_points", lambda **_: [point])
    monkeypatch.setattr(EntryPoint, "load", lambda _: lambda url, **given: (url, given))
    opened = open_store("shelf://here", must_exist=True, clock=standing_clock)
    assert opened == ("shelf://here", {"must_exist": True, "clock": standing_clock})
