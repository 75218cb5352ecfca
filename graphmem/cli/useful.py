"""`graphmem useful QUESTION ID...`: what answered, which no rule may put out of reach."""

from typing import Annotated

import typer

from graphmem.cli.edited import DryRunOption, ReasonOption, because, print_edit
from graphmem.cli.options import (
    JsonOption,
    ScopeOption,
    StoreOption,
    console,
    print_json,
    shown,
)
from graphmem.cli.quoted import WIDTH, quoted
from graphmem.memory import Memory
from graphmem.text import clip
from graphmem.types import Note


def useful(
    question: Annotated[
        str | None, typer.Argument(help="What was asked. Without it: print what is kept.")
    ] = None,
    notes: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID]...", help="Ids of the notes or episodes that answered it."),
    ] = None,
    off: Annotated[bool, typer.Option("--off", help="They need not answer it any more.")] = False,
    reason: ReasonOption = None,
    dry_run: DryRunOption = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say which notes answered a question: no evolution or sweep may lose them for it."""
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        if question is None:
            _print_probes(memory, as_json=as_json)
            return
        edit = memory.useful(question, *notes or (), off=off, dry_run=dry_run, **because(reason))
        print_edit(memory, edit, as_json=as_json)


def _print_probes(memory: Memory, *, as_json: bool) -> None:
    """Print the questions that are kept, each with its note."""
    probes = memory.probes()
    if as_json:
        print_json(probes)
        return
    out = console()
    for probe in probes:
        (note,) = memory.get(probe.note)
        assert isinstance(note, Note)
        out.print(shown(clip(probe.question, WIDTH)), soft_wrap=True)
        out.print(shown(f"  {quoted(note)}"), soft_wrap=True)
    if not probes:
        out.print("nothing is kept; type: graphmem useful QUESTION ID")
