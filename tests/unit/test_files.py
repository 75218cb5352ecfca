"""A file is there whole or not at all, and nobody else's is replaced."""

import os
import signal
import stat
import threading
import time
from pathlib import Path

import pytest

from graphmem.errors import ConfigError
from graphmem.files import alone_with, new_file, new_path


def test_a_file_takes_its_name_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    with new_file(path) as out:
        out.write(b"whole")
        assert not path.exists()
    assert path.read_bytes() == b"whole"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_nothing_and_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_bytes(b"before")

    def fail() -> None:
        with new_file(path, force=True) as out:
            out.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_there_is_replaced_on_demand_only(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_bytes(b"a letter")
    with pytest.raises(ConfigError, match="--force"), new_file(path):
        pass
    assert path.read_bytes() == b"a letter"
    with new_file(path, force=True) as out:
        out.write(b"ours: 1")
    with new_file(path, is_ours=lambda begins: begins.startswith(b"ours:")) as out:
        out.write(b"ours: 2")
    assert path.read_bytes() == b"ours: 2"


def test_a_database_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    path.write_bytes(b"SQLite format 3\0" + bytes(100))
    with pytest.raises(ConfigError, match="never replaced"), new_file(path, force=True):
        pass


def test_no_link_is_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"precious")
    link.symlink_to(target)
    with pytest.raises(ConfigError, match="no regular file"), new_file(link, force=True):
        pass
    assert target.read_bytes() == b"precious"


def test_a_file_that_appears_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    with pytest.raises(ConfigError, match="there already"), new_file(path):
        path.write_bytes(b"theirs")
    assert path.read_bytes() == b"theirs"


def test_what_a_killed_writer_left_goes_with_the_next_one(tmp_path: Path) -> None:
    path = tmp_path / "out[1].txt"
    child = os.fork()
    if child == 0:
        with new_path(path) as part:
            part.write_bytes(b"half")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    (abandoned,) = tmp_path.iterdir()
    assert abandoned.read_bytes() == b"half"
    with new_file(path) as out:
        assert not abandoned.exists()
        out.write(b"whole")
    assert list(tmp_path.iterdir()) == [path]


def test_two_writers_of_one_file_leave_each_other_alone(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    with new_file(path, force=True) as first:
        with new_file(path, force=True) as second:
            second.write(b"second")
        first.write(b"first")
    assert path.read_bytes() == b"first"


def test_only_one_is_alone_with_a_path_and_the_others_wait(tmp_path: Path) -> None:
    path, inside, most = tmp_path / "tokens.json", [], []

    def enter() -> None:
        with alone_with(path):
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.01)
            inside.pop()

    crew = [threading.Thread(target=enter) for _ in range(8)]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    assert most == [1] * 8
    assert not path.exists()


def test_where_there_is_no_folder_nobody_waits(tmp_path: Path) -> None:
    with alone_with(tmp_path / "none" / "tokens.json"):
        pass
    assert not (tmp_path / "none").exists()
