"""`graphmem profile NAME`: what is known of a person, each line with its turn and day."""

from typing import Annotated

import typer

from graphmem.cli.filters import AsOfOption
from graphmem.cli.options import (
    JsonOption,
    ScopeOption,
    StoreOption,
    console,
    day,
    print_json,
    shown,
)
from graphmem.memory import Memory
from graphmem.overview import Profile
from graphmem.text import clip

LONGEST = 200
"""Characters of a sentence that are shown."""


def profile(
    name: Annotated[list[str], typer.Argument(metavar="NAME...", help="A name or an id.")],
    limit: Annotated[int, typer.Option("--limit", "-n", help="At most that many.", min=1)] = 50,
    as_of: AsOfOption = None,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print what is known of a person, each line with its turn; current values first."""
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        found = memory.profile(" ".join(name), as_of=as_of)
    if as_json:
        print_json(Profile(name=found.name, lines=found.lines[:limit]))
    else:
        _print_profile(found, limit)


def _print_profile(found: Profile, limit: int) -> None:
    out = console()
    if not found.lines:
        out.print(f"nothing is stated of {shown(found.name)}")
    for line in found.lines[:limit]:
        style = "dim" if any(mark.startswith("earlier") for mark in line.marks) else "bold"
        out.print(f"[{style}]{shown(clip(line.said, LONGEST))}[/{style}]")
        who = line.note.speaker or line.note.kind
        marks = "".join(f"  {line.slot}, {mark}" for mark in line.marks)
        source = f"  {day(line.note.said_at)} {who}, {line.note.id}"
        out.print(f"[dim]{shown(source)}[/dim]{shown(marks)}", soft_wrap=True)
    if len(found.lines) > limit:
        out.print(f"{len(found.lines) - limit:,} more: type --limit")
