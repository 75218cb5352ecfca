"""What a search derives of a memory on a server is kept by the client, for its next process."""

import logging
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from graphmem import Memory
from graphmem.contracts import utc_now
from graphmem.graph.neo4j import snapshot
from graphmem.graph.neo4j.store import Neo4jStore
from graphmem.graph.snapshot.columns import Columns
from graphmem.index import bases
from graphmem.retrieve.engine import EngineParts
from tests.neo4j.servers import cypher, empty_store, server

pytestmark = pytest.mark.neo4j
SECRET = "The ferry safe opens with quillback."
QUESTION = "What opens the ferry safe?"


@pytest.fixture(autouse=True)
def _small_memories_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bases, "FEWEST_NOTES", 1)


def client(folder: Path) -> Neo4jStore:
    """Open the server's memory as a client with a cache folder of its own."""
    one = server()
    return Neo4jStore(one.uri, environment={**one.environment, "XDG_CACHE_HOME": str(folder)})


def opened(folder: Path, *, scope: str = "nadia", index: str = "disk") -> Memory:
    return Memory.open(client(folder), scope=scope, encoder="rules", index=index)


def asked(folder: Path, **options: str) -> list[dict[str, Any]]:
    """Search as a process would that has just started."""
    with closing(opened(folder, **options)) as memory:
        return [hit.to_dict() for hit in memory.search(QUESTION, k=5)]


def kept(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.base"))


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A client's cache folder, with the index of a memory in it."""
    empty_store(clock=utc_now).close()
    with closing(opened(tmp_path, index="memory")) as memory:
        for i in range(12):
            memory.add(f"Nadia tied boat {i} to the quay.", speaker="Nadia", session=f"s{i // 4}")
        memory.add(SECRET, speaker="Nadia", session="s1")
    asked(tmp_path)
    return tmp_path


def warned(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name.endswith("bases")]


def test_a_fresh_process_reads_no_note_for_it_from_an_unchanged_server(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = asked(cache, index="memory")
    assert len(kept(cache)) == 1
    monkeypatch.setattr(EngineParts, "of", None)
    monkeypatch.setattr(snapshot, "block_of", None)
    assert asked(cache) == wanted
    assert wanted[0]["text"] == SECRET


def test_what_others_wrote_is_read_alone_and_the_index_is_brought_forward(
    cache: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    (file,) = kept(cache)
    before = file.read_bytes()
    with closing(opened(tmp_path_factory.mktemp("other"))) as other:
        other.add("The ferry safe was sold to a museum.", speaker="Nadia", session="s2")
    read: list[int] = []
    block_of = snapshot.block_of

    def watched(run: Any, at: Any, *more: Any) -> Columns:
        read.append(len(at))
        return block_of(run, at, *more)

    monkeypatch.setattr(snapshot, "block_of", watched)
    found = asked(cache)
    assert read == [1]
    assert found == asked(cache, index="memory")
    assert file.read_bytes() != before
    assert warned(caplog) == []


def test_what_this_client_deletes_is_in_no_file_when_it_returns(cache: Path) -> None:
    with closing(opened(cache)) as memory:
        (hit, *_) = memory.search(QUESTION, k=1)
        assert kept(cache)
        memory.delete(hit.note.origins[0])
        assert kept(cache) == []
        assert SECRET not in {one.note.text for one in memory.search(QUESTION, k=5)}
    assert all(b"quillback" not in file.read_bytes() for file in kept(cache))


def test_what_another_client_deleted_goes_with_the_next_search(
    cache: Path, tmp_path_factory: pytest.TempPathFactory, caplog: pytest.LogCaptureFixture
) -> None:
    assert any(b"quillback" in file.read_bytes() for file in kept(cache))
    with closing(opened(tmp_path_factory.mktemp("other"))) as other:
        (hit, *_) = other.search(QUESTION, k=1)
        other.delete(hit.note.origins[0])
    with caplog.at_level(logging.WARNING):
        found = asked(cache)
    assert SECRET not in {one["text"] for one in found}
    (line,) = warned(caplog)
    assert "is made anew: it is of another state of the store" in line
    assert all(b"quillback" not in file.read_bytes() for file in kept(cache))


def test_a_process_that_goes_on_rewrites_it_after_another_client_deleted(
    cache: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with closing(opened(cache)) as memory:
        memory.search(QUESTION)
        with closing(opened(tmp_path_factory.mktemp("other"))) as other:
            (hit, *_) = other.search(QUESTION, k=1)
            other.delete(hit.note.origins[0])
        memory.search(QUESTION)
        assert kept(cache)
        assert all(b"quillback" not in file.read_bytes() for file in kept(cache))


def test_a_server_that_was_put_back_and_written_on_is_told_from_what_it_was(
    cache: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(client(cache)) as store:
        cypher(store, "MATCH (s:Scope {key: 'nadia'}) SET s.states = ['another'] + s.states[1..]")
    with caplog.at_level(logging.WARNING):
        found = asked(cache)
    assert len(warned(caplog)) == 1
    assert found == asked(cache, index="memory")


def test_a_scope_is_never_answered_from_anothers_index(cache: Path) -> None:
    (file,) = kept(cache)
    assert asked(cache, scope="omar") == []
    with closing(client(cache)) as store:
        store.index_files.path("omar").write_bytes(file.read_bytes())
    assert asked(cache, scope="omar") == []
    assert kept(cache) == [file]


def test_compacting_removes_it(cache: Path) -> None:
    with closing(client(cache)) as store:
        store.compact()
    assert kept(cache) == []
