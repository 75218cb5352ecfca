"""Moving a memory: store to file, file to store, store to store.

Every write is idempotent and the target itself is the state: a transfer that was killed is simply
run again, and passes over the notes that are there. Both take one chunk into memory at a time.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from graphmem.batches import Batch, NoteRecord, Tombstone
from graphmem.changes import Change, owner_of
from graphmem.contracts import GraphStore, Progress
from graphmem.errors import InputError, MissingRecordError, StoreError, StoreUnavailableError
from graphmem.graph.ram.store import RamStore
from graphmem.graph.transfer.file import Reader, write_file
from graphmem.graph.transfer.imports import imports_in, keep_imports
from graphmem.graph.transfer.stream import Chunk, Item, chunks
from graphmem.types import (
    ATOMIC_KINDS,
    EncoderIdentity,
    Episode,
    EpisodeId,
    Link,
    Note,
    ScopeKey,
    Session,
)

KINDS: Mapping[type, str] = {
    Session: "session",
    Episode: "episode",
    NoteRecord: "note",
    Link: "link",
    Tombstone: "tombstone",
    Change: "change",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What one transfer carried."""

    scopes: tuple[ScopeKey, ...]
    records: Mapping[str, int]
    """How many a kind."""
    known: int = 0
    """Notes among them that were in the target already, and were passed over."""
    beside: int = 0
    """Records that the target holds in these scopes and that did not come: after a copy into an
    empty store, what the source lost between two runs."""


def export(
    store: GraphStore,
    file: Path,
    *,
    scopes: Sequence[ScopeKey] | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> Moved:
    """Write the scopes, None: all, to a file, which is there whole or not at all.

    A file that is no older export is replaced with `force` only, a store never. Raises
    ConfigError if that is in the way, ScopeError for an unknown scope, StoreBusyError if the
    store was written meanwhile, StoreUnavailableError if the file cannot be written.
    """
    tally = _Tally(progress)
    try:
        write_file(
            file,
            tally.counted(chunks(store, scopes)),
            encoder=store.encoder(),
            imports=imports_in(store, scopes),
            force=force,
        )
    except OSError as error:
        raise StoreUnavailableError(f"{file} cannot be written: {error.strerror}") from error
    return tally.moved()


def import_(
    store: GraphStore,
    file: Path,
    *,
    scopes: Sequence[ScopeKey] | None = None,
    encoder: str | None = None,
    progress: Progress | None = None,
) -> Moved:
    """Write what `export` made into a store; nothing is written before its checksum was seen.

    A store that knows no encoder yet records that of the file, and opens it ever after. So one
    that is named by a path or by what may be downloaded, `onnx:FOLDER`, is taken only if
    `encoder` names it too. Raises InputError with file and line for what cannot be read,
    EncoderMismatchError if the store has vectors of another encoder, StoreError for a record
    that the store refuses.
    """
    tally = _Tally(progress)
    try:
        with file.open("rb") as lines:
            reader = Reader(lines, str(file))
            _refuse_untrusted(reader.encoder, store.encoder(), encoder, file)
            _write(store, reader.encoder, tally.counted(reader.chunks(scopes)), tally)
            keep_imports(store, reader.imports, scopes)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}") from error
    return tally.moved()


def _refuse_untrusted(
    of_file: EncoderIdentity | None,
    of_store: EncoderIdentity | None,
    trusted: str | None,
    file: Path,
) -> None:
    name = of_file.name if of_file else ""
    if ":" in name and of_file != of_store and name != trusted:
        raise InputError(
            f"{file} says that its vectors were made by {name!r}, which would be opened from that "
            f"place, or downloaded, ever after; if you trust it, type: --encoder {name}"
        )


def copy(
    source: GraphStore,
    target: GraphStore,
    *,
    scopes: Sequence[ScopeKey] | None = None,
    progress: Progress | None = None,
) -> Moved:
    """Write one store's scopes, None: all, into another; the target keeps what else it has.

    Raises what `export` and `import_` raise.
    """
    tally = _Tally(progress)
    _write(target, source.encoder(), tally.counted(chunks(source, scopes)), tally)
    keep_imports(target, imports_in(source, scopes), scopes)
    return tally.moved()


def reembed(
    source: GraphStore,
    target: GraphStore,
    *,
    encoder: EncoderIdentity,
    remake: Callable[[Sequence[NoteRecord]], Sequence[NoteRecord]],
    progress: Progress | None = None,
) -> Moved:
    """Write a store into an empty one for another encoder, whose vectors `remake` gives the notes.

    Raises what `copy` raises.
    """
    tally = _Tally(progress)
    stream = tally.counted(chunks(source, None))
    _write(target, encoder, (_remade(chunk, remake) for chunk in stream), tally)
    keep_imports(target, imports_in(source, None), None)
    return tally.moved()


