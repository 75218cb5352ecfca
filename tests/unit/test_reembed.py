"""A store is written again with the vectors of an encoder, opened by its names."""

from pathlib import Path

import pytest

from graphmem import Memory
from graphmem.errors import StoreUnavailableError, UnknownBackendError
from graphmem.reembed import reembed


def test_a_store_is_written_again_and_a_second_time_nothing_is_new(tmp_path: Path) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    with Memory.open(old, scope="lena") as memory:
        memory.add("The ferry to Brodick leaves at noon.", speaker="Lena")
    moved = reembed(str(old), str(new), encoder="rules")
    assert moved.records["note"] > 0
    assert moved.known == 0
    with Memory.open(new, scope="lena", must_exist=True) as memory:
        assert memory.encoder.name.startswith("rules")
        assert memory.search("When does the ferry leave?")[0].note.speaker == "Lena"
    assert reembed(str(old), str(new), encoder="rules").known == moved.records["note"]


def test_an_unknown_encoder_or_store_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnknownBackendError, match="rulez"):
        reembed(str(tmp_path / "old.db"), str(tmp_path / "new.db"), encoder="rulez")
    with pytest.raises(StoreUnavailableError):
        reembed(str(tmp_path / "old.db"), str(tmp_path / "new.db"), encoder="rules")
    assert list(tmp_path.iterdir()) == []
