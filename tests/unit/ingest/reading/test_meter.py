"""Bytes read: each file once, archives by what comes out of them."""

import zipfile
from pathlib import Path

import pytest

from graphmem.ingest.formats.sources import read_source
from graphmem.ingest.reading.meter import Meter, bytes_in


def test_a_file_that_is_read_twice_counts_once(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 10)
    meter = Meter(30)
    with meter.counting(tmp_path / "a"):
        for position in (4, 10, 2, 7):
            meter.at(position)
        assert meter.done == 7
    assert meter.done == 10


def test_what_is_in_an_archive_counts_unpacked_and_what_was_passed_over_too(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "x" * 1_000)
        archive.writestr("b.bin", "x" * 500)
    assert bytes_in([tmp_path]) == 1_500
    meter = Meter(1_500)
    list(read_source(tmp_path / "a.zip", meter=meter))
    assert meter.done == 1_500


def test_hidden_files_and_files_that_are_not_there_count_nothing(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_bytes(b"x")
    assert bytes_in([tmp_path, tmp_path / "nowhere"]) == 0


ONE, TWO = '{"text": "one"}', '{"text": "two"}'
FILES = {
    "a.jsonl": f"{ONE}\n" * 9_000,
    "b.json": f"[{ONE}{f', {TWO}' * 9_000}]",
    "c.md": "word word.\n\n" * 9_000,
}


@pytest.mark.parametrize("name", FILES)
def test_every_way_of_reading_says_how_far_it_is(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(FILES[name])
    size = len(FILES[name])
    meter = Meter(size)
    seen = [meter.done for _ in read_source(tmp_path / name, meter=meter)]
    assert seen == sorted(seen)
    assert 0 < seen[len(seen) // 2] < size
    assert meter.done == size
