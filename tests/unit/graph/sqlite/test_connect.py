"""How a file is opened: whose it is, where it may only be read, and what its name may be."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest

from graphmem.batches import Batch
from graphmem.errors import GraphmemError, StoreUnavailableError
from graphmem.graph.sqlite.connect import memories_beside
from graphmem.graph.sqlite.file import SqliteFile
from graphmem.graph.sqlite.store import SqliteStore
from graphmem.testing.records import ANA, ENCODER, batch_of, turn
from tests.unit.graph.sqlite.older import everything, expected, made_by_version7


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "memory.db"
    with closing(SqliteStore(made)) as store:
        store.set_encoder(ENCODER)
        store.write(batch_of(turn(0), turn(1)))
    return made


@pytest.fixture
def public() -> Iterator[Path]:
    """A store that everybody may read, in a folder that its owner alone may write."""
    with TemporaryDirectory() as folder:
        made = Path(folder) / "memory.db"
        with closing(SqliteStore(made)) as store:
            store.set_encoder(ENCODER)
            store.write(batch_of(turn(0), turn(1)))
        made.chmod(0o644)
        Path(folder).chmod(0o755 if os.getuid() == 0 else 0o555)
        yield made
        Path(folder).chmod(0o755)


def reader_sees(act: Callable[[], object]) -> str:
    """Run something in a child process that may only read what is public; return what it says."""
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        if os.getuid() == 0:
            os.setgid(65_534)
            os.setuid(65_534)
        try:
            said = str(act())
        except GraphmemError as error:
            said = f"{type(error).__name__}: {error}"
        finally:
            os.write(send, said.encode())
            os._exit(0)
    os.close(send)
    with os.fdopen(receive) as pipe:
        heard = pipe.read()
    os.waitpid(child, 0)
    return heard


def test_a_file_of_an_older_version_is_read_where_it_may_not_be_written(tmp_path: Path) -> None:
    with TemporaryDirectory() as folder:
        old = made_by_version7(Path(folder) / "memory.db", "talk")
        old.chmod(0o644)
        Path(folder).chmod(0o755 if os.getuid() == 0 else 0o555)
        before = old.read_bytes()

        def read_and_write() -> str:
            with closing(SqliteStore(old)) as store:
                is_same = list(everything(store)) == expected("talk")
                with pytest.raises(StoreUnavailableError):
                    store.write(Batch(scope=ANA))
                return f"{is_same}, then refused"

        assert reader_sees(read_and_write) == "True, then refused"
        Path(folder).chmod(0o755)
        assert [one.name for one in Path(folder).iterdir()] == ["memory.db"]
        assert old.read_bytes() == before


def episodes(path: Path) -> int:
    with closing(SqliteStore(path)) as store:
        return store.stats(ANA)["episode"]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_store_and_its_log_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with closing(SqliteStore(tmp_path / "memory.db")) as store:
            store.set_encoder(ENCODER)
            found = {part.name: mode(part) for part in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert set(found) == {"memory.db", "memory.db-wal", "memory.db-shm"}
    assert set(found.values()) == {0o600}


def test_a_store_that_is_there_keeps_the_rights_its_owner_gave_it(path: Path) -> None:
    path.chmod(0o640)
    with closing(SqliteStore(path)) as store:
        store.write(batch_of(turn(2)))
    assert mode(path) == 0o640


def test_after_each_write_the_file_alone_holds_everything(path: Path, tmp_path: Path) -> None:
    with closing(SqliteStore(path)) as store:
        store.write(batch_of(turn(2), turn(3)))
        shutil.copy(path, tmp_path / "copy.db")
    with closing(SqliteStore(tmp_path / "copy.db")) as copy:
        assert copy.stats(ANA)["episode"] == 4


def test_a_file_whose_log_is_empty_is_read_where_no_log_can_be_made(public: Path) -> None:
    assert reader_sees(lambda: episodes(public)) == "2"


def test_a_file_whose_log_holds_writes_is_refused_where_it_cannot_be_read(public: Path) -> None:
    public.with_name("memory.db-wal").write_bytes(b"\0" * 9_000)
    said = reader_sees(lambda: episodes(public))
    assert said.startswith("StoreUnavailableError: ")
    assert "copy both files to a folder that you may write" in said


def test_a_reader_without_a_log_sees_what_was_written_since(public: Path) -> None:
    newer = public.read_bytes()
    with closing(SqliteStore(public)) as store:
        store.write(batch_of(turn(2)))
    older, newer = newer, public.read_bytes()
    public.write_bytes(older)
    ask, answer = os.pipe(), os.pipe()

    def twice() -> str:
        with closing(SqliteStore(public)) as store:
            first = store.stats(ANA)["episode"]
            os.write(answer[1], b"!")
            os.read(ask[0], 1)
            return f"{first}, then {store.stats(ANA)['episode']}"

    def write_meanwhile() -> None:
        os.read(answer[0], 1)
        public.write_bytes(newer)
        os.write(ask[1], b"!")

    writer = Thread(target=write_meanwhile)
    writer.start()
    assert reader_sees(twice) == "2, then 3"
    writer.join()


def test_what_is_written_while_it_is_read_is_refused_not_mixed(public: Path) -> None:
    def read_in_two_steps() -> None:
        with closing(SqliteFile(public, busy_seconds=0.05)) as file, file.reading() as db:
            db.execute("SELECT count(*) FROM note").fetchone()
            os.write(answer[1], b"!")
            os.read(ask[0], 1)

    def write_meanwhile() -> None:
        os.read(answer[0], 1)
        os.utime(public, ns=(1, 1))
        os.write(ask[1], b"!")

    ask, answer = os.pipe(), os.pipe()
    writer = Thread(target=write_meanwhile)
    writer.start()
    assert "was written while it was read; try again" in reader_sees(read_in_two_steps)
    writer.join()


@pytest.mark.parametrize(
    "name", [b"caf\xe9.db", "日本.db".encode(), b"a?b#c%20d.db", b"new\nline.db"]
)
def test_a_store_may_have_any_name_that_a_file_may_have(tmp_path: Path, name: bytes) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    with closing(SqliteStore(path)) as store:
        store.set_encoder(ENCODER)
        store.write(batch_of(turn(0)))
    assert path.stat().st_size > 0
    with closing(SqliteStore(path)) as store:
        assert store.stats(ANA)["episode"] == 1


def test_what_can_be_no_store_is_refused_in_one_line(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StoreUnavailableError, match="no regular file"):
        SqliteStore(tmp_path / "pipe")
    for name in ("a\0b", "x" * 5_000):
        with pytest.raises(StoreUnavailableError, match="cannot be opened"):
            SqliteStore(tmp_path / name)


def test_a_memory_that_is_not_there_is_named_with_those_beside_it(path: Path) -> None:
    (path.parent / "other.db").write_bytes(b"SQLite format 3\0" + bytes(84))
    (path.parent / "notes.txt").write_text("no memory")
    (path.parent / "folder.db").mkdir()
    assert memories_beside(path.parent / "memry.db") == ["memory.db"]
    assert memories_beside(path.parent / "nowhere" / "memory.db") == []
