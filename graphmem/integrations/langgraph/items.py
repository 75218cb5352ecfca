"""Items in one namespace's memory: each is a session of its own, whose turns are its versions.

The newest version is current; a put supersedes the one before, which stays for `as_of` and
`history`. What expires has an end that a read puts off. Deleting erases every version.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from langgraph.store.base import Item, PutOp
from langgraph.store.base.embed import get_text_at_path

from graphmem.asking.around import atomic_notes
from graphmem.errors import InputError
from graphmem.ids import session_id
from graphmem.ingest import Turn
from graphmem.integrations.langgraph.kept import Kept
from graphmem.integrations.langgraph.namespaces import Namespace
from graphmem.memory import Memory
from graphmem.types import Episode, EpisodeId, Note, SessionId

COLLECTION = "langgraph"
"""The collection of the sessions that items are, and the key of what their metadata says."""

INDEXED = {f"{COLLECTION}.indexed": True}
"""What search asks of the metadata: an item that was put with `index=False` is not found."""

PUT_AGAIN, USED = "put again", "its time to live"
BEFORE_ALL = ("", -(2**62), "")
VERSIONS = 1_000
"""Versions read at once."""

NEGLIGIBLE = 100
"""A read that comes within a hundredth of an item's time to live puts its end off no further: a
busy agent's reads must not each write."""


@dataclass(frozen=True, slots=True)
class Stored:
    """The current version of an item."""

    note: Note
    episode: Episode

    @property
    def key(self) -> str:
        """Its key."""
        return str(self._said["key"])

    @property
    def value(self) -> Mapping[str, Any]:
        """Its value, which nobody may change."""
        value: Mapping[str, Any] = self._said["value"]
        return value

    def copy(self) -> dict[str, Any]:
        """Return its value for somebody to keep."""
        value: dict[str, Any] = json.loads(json.dumps(self.value))
        return value

    @property
    def ttl(self) -> timedelta | None:
        """How long it lives after its last use; None: for ever."""
        minutes = self._said["ttl"]
        return None if minutes is None else timedelta(minutes=minutes)

    @property
    def created_at(self) -> datetime:
        """When its key was first put."""
        return datetime.fromisoformat(self._said["created_at"])

    @property
    def updated_at(self) -> datetime:
        """When it was put last."""
        return self.episode.said_at or self.created_at

    def lives(self, now: datetime) -> bool:
        """Tell whether it is there: not superseded, not expired."""
        note = self.note
        is_over = note.valid_until is not None and note.valid_until <= now
        return note.superseded_by is None and not is_over

    def item(self, namespace: Namespace) -> Item:
        """Return it as LangGraph's item."""
        return Item(
            value=self.copy(),
            key=self.key,
            namespace=namespace,
            created_at=self.created_at,
            updated_at=self.updated_at,
        )

    @property
    def _said(self) -> Mapping[str, Any]:
        said: Mapping[str, Any] = self.episode.metadata[COLLECTION]
        return said


