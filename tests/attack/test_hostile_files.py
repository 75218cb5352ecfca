"""Files that are damaged, or made to hurt: each ends in turns and problems, in little memory.

GRAPHMEM_ATTACKS=2000 python -m pytest tests/attack/test_hostile_files.py
"""

import json
import random
import subprocess
import sys
from pathlib import Path

from tests.attack.amount import attacks
from tests.conftest import SAMPLES

MEGABYTES = 500
SECONDS = 20
"""Of processor time that one file of at most a megabyte may take."""

JUNK: tuple[object, ...] = (
    None, True, -1, 2**63, 2**70, -(2**70), 10**300, 1e308, -0.0, "", " ", "\0", "\ud800",
    "a" * 5000, [], {}, [[]], [None], {"": ""}, "2024-02-30", "9999-12-31T23:59:59Z",
    "0001-01-01", "24:61", 1714557780, 1714557780123456789, "[red]", "\x1b[2J", "=1+1", "../../x",
    "D1:1", "🙂" * 300,
    "1" * 5000, {"text": {"text": ["x"]}}, ["x", {"text": "y"}, 3], "“" * 3000, "to " * 3000,
)  # fmt: skip
KEYS = (
    "text", "content", "message", "speaker", "role", "from", "session", "said_at", "timestamp",
    "date", "time", "id", "position", "mapping", "messages", "conversation", "session_1", "parts",
    "dia_id", "title", "parent", "current_node", "author", "metadata", "data", "kwargs", "lc",
    "type",
)  # fmt: skip
LINES = (
    "Ana: hi", "[10:03] Ben: yes", "[99:99] Ben: no", "# Session 1 - 2024-05-01", "== x ==", "---",
    "title: x", "```", "    code", "01/05/2024, 10:03 - Ana: x", "- [ ] to do",
    "Session 4: 8 May 2024",
    "=" * 40, ":::", "[[[[", "a: " * 400, "\ufeff", "\u200e[1.5.24, 10:03] Ana: x", "x" * 20000,
    "\t", "",
)  # fmt: skip

PROGRAM = """
import json, resource, sys, time, traceback
from pathlib import Path
from graphmem.errors import GraphmemError
from graphmem.memory import Memory
def peak():
    status = Path("/proc/self/status")
    if status.is_file():  # its own memory: ru_maxrss counts that of the process it was forked from
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, 3 * 2**30))
for path in sorted(Path(sys.argv[1]).iterdir()):
    began, wrong = time.process_time(), None
    try:
        with Memory.open("ram:", scope="ana") as memory:
            memory.ingest(path)
            memory.ingest(path)
    except GraphmemError as error:
        wrong = f"refused whole: {error}"
    except BaseException:
        wrong = traceback.format_exc(limit=-3)
    took = time.process_time() - began
    print(json.dumps([path.name, wrong, took, peak()]), flush=True)
"""


def value(dice: random.Random, depth: int = 0) -> object:
    """Any JSON value, the keys of formats among its keys."""
    if depth > 4 or dice.random() < 0.5:
        return dice.choice(JUNK)
    if dice.random() < 0.4:
        return [value(dice, depth + 1) for _ in range(dice.randint(0, 4))]
    return {dice.choice(KEYS): value(dice, depth + 1) for _ in range(dice.randint(0, 6))}


def as_json(dice: random.Random, parsed: object) -> str:
    text = json.dumps(parsed, ensure_ascii=dice.random() < 0.5)
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def invented(dice: random.Random) -> tuple[str, bytes]:
    """A file of one of the formats, with what no program would write."""
    if dice.random() < 0.3:
        kinds = ("txt", "md", "rst", "log")
        lines = [dice.choice(LINES) for _ in range(dice.randint(1, 60))]
        return dice.choice(kinds), "\n".join(lines).encode()
    if dice.random() < 0.5:
        lines = [as_json(dice, value(dice)) for _ in range(dice.randint(1, 12))]
        return "jsonl", "\n".join(lines).encode("utf-8", "replace")
    shape = dice.choice(("{}", "[{},{}]", '{{"messages":[{},{}]}}', '[{{"mapping":{{"a":{}}}}}]'))
    return "json", shape.format(*(as_json(dice, value(dice)) for _ in range(2))).encode()


def damaged(dice: random.Random, files: list[Path]) -> tuple[str, bytes]:
    """A sample with bytes changed, cut, repeated or nested."""
    file = dice.choice(files)
    raw = bytearray(file.read_bytes()[: dice.choice((500, 5_000, 50_000))])
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(raw) + 1)
        what = dice.randrange(5)
        if what == 0:
            raw[at:at] = dice.choice(
                (b"\0", b"\xff", b'"', b"\\", b"{", b"]", b"\n", b"\xed\xa0\x80")
            )
        elif what == 1:
            del raw[at : at + dice.choice((1, 50, 5000))]
        elif what == 2:
            raw[at:at] = dice.choice((b"[", b'{"a":', b"9", b"(", b"e\xcc\x81")) * dice.choice(
                (3, 9000)
            )
        elif what == 3:
            raw[at : at + 1] = bytes([dice.randrange(256)])
        else:
            raw[at:at] = raw[at // 2 : at // 2 + dice.choice((20, 2000))]
    return file.suffix.lstrip(".") or "txt", bytes(raw)


def test_every_hostile_file_ends_in_problems_in_little_time_and_memory(tmp_path: Path) -> None:
    samples = [path for path in sorted(SAMPLES.rglob("*")) if path.is_file()]
    many = attacks(60)
    for seed in range(many):
        dice = random.Random(seed)
        suffix, raw = invented(dice) if dice.random() < 0.5 else damaged(dice, samples)
        (tmp_path / f"{seed:06}.{suffix}").write_bytes(raw)
    command = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == many, done.stderr[-2000:]
    assert [row for row in found if row[1]] == []
    assert max(row[2] for row in found) < SECONDS
    assert max(row[3] for row in found) < MEGABYTES