def _remade(chunk: Chunk, remake: Callable[[Sequence[NoteRecord]], Sequence[NoteRecord]]) -> Chunk:
    """Return a chunk with the vectors of its notes recomputed; only ranked notes have any."""
    ranked = [
        item for _, item in chunk if isinstance(item, NoteRecord) and item.note.kind in ATOMIC_KINDS
    ]
    new = {record.note.id: record for record in remake(ranked)}
    return [
        (scope, new.get(item.note.id, item) if isinstance(item, NoteRecord) else item)
        for scope, item in chunk
    ]


class _Tally:
    """Counts what passes."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._done = 0
        self.records: dict[ScopeKey, Counter[str]] = {}
        self.known = 0
        self.beside = 0

    def counted(self, stream: Iterable[Chunk]) -> Iterator[Chunk]:
        """Yield the chunks, each counted when the next one is asked for."""
        for chunk in stream:
            yield chunk
            for scope, item in chunk:
                self.records.setdefault(scope, Counter())[KINDS[type(item)]] += 1
            self._done += len(chunk)
            if self._progress is not None:
                self._progress("records", self._done, None)

    def moved(self) -> Moved:
        total = sum(self.records.values(), Counter[str]())
        return Moved(
            scopes=tuple(sorted(self.records)),
            records={kind: total[kind] for kind in KINDS.values()},
            known=self.known,
            beside=self.beside,
        )


def _write(
    target: GraphStore, encoder: EncoderIdentity | None, stream: Iterable[Chunk], tally: _Tally
) -> None:
    for chunk in stream:
        if encoder is not None:
            _record_encoder(target, encoder, chunk)
            encoder = None
        tally.known += _write_chunk(target, chunk)
    for scope, counts in tally.records.items():
        tally.beside += _beside(target, scope, counts)


def _record_encoder(target: GraphStore, encoder: EncoderIdentity, first: Chunk) -> None:
    """Record whose the vectors are, for good: so see first that a store takes the first chunk."""
    if target.encoder() is None:
        trial = RamStore()
        trial.set_encoder(encoder)
        _write_chunk(trial, first)
    target.set_encoder(encoder)


def _write_chunk(target: GraphStore, chunk: Chunk) -> int:
    """Write a chunk, scope by scope; return how many notes were there already."""
    return sum(
        _write_items(target, scope, [item for _, item in pairs])
        for scope, pairs in groupby(chunk, key=itemgetter(0))
    )


def _write_items(target: GraphStore, scope: ScopeKey, items: Sequence[Item]) -> int:
    """Write items of one scope; return how many notes were there already."""
    notes = [item for item in items if isinstance(item, NoteRecord)]
    known = _known(target, scope, [record.note for record in notes])
    target.write(
        Batch(
            scope=scope,
            sessions=tuple(item for item in items if isinstance(item, Session)),
            episodes=tuple(item for item in items if isinstance(item, Episode)),
            notes=tuple(record for record in notes if record.note.id not in known),
            links=tuple(item for item in items if isinstance(item, Link)),
            buried=tuple(item for item in items if isinstance(item, Tombstone)),
        )
    )
    changes = [item for item in items if isinstance(item, Change)]
    owners = {owner_of(change.target) for change in changes}
    applied = {change.id for owner in owners for change in _journal(target, scope, owner)}
    pending = [change for change in changes if change.id not in applied]
    if pending:
        target.apply(pending)
    return len(known)


def _journal(target: GraphStore, scope: ScopeKey, owner: str) -> list[Change]:
    """Return the changes of a record that may be an alias, which is there by its changes only."""
    with suppress(MissingRecordError):
        return target.changes(scope, owner)
    return []


def _known(target: GraphStore, scope: ScopeKey, notes: Sequence[Note]) -> set[str]:
    """Return the ids of the notes that the target has from the same run.

    A note is written with all that hangs on it in one transaction, and a run derives it once: so
    equal runs and times mean equal mentions, claims and vectors.
    """
    if not notes:
        return set()
    origins: list[EpisodeId] = sorted({origin for note in notes for origin in note.origins})
    ids = set(target.notes_of(scope, origins)) & {note.id for note in notes}
    there: dict[str, Note] = {}
    with suppress(MissingRecordError):  # another process deletes them now: write them
        there = {note.id: note for note in target.read("note", scope, sorted(ids))}
    return {note.id for note in notes if note.id in there and _same_run(note, there[note.id])}


def _same_run(note: Note, other: Note) -> bool:
    mine, theirs = ((n.run_id, n.written_at, n.created_by) for n in (note, other))
    return note.run_id != "" and mine == theirs


def _beside(target: GraphStore, scope: ScopeKey, counts: Mapping[str, int]) -> int:
    """Return how many records more the target holds than came; StoreError if it holds fewer."""
    held = target.stats(scope)
    for kind in KINDS.values():
        if held[kind] < counts[kind]:
            raise StoreError(
                f"the target holds {held[kind]:,} {kind} records of scope {scope}, not "
                f"{counts[kind]:,}; was it written meanwhile? Run the same command again"
            )
    return sum(held[kind] - counts[kind] for kind in KINDS.values())
