"""The bases of a store's scopes, built at once."""

import pytest

from graphmem import Memory
from graphmem.errors import ConfigError
from graphmem.index.build import build_index
from graphmem.retrieve.engine import EngineParts
from graphmem.rules.embed import RuleEncoder


def test_every_scope_gets_a_base_whatever_its_size(tmp_path, monkeypatch):
    path = tmp_path / "memory.db"
    for scope in ("ana", "ben"):
        with Memory.open(path, scope=scope) as memory:
            memory.add(f"{scope} likes plums.", speaker=scope)
    with Memory.open(path, scope="ana") as memory:
        built = build_index(memory.store, RuleEncoder())
        wanted = [hit.to_dict() for hit in memory.search("Who likes plums?")]
    assert [(one.scope, one.notes, one.is_written) for one in built] == [
        ("ana", 1, True),
        ("ben", 1, True),
    ]
    assert all(one.bytes > 0 for one in built)
    monkeypatch.setattr(EngineParts, "of", None)
    with Memory.open(path, scope="ana") as memory:
        assert [hit.to_dict() for hit in memory.search("Who likes plums?")] == wanted


def test_a_store_that_is_no_file_keeps_none():
    with Memory.open("ram:", scope="ana") as memory, pytest.raises(ConfigError, match="in a file"):
        build_index(memory.store, RuleEncoder())
