"""`graphmem store salvage`: what a damaged store still holds comes back, the rest is derived."""

from contextlib import closing
from pathlib import Path

import pytest

from graphmem.cli.salvage import salvage
from graphmem.errors import ConfigError, GraphmemError
from graphmem.graph import dump
from graphmem.graph.transfer.examine import examine
from graphmem.memory import Memory
from graphmem.registry import open_store
from graphmem.testing import standing_clock

PAGE = 8_192


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "memory.db"
    with Memory.open(made, scope="ilse", clock=standing_clock) as memory:
        for i in range(150):
            said = f"Ilse counted {i} herons at Skagen. " + "The wind came from the west. " * 8
            memory.add(said, speaker="Ilse", session=f"walk {i // 30}", said_at=standing_clock())
        notes = [n for n in memory.store.scan("note", memory.scope.key) if n.kind == "turn"]
        memory.delete(notes[0].id)
    return made


def dumped(path: Path) -> list[str]:
    with closing(open_store(path, must_exist=True)) as store:
        assert examine(store, full=True) == []
        return list(dump(store))


def test_a_sound_store_comes_back_whole(path: Path, tmp_path: Path) -> None:
    salvage(tmp_path / "new.db", store=str(path))
    assert dumped(tmp_path / "new.db") == dumped(path)


def test_what_stands_on_lost_pages_is_lost_and_the_rest_is_derived_again(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = bytearray(path.read_bytes())
    pages = [n for n in range(len(raw) // PAGE) if raw[n * PAGE : (n + 1) * PAGE].count(b"Ilse")]
    for page in pages[::3]:
        raw[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    path.write_bytes(raw)
    with pytest.raises(GraphmemError, match="salvage"), closing(open_store(path)) as store:
        list(dump(store))
    salvage(tmp_path / "new.db", store=str(path))
    kept = [line for line in dumped(tmp_path / "new.db") if line.startswith('{"kind":"episode"')]
    assert 0 < len(kept) < 149
    lost = int(capsys.readouterr().out.split(" episodes saved, ")[1].split(" lost")[0])
    assert 0 < lost <= 149 - len(kept)


def test_a_store_whose_end_was_cut_off_gives_what_is_before(path: Path, tmp_path: Path) -> None:
    path.write_bytes(path.read_bytes()[: -3 * PAGE])
    salvage(tmp_path / "new.db", store=str(path))
    assert len(dumped(tmp_path / "new.db")) > 100


def test_a_file_that_is_there_and_a_store_that_is_not_are_refused(
    path: Path, tmp_path: Path
) -> None:
    before = path.read_bytes()
    with pytest.raises(ConfigError, match="there already"):
        salvage(path, store=str(path))
    assert path.read_bytes() == before
    with pytest.raises(GraphmemError, match="no store"):
        salvage(tmp_path / "new.db", store=str(tmp_path / "nothing.db"))
