"""A server is asked where it is, anything else in a copy; `$scope` is always the scope."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from graphmem.errors import ConfigError
from graphmem.graph.cypher.answer import Limits
from graphmem.graph.cypher.ask import inspect
from graphmem.memory import Memory
from graphmem.types import ScopeKey

ANA = ScopeKey("ana")
LIMITS = Limits(rows=10, seconds=60)


def asked(url: str, given: Mapping[str, object]) -> list[list[object]]:
    return [list(row) for row in inspect(url, ANA, "RETURN $scope AS s", given, LIMITS).rows]


@pytest.mark.parametrize("scheme", ["neo4j", "bolt", "NEO4J", "bolt+s", "neo4j+ssc"])
def test_the_url_of_a_server_is_asked_there(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("neo4j", reason="needs the extra `neo4j`")
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
    with pytest.raises(ConfigError, match="localhost:1 needs a password"):
        inspect(f"{scheme}://localhost:1", ANA, "RETURN 1", {}, LIMITS)


@pytest.mark.parametrize("url", ["neo4j", "bolt.db", "neo4j/memory.db"])
def test_a_file_named_as_a_server_is_a_file(url: str) -> None:
    pytest.importorskip("arcadedb_embedded", reason="needs the extra `cypher`")
    with pytest.raises(ConfigError, match="a parameter is no text"):
        inspect(url, ANA, "RETURN 1", {"x": object()}, LIMITS)


@pytest.mark.cypher
def test_no_parameter_stands_for_another_scope(tmp_path: Path) -> None:
    pytest.importorskip("arcadedb_embedded", reason="needs the extra `cypher`")
    with Memory.open(tmp_path / "memory.db", scope="ana") as memory:
        memory.add("The harbour is shut.", speaker="Ana")
    assert asked(str(tmp_path / "memory.db"), {"scope": "ben"}) == [["ana"]]
