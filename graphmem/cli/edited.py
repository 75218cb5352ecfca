"""What the commands that change a memory share: how an edit is shown, and their options."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated

import typer

from graphmem.changes import Change, Edit, EntityTarget, LinkTarget, NoteField
from graphmem.cli.options import console, day, print_json, shown
from graphmem.errors import MissingRecordError
from graphmem.memory import Memory
from graphmem.text import clip, how_many

LONGEST = 60
"""Characters of a note's text on a line."""
DROPPED = 5
"""Changes that were left out and are printed."""
DROPPED_TEXT, DROPPED_QUESTION = 44, 74
"""Characters of a note's text, and of a question, that leave such lines within 80."""

NoteArgument = Annotated[
    str, typer.Argument(help="Id of a note or an episode, or one that was given.")
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Print what would change, and change nothing.")
]
ReasonOption = Annotated[
    str | None, typer.Option("--reason", help="Why, for whoever reads the history.")
]


def because(reason: str | None) -> dict[str, str]:
    """Return the reason as an argument, if one was given."""
    return {} if reason is None else {"reason": reason}


def print_edit(memory: Memory, edit: Edit, *, as_json: bool, is_undo: bool = False) -> None:
    """Print what one verb did, or would do, and how it is taken back."""
    if as_json:
        print_json(edit)
        return
    lines = [*lines_of(memory, edit.changes, is_undo=is_undo)]
    lines += [f"new    {note.id} {clip(note.text, LONGEST)}" for note in edit.added]
    lines += [f"erased {note.id} {clip(note.text, LONGEST)}" for note in edit.erased]
    lines += [f"refused: {rejection.why}" for rejection in edit.rejected]
    lines += dropped_lines(memory, edit)
    if not edit.changes:
        lines.append("nothing to change")
    elif edit.is_dry_run:
        lines.append("a dry run: nothing was written")
    elif not is_undo:
        lines.append(f"take it back: graphmem undo {edit.run_id}")
    for line in lines:
        console().print(shown(line), soft_wrap=True)


def dropped_lines(memory: Memory, edit: Edit) -> Iterator[str]:
    """Yield what was left out for the sake of what was useful, and of which question."""
    dropped = edit.dropped
    if dropped:
        yield f"left out, as something useful would be lost: {how_many(len(dropped), 'changes')}"
    for one in dropped[:DROPPED]:
        yield f"  {_record(memory, one.change, DROPPED_TEXT)}"
        yield f"    {named(one.change)}: {value(one.change.before)} → {value(one.change.after)}"
        yield f"    would lose {one.note} for"
        yield f"    “{clip(one.question, DROPPED_QUESTION)}”"
    if len(dropped) > DROPPED:
        yield f"  and {len(dropped) - DROPPED:,} more: type --json"


def lines_of(memory: Memory, changes: Sequence[Change], *, is_undo: bool) -> Iterator[str]:
    """Yield a line for each record that is changed, and one below it for each change of it."""
    last = ""
    for change in changes:
        of = _record(memory, change)
        if of != last:
            yield of
        last = of
        was, now = value(change.before), value(change.after)
        yield (
            f"  {named(change)}: {now} → {was}" if is_undo else f"  {named(change)}: {was} → {now}"
        )


def named(change: Change) -> str:
    """Return what a change is of, for people."""
    match change.target:
        case NoteField(field=name):
            return name
        case LinkTarget(target=target, kind=kind):
            return f"link {kind} to {target}"
        case EntityTarget():
            return "is the same as"


def value(said: object) -> str:
    """Return a value before or after a change, for people."""
    if said is None:
        return "nothing"
    if isinstance(said, datetime):
        return day(said)
    return ", ".join(map(str, said)) if isinstance(said, tuple) else str(said)


def _record(memory: Memory, change: Change, longest: int = LONGEST) -> str:
    match change.target:
        case NoteField(note=note) | LinkTarget(source=note):
            return f"note   {note} {clip(_text(memory, note), longest)}"
        case EntityTarget(entity=entity, name=called):
            return f"entity {entity} {called or _text(memory, entity)}"


def _text(memory: Memory, id_: str) -> str:
    try:
        (record,) = memory.get(id_)
    except MissingRecordError:  # of a dry run
        return ""
    return str(getattr(record, "text", None) or getattr(record, "name", ""))
