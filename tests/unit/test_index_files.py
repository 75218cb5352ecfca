"""One writer at a time, whole files only, and nothing left after a removal."""

import stat
import threading

import pytest

from graphmem.errors import StoreUnavailableError
from graphmem.index_files import IndexFiles, remove_index


@pytest.fixture
def files(tmp_path):
    return IndexFiles(tmp_path / "memory.db-index")


def write(files, scope, raw):
    with files.writing(scope) as part:
        part.write_bytes(raw)


def left(files):
    return sorted(path.name for path in files.folder.iterdir() if path.name != "lock")


def test_what_was_written_is_there_for_its_owner_alone(files):
    write(files, "ana", b"one")
    write(files, "ben", b"two")
    write(files, "ana", b"three")
    assert files.path("ana").read_bytes() == b"three"
    assert files.path("ben").read_bytes() == b"two"
    assert stat.S_IMODE(files.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(files.path("ana").stat().st_mode) == 0o600


def test_a_writer_that_fails_leaves_what_was_there(files):
    write(files, "ana", b"one")
    with pytest.raises(ZeroDivisionError), files.writing("ana") as part:
        part.write_bytes(b"half" * (1 // 0))
    assert files.path("ana").read_bytes() == b"one"
    assert left(files) == [files.path("ana").name]


def test_while_one_writes_another_does_not(files):
    with files.writing("ana") as part:
        part.write_bytes(b"one")
        with files.writing("ben") as other:
            assert other is None
    assert files.path("ana").read_bytes() == b"one"
    assert not files.path("ben").exists()


def test_what_a_killed_writer_left_is_in_nobodys_way_and_goes_with_the_next(files):
    write(files, "ana", b"one")
    part = files.path("ana").with_suffix(".part")
    part.write_bytes(b"half")
    write(files, "ana", b"two")
    assert left(files) == [files.path("ana").name]
    part.write_bytes(b"half")
    files.remove()
    assert left(files) == []


def test_a_removal_waits_for_the_writer_and_what_that_wrote_is_not_there_after_it(files):
    began, removed = threading.Event(), threading.Event()

    def remove():
        began.wait()
        files.remove()
        removed.set()

    thread = threading.Thread(target=remove)
    thread.start()
    with files.writing("ana") as part:
        part.write_bytes(b"secret")
        began.set()
        assert not removed.wait(0.2)
    thread.join()
    assert left(files) == []


def test_where_nothing_can_be_written_nobody_writes(tmp_path):
    (tmp_path / "memory.db-index").write_text("a file stands there")
    files = IndexFiles(tmp_path / "memory.db-index")
    with files.writing("ana") as part:
        assert part is None
    files.remove()
    files.forget("ana")
    assert (tmp_path / "memory.db-index").read_text() == "a file stands there"


class Stuck(IndexFiles):
    """A folder that nothing can be removed from."""

    def remove(self):
        raise PermissionError("not yours")


def test_files_that_are_there_go_and_none_is_fine(files):
    remove_index(files)
    files.folder.mkdir()
    files.path("ana").write_bytes(b"secret")
    remove_index(files)
    assert not files.path("ana").exists()


def test_what_cannot_be_removed_is_named_with_the_cure(tmp_path):
    with pytest.raises(StoreUnavailableError, match=r"memory\.db-index may .* store compact"):
        remove_index(Stuck(tmp_path / "memory.db-index"))
