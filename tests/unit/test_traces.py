"""What of erased texts still stands in the bytes of files."""

from pathlib import Path

import pytest

from graphmem.traces import LEAST, PIECE, traces

ERASED = (
    "Sigrid told me in Molde that the “blue” boat, the one from Ålesund,\nwas never hers at all."
)
KEPT = "Ole told me in Molde that the “blue” boat is his."


def found(tmp_path: Path, data: bytes, *kept: str, erased: str = ERASED) -> bool:
    path = tmp_path / "memory.db"
    path.write_bytes(data)
    return list(traces({erased}, kept, [path, tmp_path / "gone"])) == [path]


@pytest.mark.parametrize("start", range(0, len(ERASED) - 2 * PIECE, 7))
def test_any_part_of_a_text_that_is_long_enough_is_found_wherever_it_is_from(
    tmp_path: Path, start: int
) -> None:
    part = ERASED[start : start + 2 * PIECE].encode()
    assert found(tmp_path, b"\0" * 1000 + part + b"\xff" * 9)


def test_it_is_found_inside_json_as_well(tmp_path: Path) -> None:
    assert found(tmp_path, b'{"before":"the one from \\u00c5lesund,\\nwas never hers at"}')


def test_what_a_kept_text_holds_too_is_no_trace_of_an_erased_one(tmp_path: Path) -> None:
    assert found(tmp_path, KEPT.encode())
    assert not found(tmp_path, KEPT.encode(), KEPT)
    assert found(tmp_path, KEPT.encode() + ERASED[40:].encode(), KEPT)


def test_a_short_text_is_looked_for_whole_and_one_too_short_to_tell_not_at_all(
    tmp_path: Path,
) -> None:
    short, shorter = "Good night, Eva!", "x" * (LEAST - 1)
    assert found(tmp_path, b"..." + short.encode(), erased=short)
    assert not found(tmp_path, b"..." + short[:-1].encode(), erased=short)
    assert not found(tmp_path, shorter.encode(), erased=shorter)


def test_a_piece_across_two_blocks_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graphmem.traces._BLOCK", 100)
    for gap in range(60, 110, 9):
        assert found(tmp_path, b"-" * gap + ERASED[: 2 * PIECE].encode() + b"-" * 200)
    assert not found(tmp_path, b"-" * 500)
