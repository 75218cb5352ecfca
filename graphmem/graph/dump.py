"""The logical content of a store as lines: two stores hold the same if their dumps are equal.

Left out is what differs from run to run: when something was stored, by which run, and the numbers
that a store gives its rows. Of an episode's position only what it decides is shown, its place in
the session: a deletion leaves a gap between positions where one fresh build has none.
"""

from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from typing import Any, get_args

from graphmem.arrays import Matrix, TokenSigns
from graphmem.batches import Claim, Mention, Tombstone
from graphmem.changes import Change, owner_of
from graphmem.contracts import GraphStore, RecordKind
from graphmem.graph.records import Record, canonical, to_dict
from graphmem.named import entity_of, fact_of
from graphmem.reading import StoreView
from graphmem.types import Entity, Episode, Fact, Link, Note, ScopeKey, Session

Hanging = tuple[Mention, ...] | tuple[Claim, ...] | Matrix | TokenSigns
Scanned = Session | Episode | Note | Entity | Fact | Link | Change | Tombstone | tuple[str, Hanging]

LEFT_OUT = frozenset({"scope", "id", "position", "written_at", "run_id", "deleted_at", "at"})


def dump(store: GraphStore) -> Iterator[str]:
    """Yield every record of every scope as a JSON line, sorted, each with its `kind`.

    Vectors and token signs are hashes. Tombstones and the journal have kinds of their own,
    `tombstone` and `change`; a note line shows the note with its changes applied, and says under
    `note_kind` which kind of note it is, as mentions and links do. All lines are of one state of
    the store, or StoreBusyError comes at the end; see `GraphStore.one_state`.
    """
    with store.one_state() as state:
        scopes = sorted(state.scopes(), key=canonical)
        for kind in sorted(get_args(RecordKind)):
            for scope in scopes:
                yield from _of_kind(state, kind, scope)


def _of_kind(store: StoreView, kind: RecordKind, scope: ScopeKey) -> Iterator[str]:
    places = _PLACES[kind](store, scope) if kind in _PLACES else {}
    for record in store.scan(kind, scope):
        id_, parts = _parts(record, scope)
        if kind in _PLACES:
            parts = [{**part, "place": places[id_]} for part in parts]
        head = f'{{"kind":"{kind}","scope":{canonical(scope)},"id":{canonical(id_)}'
        for part in parts:
            if "kind" in part:
                part[f"{kind}_kind"] = part.pop("kind")
        for line in sorted(canonical(part)[1:] for part in parts):
            yield f"{head},{line}" if line != "}" else f"{head}}}"


def _parts(record: Scanned, scope: ScopeKey) -> tuple[str, list[dict[str, Any]]]:
    """Return a record's id, and the rest of each line that it makes."""
    match record:
        case Link():
            return record.source, [_rest(record)]
        case Tombstone():
            return record.episode, [{}]
        case (id_, parts):
            return id_, list(_hanging(parts, scope))
        case _:
            return record.id, [_rest(record)]


def _places(store: StoreView, scope: ScopeKey) -> dict[str, int]:
    """Return the place of each episode in its session, from 0."""
    episodes = store.scan("episode", scope)
    ordered = sorted((episode.session_id, episode.order) for episode in episodes)
    return {
        order[-1]: place
        for _, session in groupby(ordered, key=itemgetter(0))
        for place, (_, order) in enumerate(session)
    }


def _orders(store: StoreView, scope: ScopeKey) -> dict[str, int]:
    """Return the place of each change among those of its record, from 0."""
    owners = {owner_of(change.target) for change in store.scan("change", scope)}
    journals = (store.changes(scope, owner) for owner in owners)
    return {change.id: place for journal in journals for place, change in enumerate(journal)}


_PLACES: dict[RecordKind, Callable[[StoreView, ScopeKey], dict[str, int]]] = {
    "episode": _places,
    "change": _orders,
}
"""The kinds whose records stand in an order, and where each of them stands."""


def _rest(record: Record) -> dict[str, Any]:
    return {name: value for name, value in to_dict(record).items() if name not in LEFT_OUT}


def _hanging(parts: Hanging, scope: ScopeKey) -> Iterator[dict[str, Any]]:
    if not isinstance(parts, tuple):
        yield {"rows": len(parts), "hash": _hash(parts)}
        return
    found: Sequence[Mention | Claim] = parts
    for place, part in enumerate(found):
        line = {**_rest(part), "place": place}
        if isinstance(part, Mention):
            line["entity"] = entity_of(scope, part.name)
        if isinstance(part, Claim):
            line["fact"] = fact_of(scope, part)
        yield line


def _hash(rows: Matrix | TokenSigns) -> str:
    in_order = rows.astype(rows.dtype.newbyteorder("<"))
    return blake2b(in_order.tobytes(), digest_size=16).hexdigest()
