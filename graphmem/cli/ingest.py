"""`graphmem ingest PATH...`: remember dialogues and documents."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from graphmem.cli.options import (
    EncoderOption,
    JsonOption,
    ScopeOption,
    StoreOption,
    console,
    print_json,
    shown,
)
from graphmem.memory import Memory
from graphmem.types import Receipt


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.")],
    format: Annotated[
        str,
        typer.Option(
            help="auto, turns, locomo, transcript, chatgpt, messages, documents or corpus."
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
    restore: Annotated[
        bool, typer.Option("--restore", help="Take again what was deleted before.")
    ] = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Remember files and folders; what is there already is left alone."""
    with Memory.open(store, scope=scope, encoder=encoder) as memory:
        status = console(stderr=True).status("reading")
        with status:
            receipt = memory.ingest(
                *paths,
                format=format,
                collection=collection,
                restore=restore,
                progress=lambda what, done, _total: status.update(
                    shown(f"{done:,} episodes read, now at {what}")
                ),
            )
    if as_json:
        print_json(receipt)
    else:
        print_receipt(receipt)


def print_receipt(receipt: Receipt) -> None:
    """Print what a call did as a table, then what it met."""
    table = Table(show_header=False, box=None, pad_edge=False)
    rows = [
        ("episodes read", receipt.episodes_read),
        ("  added", receipt.episodes_added),
        ("  already there", receipt.episodes_known),
        ("  deleted before, left out: --restore takes them again", receipt.episodes_tombstoned),
        ("episodes deleted", receipt.episodes_deleted),
        ("sessions read", receipt.sessions),
        ("notes added", receipt.notes_added),
        ("notes deleted", receipt.notes_deleted),
        ("mentions added", receipt.mentions_added),
        ("facts added", receipt.facts_added),
        ("lines or files skipped", receipt.skipped),
    ]
    for name, count in rows:
        if count or name in ("episodes read", "  added"):
            table.add_row(name, f"{count:,}")
    table.add_row("seconds", f"{receipt.seconds:.2f}")
    out = console()
    out.print(table)
    for problem in receipt.problems:
        out.print(
            f"{'skipped' if problem.skipped else 'note'}: {problem.source}: {problem.message}",
            markup=False,
        )
