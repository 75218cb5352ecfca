"""`graphmem evolve`: new notes are linked to older ones, and what may have changed is asked."""

from collections import Counter
from typing import Annotated

import typer

from graphmem.changes import Change, Edit, EntityTarget, LinkTarget, NoteField
from graphmem.cli.edited import DryRunOption, dropped_lines
from graphmem.cli.options import JsonOption, ScopeOption, StoreOption, console, print_json, shown
from graphmem.cli.quoted import quoted
from graphmem.memory import Memory
from graphmem.types import Note

SHOWN = 10
"""Links that are shown, unless all are wanted."""

_COUNTED = {
    "superseded_by": "superseded",
    "context": "told of something later",
    "keywords": "given keywords",
}


def evolve(
    show_all: Annotated[
        bool, typer.Option("--all", help="Print every link, not the first.")
    ] = False,
    dry_run: DryRunOption = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Link new notes to older ones, and find what may have changed; undo takes it back."""
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        edit = memory.evolve(dry_run=dry_run)
        if as_json:
            print_json(edit)
            return
        _print(memory, edit, show_all=show_all)
        waiting = len(memory.doubts())
    out = console()
    if edit.is_dry_run:
        out.print("a dry run: nothing was written")
        return
    if edit.changes:
        out.print(f"take it back: graphmem undo {edit.run_id}")
    if waiting:
        out.print(f"{_many(waiting, 'statement')} may have changed: graphmem review")


def _print(memory: Memory, edit: Edit, *, show_all: bool) -> None:
    out = console()
    found = _counts(edit)
    told = ", ".join(f"{number:,} {what}" for what, number in found.items())
    out.print(f"looked at {_many(edit.looked_at, 'new note')}: {told or 'nothing to change'}")
    links = [c for c in edit.changes if isinstance(c.target, LinkTarget)]
    links.sort(key=lambda c: (c.target.kind == "same_topic", -c.after))  # type: ignore[union-attr]
    for change in links if show_all else links[:SHOWN]:
        _print_link(memory, change)
    if len(links) > SHOWN and not show_all:
        out.print(f"… and {_many(len(links) - SHOWN, 'more link')}: --all")
    for change in edit.changes:
        if isinstance(change.target, EntityTarget):
            out.print(shown(f"same: {change.reason}"))
    for rejection in edit.rejected[:SHOWN]:
        out.print(shown(f"refused: {rejection.why}"))
    for line in dropped_lines(memory, edit):
        out.print(shown(line), soft_wrap=True)
    if len(edit.rejected) > SHOWN:
        out.print(f"… and {len(edit.rejected) - SHOWN:,} more refused")


def _print_link(memory: Memory, change: Change) -> None:
    """Print a link as two quotes, the newer first, and why."""
    target = change.target
    assert isinstance(target, LinkTarget)
    notes = [one for one in memory.get(target.source, target.target) if isinstance(one, Note)]
    new, old = notes
    out = console()
    out.print(f"[bold]{shown(target.kind.replace('_', ' '))}[/bold]: {shown(change.reason)}")
    out.print(f"  {shown(quoted(new))}", soft_wrap=True)
    out.print(f"  {shown(quoted(old))}", soft_wrap=True)


def _counts(edit: Edit) -> dict[str, int]:
    """Return how many changes of each sort there are, for people."""
    found: Counter[str] = Counter()
    for change in edit.changes:
        match change.target:
            case LinkTarget(kind=kind):
                found[f"{kind.replace('_', ' ')}"] += 1
            case NoteField(field=name) if name in _COUNTED:
                found[_COUNTED[name]] += 1
            case EntityTarget():
                found["names merged"] += 1
    return dict(sorted(found.items()))


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")
