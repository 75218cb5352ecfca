"""A watched folder: each arrival is told once, and only when it is whole."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graphmem.errors import InputError
from graphmem.ingest.inbox import Inbox

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)


def put(root: Path, name: str, text: str, at: datetime) -> None:
    path = root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    os.utime(path, times=(at.timestamp(),) * 2)


def test_what_is_there_is_told_once(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "one", NOON)
    put(tmp_path, "deep/b.txt", "two", NOON)
    inbox = Inbox(tmp_path)
    later = NOON + timedelta(minutes=1)
    assert inbox.arrived(later) == ("a.txt", "deep/b.txt")
    assert inbox.arrived(later) == ()


def test_a_file_that_came_or_changed_is_told_again(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "one", NOON)
    put(tmp_path, "b.txt", "two", NOON)
    inbox = Inbox(tmp_path)
    inbox.arrived(NOON + timedelta(minutes=1))
    put(tmp_path, "b.txt", "two and more", NOON + timedelta(minutes=2))
    put(tmp_path, "c.txt", "three", NOON + timedelta(minutes=2))
    assert inbox.arrived(NOON + timedelta(minutes=3)) == ("b.txt", "c.txt")


def test_a_file_that_grows_is_told_when_it_is_whole(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path, settles=timedelta(seconds=5))
    put(tmp_path, "a.txt", "half", NOON)
    assert inbox.arrived(NOON + timedelta(seconds=2)) == ()
    put(tmp_path, "a.txt", "half and half", NOON + timedelta(seconds=4))
    assert inbox.arrived(NOON + timedelta(seconds=6)) == ()
    assert inbox.arrived(NOON + timedelta(seconds=10)) == ("a.txt",)
    assert inbox.arrived(NOON + timedelta(seconds=11)) == ()


def test_a_file_that_was_known_and_grows_is_told_once_when_whole(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    put(tmp_path, "a.txt", "half", NOON)
    assert inbox.arrived(NOON + timedelta(seconds=20)) == ("a.txt",)
    put(tmp_path, "a.txt", "whole", NOON + timedelta(seconds=30))
    assert inbox.arrived(NOON + timedelta(seconds=31)) == ()
    assert inbox.arrived(NOON + timedelta(seconds=40)) == ("a.txt",)


def test_a_file_that_went_away_and_came_back_is_told_again(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path, pattern="*.txt")
    put(tmp_path, "a.txt", "one", NOON)
    later = NOON + timedelta(minutes=1)
    assert inbox.arrived(later) == ("a.txt",)
    (tmp_path / "a.txt").unlink()
    assert inbox.arrived(later) == ()
    put(tmp_path, "a.txt", "one", NOON)
    assert inbox.arrived(later) == ("a.txt",)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="inbox is no folder"):
        Inbox(tmp_path / "inbox").arrived(NOON)