class Items:
    """The items of one namespace."""

    def __init__(self, memory: Memory, fields: Sequence[str], kept: Kept[Stored]) -> None:
        self._memory, self._fields, self._kept = memory, fields, kept
        self._scope = memory.scope.key

    def get(self, key: str) -> Stored | None:
        """Return what lives under a key."""
        found = _current(self._memory, self._versions(key))
        return found if found and found.lives(self._memory.now()) else None

    def of(self, episodes: Sequence[Episode]) -> list[Stored]:
        """Return the items that some episodes are versions of, in their order."""
        notes = {note.origins[0]: note for note in _notes(self._memory, [e.id for e in episodes])}
        return [Stored(notes[one.id], one) for one in episodes if one.id in notes]

    def all(self) -> Iterator[Stored]:
        """Yield every item that lives."""
        now = self._memory.now()
        return (stored for stored in self._stored() if stored.lives(now))

    def expired(self) -> list[str]:
        """Return the keys of what lives no more but for its bytes."""
        now = self._memory.now()
        return [one.key for one in self._stored() if not one.lives(now)]

    def put(self, op: PutOp) -> None:
        """Write a version. Raises InputError, naming why, for a value that JSON cannot hold."""
        versions = self._versions(op.key)
        old = _current(self._memory, versions)
        now = self._memory.now()
        if old is not None:  # a clock may have been set back
            now = max(now, old.updated_at)
        is_known = old is not None and old.lives(now)
        created_at = old.created_at if old and is_known else now
        receipt = self._memory.ingest_turns([self._turn(op, now, created_at)], restore=True)
        if receipt.problems:
            raise InputError(f"{op.key!r} cannot be kept: {receipt.problems[0].message}")
        known = {one.id for one in versions}
        (new,) = _notes(self._memory, [e.id for e in self._versions(op.key) if e.id not in known])
        if old is not None:
            self._memory.replace(old.note.id, new.id, reason=PUT_AGAIN, at=now)
        if op.ttl is not None:
            self._memory.expire(new.id, at=now + timedelta(minutes=op.ttl), reason=USED)

    def delete(self, keys: Iterable[str]) -> int:
        """Erase items with all their versions, for good; return how many there were."""
        found = [versions for key in keys if (versions := self._versions(key))]
        if found:
            self._kept.drop(self._scope)
            self._memory.delete(*(one.id for versions in found for one in versions))
        return len(found)

    def used(self, stored: Iterable[Stored]) -> None:
        """Put off the end of what expires: it counts from now."""
        now = self._memory.now()
        for one in stored:
            if one.ttl is None or one.note.valid_until is None:
                continue
            end = now + one.ttl
            if end - one.note.valid_until > one.ttl / NEGLIGIBLE:
                self._memory.expire(one.note.id, at=end, reason=USED)

    def _turn(self, op: PutOp, now: datetime, created_at: datetime) -> Turn:
        value = _json_value(op)
        is_indexed = op.index is not False
        paths = op.index if isinstance(op.index, list) else self._fields
        return Turn(
            collection=COLLECTION,
            session=op.key,
            text=(text_of(value, paths) if is_indexed else "") or op.key,
            said_at=now,
            metadata={
                COLLECTION: {
                    "key": op.key,
                    "value": value,
                    "created_at": created_at.isoformat(),
                    "ttl": op.ttl,
                    "indexed": is_indexed,
                }
            },
            where="put",
        )

    def _versions(self, key: str) -> list[Episode]:
        """Return an item's versions, the oldest first."""
        store = self._memory.store
        session = SessionId(session_id(self._scope, COLLECTION, key))
        found: list[Episode] = []
        order, seen = BEFORE_ALL, 0
        while page := store.neighbours(self._scope, session, order, before=0, after=VERSIONS)[
            seen:
        ]:
            found += page
            order, seen = page[-1].order, 1
        return found

    def _stored(self) -> Sequence[Stored]:
        return self._kept.of(self._scope, self._scanned)

    def _scanned(self) -> list[Stored]:
        """Read the current version of every item, expired ones too."""
        with self._memory.store.one_state([self._memory.scope.key]) as view:
            episodes = {
                one.id: one
                for one in view.scan("episode", self._scope)
                if isinstance(one.metadata.get(COLLECTION), Mapping)
            }
            notes = list(view.scan("note", self._scope))
        return [
            Stored(note, episodes[note.origins[0]])
            for note in notes
            if note.kind == "turn" and note.superseded_by is None and note.origins[0] in episodes
        ]


def text_of(value: Mapping[str, Any], paths: Sequence[str]) -> str:
    """Return what is searched of a value: the texts at the paths, `$` the whole, a line each.

    Of the whole it is every text, number and truth value in it, behind its key, but for a text that
    is alone.
    """
    lines: list[str] = []
    for path in paths:
        if path != "$":
            lines += get_text_at_path(value, path)
            continue
        leaves = list(_leaves(value, ""))
        is_alone = len(leaves) == 1 and isinstance(leaves[0][1], str)
        lines += [str(leaf) if is_alone else f"{key}: {leaf}" for key, leaf in leaves]
    return "\n".join(line for line in lines if line.strip())


def _leaves(value: object, key: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _leaves(inner, key)
    elif value is not None:
        yield key, value


def _json_value(op: PutOp) -> dict[str, Any]:
    """Return a copy of a value as JSON holds it, equal to what will be read back."""
    try:
        value: dict[str, Any] = json.loads(json.dumps(op.value, allow_nan=False))
    except (TypeError, ValueError) as error:
        raise InputError(f"the value of {op.key!r} is not what JSON can hold: {error}") from None
    return value


def _current(memory: Memory, versions: Sequence[Episode]) -> Stored | None:
    by_id = {one.id: one for one in versions}
    for note in _notes(memory, list(by_id)):
        if note.superseded_by is None:
            return Stored(note, by_id[note.origins[0]])
    return None


def _notes(memory: Memory, episodes: Sequence[EpisodeId]) -> list[Note]:
    return atomic_notes(memory.store, memory.scope.key, episodes) if episodes else []
