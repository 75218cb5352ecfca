"""Hostile JSON: too deep, too many digits; stopped in pieces of any size, in flat memory."""

import io
import json
import subprocess
import sys
from pathlib import Path

import ijson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.ingest.reading.json_guard import (
    DEEPEST_JSON,
    LONGEST_NUMBER,
    LONGEST_STRING,
    GuardedJson,
)
from tests.unit.ingest.read_file import read

VALUES = st.recursive(
    st.none() | st.booleans() | st.text() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


def guarded(raw: bytes, size: int) -> bytes:
    stream = GuardedJson(io.BytesIO(raw))
    return b"".join(iter(lambda: stream.read(size), b""))


@given(VALUES, st.integers(1, 40), st.booleans())
def test_what_is_no_danger_passes_unchanged(value: object, size: int, ascii: bool) -> None:
    raw = json.dumps(value, ensure_ascii=ascii).encode("utf-8", "replace")
    assert guarded(raw, size) == raw


@pytest.mark.parametrize("size", [1, 7, 1000, 100_000])
def test_brackets_and_digits_inside_strings_are_text(size: int) -> None:
    raw = json.dumps(["[" * 2000 + '\\"{' * 900, "7" * 9000, {"{": "]"}]).encode()
    assert guarded(raw, size) == raw


@pytest.mark.parametrize("size", [1, 7, 1000, 100_000])
@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"[" * (DEEPEST_JSON + 1), "nested"),
        (b'{"a":' * (DEEPEST_JSON + 1), "nested"),
        (b'["\\\\",' + b"[" * DEEPEST_JSON, "nested"),
        (b'[1, "x", ' + b"4" * (LONGEST_NUMBER + 1) + b"]", "digits"),
        (b"[-0." + b"4" * (LONGEST_NUMBER + 1), "digits"),
    ],
)
def test_what_is_too_deep_or_too_long_is_refused(raw: bytes, why: str, size: int) -> None:
    with pytest.raises(ijson.JSONError, match=why):
        guarded(raw, size)


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_what_is_just_deep_enough_passes(size: int) -> None:
    raw = b"[" * DEEPEST_JSON + b"]" * DEEPEST_JSON + b"," + b"4" * LONGEST_NUMBER
    assert guarded(raw, size) == raw


def test_long_whole_numbers_in_a_list_are_kept_and_end_nothing(tmp_path: Path) -> None:
    file = tmp_path / "list.json"
    file.write_text('[{"text": "one", "n": 36893488147419103232}, {"text": "two", "x": -2.5e-3}]')
    turns, problems = read(file)
    assert [turn.text for turn in turns] == ["one", "two"]
    assert turns[0].metadata["n"] == "36893488147419103232"
    assert turns[1].metadata["x"] == -0.0025
    assert not any(problem.skipped for problem in problems)


HOSTILE = {
    "lists": "[" * 200_000 + "]" * 200_000,
    "objects": '{"a":' * 200_000 + "1" + "}" * 200_000,
    "a turn that is deep": '[{"text": "hi", "n": ' + "[" * 90_000 + "]" * 90_000 + "}]",
    "messages": '{"messages": [{"role": "user", "content": "hi", "n": ' + "[" * 90_000,
    "digits": '[{"text": "hi", "n": ' + "9" * 100_000 + "}]",
    "digits in messages": '{"messages": [{"role": "user", "content": "a", "n": ' + "9" * 5_000,
}
PROGRAM = """
import resource, sys
from pathlib import Path
from graphmem.ingest import read_source
resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
for item in read_source(Path(sys.argv[1])):
    print(item.message)
# On Linux ru_maxrss also counts the process that started this one, so ask for this one's alone.
status = Path("/proc/self/status")
peak = (
    status.read_text().partition("VmHWM:")[2].split()[0]
    if status.is_file()
    else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
)
print(int(peak) // 1024)
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_one_line_and_little_memory(name: str, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text(HOSTILE[name])
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "bad.json")]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-500:]
    message, megabytes = done.stdout.splitlines()
    assert "nested too deeply" in message or "digits" in message
    assert int(megabytes) < 200


def test_of_a_long_string_more_and_more_is_read_at_once() -> None:
    raw = b'["' + b"rye " * 1_000_000 + b'", "' + b"x" * 500 + b'"]'
    stream, sizes = GuardedJson(io.BytesIO(raw)), list[int]()
    while piece := stream.read(10_000):
        sizes.append(len(piece))
    assert sum(sizes) == len(raw)
    assert len(sizes) < 20
    assert GuardedJson(io.BytesIO(raw[-510:])).read(10) == raw[-510:-500]


def test_a_string_that_would_fill_the_memory_is_broken_json(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with path.open("w") as out:
        out.write('[{"speaker": "Mia", "text": "Salt?"}, {"text": "')
        out.writelines("rye and oats " * 100_000 for _ in range(LONGEST_STRING // 1_000_000))
        out.write('"}]')
    turns, problems = read(path)
    assert [turn.text for turn in turns] == ["Salt?"]
    (problem,) = problems
    assert "a string of over 33,554,432 bytes" in problem.message
