"""`graphmem ingest PATH...`: remember dialogues and documents."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graphmem.cli.options import (
    EncoderOption,
    JsonOption,
    ScopeOption,
    StoreOption,
    console,
    print_json,
    shown,
)
from graphmem.cli.receipt import print_problems, print_receipt
from graphmem.config import Settings
from graphmem.contracts import Progress
from graphmem.dates.zones import zone_of
from graphmem.ingest import Tally, Turn, read_source
from graphmem.memory import Memory
from graphmem.receipts import Receipt
from graphmem.text import how_many
from graphmem.types import Problem

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bar

TURNS_SHOWN = 5
"""Of each file in a dry run."""
NOTHING_READ = 3
"""The exit status when a path that was named gave nothing, or with --strict, anything was left."""
STDIN = "-"


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders, ZIPs; - for the input.")],
    format: Annotated[
        str,
        typer.Option(
            help="auto, or one of docs/formats.md: turns, transcript, chatgpt, messages, …"
        ),
    ] = "auto",
    collection: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Stands for the name of the folder given: files called the same below NAME are "
            "versions of one, in whatever folders they lie.",
        ),
    ] = None,
    timezone: Annotated[
        str | None,
        typer.Option(
            metavar="ZONE",
            help="Where it was said, Europe/Lisbon: the zone of times that are written without "
            'one, and of "today" and "yesterday". Default: GRAPHMEM_TIMEZONE, else UTC.',
        ),
    ] = None,
    date_order: Annotated[
        str | None,
        typer.Option(
            metavar="dmy|mdy|ymd", help="Of the dates of chats. Default: each file tells."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be read of each file; write nothing.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 3 if anything was left out.")
    ] = False,
    restore: Annotated[
        bool, typer.Option("--restore", help="Take again what was deleted before.")
    ] = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Remember files and folders; what is there already is left alone.

    Exit 3 if a path that was named gave nothing.
    """
    settings = Settings.here()
    timezone = timezone or settings.timezone
    with _found(paths) as found:
        if STDIN in map(str, paths) and collection is None:
            collection = "stdin"
        if dry_run:
            zone = zone_of(timezone)
            items = read_source(
                *found, format=format, collection=collection, zone=zone, date_order=date_order,
                json_chats=settings.json_chats,
            )  # fmt: skip
            _show(items)
            return
        with Memory.open(store, scope=scope, encoder=encoder) as memory:
            receipt = _ingest(
                memory,
                lambda progress: memory.ingest(
                    *found, format=format, collection=collection, timezone=timezone,
                    date_order=date_order, json_chats=settings.json_chats, restore=restore,
                    progress=progress,
                ),
                is_quiet=as_json,
            )  # fmt: skip
    if as_json:
        print_json(receipt)
    else:
        print_receipt(receipt)
    given = {report.given for report in receipt.read}
    is_empty = receipt.files <= len(receipt.read) and any(str(path) not in given for path in found)
    if is_empty or (strict and receipt.skipped):
        raise typer.Exit(NOTHING_READ)


@contextmanager
def _found(paths: list[Path]) -> Iterator[list[Path]]:
    """Give the paths, with what comes on the standard input in a file of its own."""
    if STDIN not in map(str, paths):
        yield paths
        return
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "stdin"
        with kept.open("xb") as out:
            shutil.copyfileobj(sys.stdin.buffer, out)
        yield [kept if str(path) == STDIN else path for path in paths]


def _ingest(memory: Memory, ingest: Callable[[Progress], Receipt], *, is_quiet: bool) -> Receipt:
    """Run it with a bar of bytes on a terminal; stopped by the keyboard, say what is kept."""
    out = console(stderr=True)
    where = "the first file"

    def progress(what: str, done: int, total: int | None) -> None:
        nonlocal where
        where = what or where
        bar.update(task, completed=done, total=total, description=shown(f"{where:.40}"))

    with _bar(out, disable=is_quiet or not out.is_terminal) as bar:
        task = bar.add_task("reading", total=None)
        try:
            return ingest(progress)
        except KeyboardInterrupt:
            bar.stop()
            kept = memory.store.stats(memory.scope.key)["episode"]
            out.print(
                f"stopped at {where}; {how_many(kept, 'episodes')} written so far are kept, "
                "none by half: type the same command to go on",
                markup=False,
            )
            raise typer.Exit(130) from None


def _bar(out: "Console", *, disable: bool) -> "Bar":
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
    )
    return Bar(*columns, console=out, disable=disable, transient=True)


def _show(items: Iterable[Turn | Problem]) -> None:
    """Print the first turns of each file as they would be read, and every problem by its kind."""
    out = console()
    tally = Tally()
    for name, found in groupby(_turns(items, tally), lambda turn: turn.file and turn.file.label):
        left = 0
        for number, turn in enumerate(found):
            if number == 0:
                kind = turn.file.format if turn.file else ""
                out.print(shown(f"{name}: {kind}"), style="bold")
            if number < TURNS_SHOWN:
                out.print(shown(f"  {_line(turn)}"), no_wrap=True, overflow="ellipsis")
            left += number >= TURNS_SHOWN
        if left:
            out.print(f"  and {left:,} more")
    print_problems(tally.receipt(run_id="", seconds=0.0).problem_groups)


def _line(turn: Turn) -> str:
    when = f"{turn.said_at:%Y-%m-%d %H:%M}" if turn.said_at else "no date"
    return f"{when}  {turn.speaker or turn.title or 'nobody'}: {' '.join(turn.text.split())}"


def _turns(items: Iterable[Turn | Problem], tally: Tally) -> Iterator[Turn]:
    for item in items:
        if isinstance(item, Problem):
            tally.problem(item)
        else:
            yield item
