"""How fast files come in, and in how much memory.

    python -m bench.reading
    python -m bench.reading --megabytes 20 --turns 2000 --files 500

Prints JSON lines, by seconds of the processor, so that other work on the machine counts little:
megabytes a second of reading alone, nothing written, for a chat, JSON lines, one JSON list and
Markdown, of turns of 90 characters and of 1 kB; turns and megabytes a second end to end with the
default encoder, for turns of 90 characters and of 3 kB; the seconds of many small files; and the
resident memory that JSON lines of 300 MB (`--large`) need, read in a process of their own.
Everything is invented, from a seed.
"""

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.harness import parser, report
from bench.invented import invented_turns
from graphmem import Memory
from graphmem.ingest import read_source
from graphmem.receipts import Receipt

MEGABYTE = 1_000_000
WORDS = (
    "harbour soup lantern orchard ticket violin garden letter bridge winter cousin kitchen "
    "ladder market river candle blanket engine window basket tailor pepper"
).split()
READ_ALONE = (
    "import resource, sys; from pathlib import Path; from graphmem.ingest import read_source; "
    "n = sum(1 for _ in read_source(Path(sys.argv[1]))); "
    "print(n, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
)


def main() -> None:
    """Write files, read them, print."""
    command = parser(__doc__)
    command.add_argument("--megabytes", type=int, default=20, help="of each file read alone")
    command.add_argument("--turns", type=int, default=4_000)
    command.add_argument("--files", type=int, default=5_000)
    command.add_argument("--large", type=int, default=300, help="megabytes of the largest file")
    given = command.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        for size in (90, 1_000):
            _print_alone(folder, given.megabytes * MEGABYTE, size)
        _print_end_to_end(folder, given.turns)
        _print_small_files(folder, given.files)
        _print_memory(folder, given.large * MEGABYTE)


def _said(chance: random.Random, size: int) -> str:
    """Return about `size` characters of sentences."""
    words: list[str] = []
    length = 0
    while length < size:
        word = chance.choice(WORDS)
        words.append(f"{word}." if len(words) % 9 == 8 else word)
        length += len(word) + 1
    return " ".join(words)


def _lines(chance: random.Random, size: int) -> Iterator[dict[str, str]]:
    """Yield turns without end, eight people in sessions of fifty."""
    number = 0
    while True:
        yield {
            "session": f"s{number // 50}",
            "speaker": f"Person{number % 8}",
            "said_at": f"2024-{1 + number // 1440 % 12:02}-{1 + number // 60 % 28:02}"
            f"T{number % 24:02}:{number % 60:02}:00Z",
            "text": _said(chance, size),
        }
        number += 1


def _as_jsonl(turn: dict[str, str]) -> str:
    return json.dumps(turn) + "\n"


def _as_element(turn: dict[str, str]) -> str:
    return json.dumps(turn) + ",\n"


def _as_chat(turn: dict[str, str]) -> str:
    day, clock = turn["said_at"][:10], turn["said_at"][11:16]
    return f"[{day}, {clock}] {turn['speaker']}: {turn['text']}\n"


def _as_markdown(turn: dict[str, str]) -> str:
    return f"## {turn['session']}\n\n{turn['text']}\n\n"


FORMS: dict[str, tuple[str, Callable[[dict[str, str]], str], str, str]] = {
    "chat": ("chat.txt", _as_chat, "", ""),
    "JSON lines": ("lines.jsonl", _as_jsonl, "", ""),
    "JSON list": ("list.json", _as_element, "[", '{"text": "last"}]'),
    "Markdown": ("notes.md", _as_markdown, "", ""),
}
"""(file, a turn as it is written there, what stands before all, what stands behind)."""


def _written(path: Path, form: str, size: int, turn_size: int = 90) -> Path:
    _, as_written, before, behind = FORMS[form]
    turns = _lines(random.Random(7), turn_size)
    with path.open("w", encoding="utf-8") as out:
        left = size - out.write(before)
        while left > 0:
            left -= out.write(as_written(next(turns)))
        out.write(behind)
    return path


def _print_alone(folder: Path, size: int, turn_size: int) -> None:
    for form, (name, *_) in FORMS.items():
        path = _written(folder / name, form, size, turn_size)
        began = time.process_time()
        turns = sum(1 for _ in read_source(path))
        took = time.process_time() - began
        report(
            bench="reading alone", form=form, characters_a_turn=turn_size, turns=turns,
            mb_per_second=round(path.stat().st_size / MEGABYTE / took, 1),
        )  # fmt: skip
        path.unlink()


def _print_end_to_end(folder: Path, turns: int) -> None:
    for size, count in ((90, turns), (3_000, turns // 4)):
        path = _written(folder / f"{size}.jsonl", "JSON lines", count * (size + 100), size)
        took, receipt = _ingested(folder / f"{size}.db", path)
        report(
            bench="end to end, default encoder", characters_a_turn=size,
            turns=receipt.episodes_added,
            turns_per_second=round(receipt.episodes_added / took),
            mb_per_second=round(path.stat().st_size / MEGABYTE / took, 2),
        )  # fmt: skip
    invented = list(invented_turns(turns))
    with Memory.open(folder / "invented.db", scope="bench", encoder="rules") as memory:
        began = time.process_time()
        memory.ingest_turns(invented)
        took = time.process_time() - began
    report(
        bench="end to end, default encoder, dialogues with names and dates", turns=turns,
        turns_per_second=round(turns / took),
    )  # fmt: skip


def _ingested(store: Path, path: Path) -> tuple[float, Receipt]:
    with Memory.open(store, scope="bench", encoder="rules") as memory:
        began = time.process_time()
        receipt = memory.ingest(path)
        return time.process_time() - began, receipt


def _print_small_files(folder: Path, files: int) -> None:
    inbox = folder / "inbox"
    inbox.mkdir()
    turns = _lines(random.Random(11), 300)
    for number in range(files):
        (inbox / f"note{number}.md").write_text(_as_markdown(next(turns)), "utf-8")
    took, receipt = _ingested(folder / "small.db", inbox)
    report(bench="small files", files=receipt.files, seconds=round(took, 1))


def _print_memory(folder: Path, size: int) -> None:
    path = _written(folder / "large.jsonl", "JSON lines", size)
    done = subprocess.run(
        [sys.executable, "-c", READ_ALONE, str(path)], capture_output=True, text=True, check=True
    )
    turns, kilobytes = map(int, done.stdout.split())
    report(
        bench="memory of reading", megabytes=round(path.stat().st_size / MEGABYTE), turns=turns,
        resident_mb=round(kilobytes * 1024 / MEGABYTE),
    )  # fmt: skip


if __name__ == "__main__":
    main()
