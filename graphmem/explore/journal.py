"""The journal by run, the newest first: what was changed, from what to what, why, by whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile, islice, takewhile

from graphmem.changes import Change, EntityTarget, LinkTarget, NoteField
from graphmem.contracts import GraphStore
from graphmem.errors import MissingRecordError
from graphmem.memory import Memory
from graphmem.reading import JournalReader
from graphmem.retrieve.columns import read_present
from graphmem.text import clip
from graphmem.told import told_time
from graphmem.types import ChangeId, ScopeKey

RUNS = 8
"""Runs on a page."""
FIRST = 4
"""Changes of each run that stand there."""
READ = 40
"""Changes of a run that are read for them: of an evolution most say only that a note was looked at,
and none of those is shown."""
CHANGES = 50
"""Changes on the page of one run."""
LONGEST = 400
"""Characters of a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One change."""

    id: str
    record: str
    """The id of the note that it is of; empty of a name."""
    text: str
    """What that note says, or the name."""
    what: str
    """The field, `link changes to`, `is the same as`."""
    other: str
    """What a linked note says; empty of other changes."""
    before: str
    after: str
    reason: str
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Changes of one run that follow each other, the newest first."""

    id: str
    when: str
    author: str
    changes: tuple[ChangeLine, ...]
    last: str
    """The id of the last change that was read."""
    is_more: bool
    """Others come after that."""


@dataclass(frozen=True, slots=True)
class Journal:
    """A page of the journal."""

    runs: tuple[Run, ...]
    after: str | None


def journal_of(memory: Memory, *, after: str | None = None) -> Journal:
    """Return the runs behind a page's `after`, the newest first, each with its newest changes."""
    scope, reader = memory.scope.key, _reader(memory.store)
    last, _, run = (after or "").partition("@")
    before = ChangeId(last) if last else None
    found = reader.journal(scope, before=before, but=run or None, limit=READ)
    runs: list[Run] = []
    while found and len(runs) < RUNS:
        run = found[0].run_id
        mine = _of_first_run(found)
        is_more = len(mine) == READ or len(_told(mine)) > FIRST
        runs.append(_run(memory, mine, most=FIRST, is_more=is_more))
        before = mine[-1].id
        found = reader.journal(scope, before=before, but=run, limit=READ)
    return Journal(tuple(runs), f"{before}@{run}" if found else None)


def run_of(memory: Memory, run: str, *, after: str | None = None) -> Run:
    """Return a page of the changes of one run. Raises MissingRecordError if there is none."""
    before = ChangeId(after) if after else None
    found = _reader(memory.store).journal(
        memory.scope.key, before=before, run=run, limit=CHANGES + 1
    )
    if not found:
        raise MissingRecordError("run", [run])
    return _run(memory, found[:CHANGES], most=CHANGES, is_more=len(found) > CHANGES)


def lines_of(memory: Memory, changes: Sequence[Change]) -> list[ChangeLine]:
    """Return changes as lines, in order."""
    texts = _texts(memory, changes)
    return [_line(change, texts) for change in changes]


def _of_first_run(changes: Sequence[Change]) -> list[Change]:
    """Return the changes of one run that some begin with."""
    run = changes[0].run_id
    return list(takewhile(lambda change: change.run_id == run, changes))


def _told(changes: Sequence[Change]) -> list[Change]:
    """Return the changes without those that say only that a note was looked at."""
    return [
        change
        for change in changes
        if not (isinstance(change.target, NoteField) and change.target.field == "evolved_by")
    ]


def _run(memory: Memory, changes: Sequence[Change], *, most: int, is_more: bool) -> Run:
    first, told = changes[0], _told(changes)
    return Run(
        id=first.run_id,
        when=told_time(first.at) if first.at else "",
        author=first.author,
        changes=tuple(lines_of(memory, told[:most])),
        last=changes[-1].id,
        is_more=is_more,
    )


def _texts(memory: Memory, changes: Sequence[Change]) -> dict[str, str]:
    """Return what the notes say that changes are of, lead to or come from."""
    ids: set[str] = set()
    for change in changes:
        match change.target:
            case NoteField(note=note):
                ids.add(note)
            case LinkTarget(source=source, target=target):
                ids |= {source, target}
        if isinstance(change.after, str):
            ids.add(change.after)
    notes = read_present(memory.store, "note", memory.scope.key, sorted(ids))
    return {id_: clip(note.text[: 2 * LONGEST], LONGEST) for id_, note in notes.items()}


def _line(change: Change, texts: Mapping[str, str]) -> ChangeLine:
    record, text, what, other = "", "", "", ""
    match change.target:
        case NoteField(note=note, field=name):
            record, text, what = note, texts.get(note, ""), name.replace("_", " ")
        case LinkTarget(source=source, target=target, kind=kind):
            record, text, what = source, texts.get(source, ""), f"link {kind.replace('_', ' ')}"
            other = texts.get(target, "")
        case EntityTarget(entity=entity, name=called):
            text, what = called or entity, "is the same as"
    return ChangeLine(
        id=change.id,
        record=record,
        text=text,
        what=what,
        other=other,
        before=_value(change, change.before, texts),
        after=_value(change, change.after, texts),
        reason=change.reason,
        author=change.author,
    )


def _value(change: Change, said: object, texts: Mapping[str, str]) -> str:
    """Return a value before or after a change, for people; a note's as what it says."""
    if isinstance(change.target, LinkTarget):
        return "no link" if said is None else f"linked, {said:.2f}"
    if said is None or said == "" or said == ():
        return "nothing"
    if isinstance(said, datetime):
        return told_time(said)
    if isinstance(said, bool):
        return "yes" if said else "no"
    if isinstance(said, tuple):
        return clip(", ".join(map(str, said)), LONGEST)
    return f"“{texts[str(said)]}”" if str(said) in texts else clip(str(said), LONGEST)


def _reader(store: GraphStore) -> JournalReader:
    return store if isinstance(store, JournalReader) else _Scanned(store)


class _Scanned:
    """The journal of a store that cannot read it from its end: read whole, ordered by time."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store

    def journal(
        self,
        scope: ScopeKey,
        *,
        before: ChangeId | None = None,
        run: str | None = None,
        but: str | None = None,
        limit: int,
    ) -> list[Change]:
        """Return changes as `JournalReader.journal` does; those of one time and run by id."""
        changes = sorted(self._store.scan("change", scope), key=_when, reverse=True)
        if before is not None:
            changes = list(dropwhile(lambda change: change.id != before, changes))[1:]
        found = (c for c in changes if c.run_id != but and (run is None or c.run_id == run))
        return list(islice(found, limit))


def _when(change: Change) -> tuple[float, str, str]:
    return change.at.timestamp() if change.at else 0.0, change.run_id, change.id
