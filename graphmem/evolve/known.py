"""What the evolutions of one scope know of its notes, brought up to date by what was written.

It makes an evolution cheaper, never different: what each note says and names depends on the note
alone, and what is found among all of them is found among those that changed and the ones they may
have to do with.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from threading import Lock

from graphmem.changes import Change, EntityTarget, NoteField
from graphmem.contracts import GraphStore
from graphmem.evolve.check import MARK
from graphmem.evolve.facts import KnownFacts
from graphmem.evolve.named_things import NamedThings, Use, uses_of
from graphmem.evolve.neighbours import Neighbours
from graphmem.evolve.said import Said, said
from graphmem.reading import StoreView, WatchedStore, WatchedView, Written, WrittenNote
from graphmem.types import ATOMIC_KINDS, EntityId, NoteId, ScopeKey, SessionId

PAGE = 256
"""Notes that are read at a time."""

FACT = ("kind", "fact")
"""What an episode's metadata says of a statement that an application marks as a fact."""


@dataclass(slots=True)
class Known:
    """One state of a scope, as far as it is asked what new notes are to older ones."""

    scope: ScopeKey
    token: str = ""
    """Of the state; empty: nothing is known."""
    said: dict[NoteId, Said] = field(default_factory=dict)
    by: defaultdict[str, set[NoteId]] = field(default_factory=lambda: defaultdict(set))
    """The notes that each author has looked at, and under "" those that nobody has."""
    facts: KnownFacts = field(default_factory=KnownFacts)
    neighbours: Neighbours = field(default_factory=Neighbours)
    """Those of the notes that a new one may be compared with."""
    things: NamedThings = field(init=False)
    lock: Lock = field(default_factory=Lock)
    """Held by the evolution that goes on."""
    _author: str | None = None
    """Whose looking makes a note a neighbour."""
    _looked: dict[NoteId, str] = field(default_factory=dict)
    _uses: dict[NoteId, tuple[Use, ...]] = field(default_factory=dict)
    _of: defaultdict[SessionId, set[NoteId]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        """Begin with no named thing."""
        self.things = NamedThings(self.scope)

    def catch_up(self, store: GraphStore) -> bool:
        """Refresh where nothing that is read may be taken back; return whether it was."""
        is_final = isinstance(store, WatchedStore) and not store.is_in_transaction
        if is_final:
            self.refresh(store)
        return is_final

    def refresh(self, store: GraphStore) -> None:
        """Read what was written since the state that is known."""
        token = store.version_token(self.scope)
        if token == self.token:
            return
        with store.one_state([self.scope]) as view:
            if isinstance(view, WatchedView):
                now = view.written(self.scope, self.token, self._of.keys())
            else:
                now = _all(view, self.scope, token, self._of)
            self._take(view, now)
        self.things.same = dict(now.same)
        self.token = now.token

    def fresh(self, author: str) -> list[Said]:
        """Return what an author has not looked at, in order; the rest are the neighbours now."""
        if author != self._author:
            self._author, self.neighbours = author, Neighbours()
            for id_ in self.by[author]:
                self.neighbours.add(self.said[id_])
        others = (ids for by, ids in self.by.items() if by != author)
        return sorted((self.said[id_] for ids in others for id_ in ids), key=lambda one: one.order)

    def adopt(self, changes: Iterable[Change], token: str) -> None:
        """Take over what was changed in this state, and by nobody else, until that of `token`."""
        for change in changes:
            match change.target:
                case NoteField(note=note, field=name) if name == MARK:
                    self._look(note, change.after)
                case NoteField(note=note):
                    self.facts.touch(note)
                case EntityTarget(entity=entity) if change.after is None:
                    self.things.same.pop(entity, None)
                case EntityTarget(entity=entity):
                    self.things.same[entity] = EntityId(change.after)
        self.token = token

    def forget_unlooked(self, heard: Iterable[Said]) -> None:
        """Let go of neighbours that were compared with others, and of which nothing was written."""
        for one in heard:
            if self._looked.get(one.note) != self._author:
                self.neighbours.discard(one.note)

    def _take(self, view: StoreView, now: Written) -> None:
        there: defaultdict[SessionId, set[NoteId]] = defaultdict(set)
        for row in now.notes:
            there[row.session].add(row.note)
        for session in now.gone | now.sessions:
            for note in self._of.get(session, set()) - there[session]:
                self._drop(note)
            self._of[session] = there[session]
        for session in now.gone:
            del self._of[session]
        rows = iter(now.notes)
        while page := list(islice(rows, PAGE)):
            self._read(view, [row.note for row in page if self._is_unread(row)])
            for row in page:
                self._note(row)

    def _is_unread(self, row: WrittenNote) -> bool:
        return row.is_derived or row.note not in self.said

    def _read(self, view: StoreView, ids: Sequence[NoteId]) -> None:
        """Read what notes say and name."""
        read = (view.read("note", self.scope, ids), view.read("mention", self.scope, ids),
                view.read("claim", self.scope, ids))  # fmt: skip
        for note, mentions, claims in zip(*read, strict=True):
            self.said[note.id] = said(note)
            self.things.gone(self._uses.pop(note.id, ()))
            self._uses[note.id] = self.things.named(uses_of(mentions, claims))

    def _note(self, row: WrittenNote) -> None:
        one = self.said[row.note]
        self._look(row.note, row.evolved_by)
        key, value = FACT
        if row.metadata.get(key) == value:
            self.facts.add(one)
        else:
            self.facts.discard(row.note)

    def _look(self, note: NoteId, author: str) -> None:
        """Note who has looked at a note: who stands among the neighbours depends on that."""
        self.by[self._looked.get(note, "")].discard(note)
        self._looked[note] = author
        self.by[author].add(note)
        if author != self._author:
            self.neighbours.discard(note)
        elif self.neighbours.of.get(note) is not self.said[note]:
            self.neighbours.add(self.said[note])

    def _drop(self, note: NoteId) -> None:
        self.by[self._looked.pop(note)].discard(note)
        self.neighbours.discard(note)
        self.facts.discard(note)
        self.things.gone(self._uses.pop(note))
        del self.said[note]


def _all(view: StoreView, scope: ScopeKey, token: str, known: Iterable[SessionId]) -> Written:
    """Return everything of a scope as written, of a store that does not know what was."""
    notes = [note for note in view.scan("note", scope) if note.kind in ATOMIC_KINDS]
    rows = []
    for begin in range(0, len(notes), PAGE):
        part = notes[begin : begin + PAGE]
        episodes = view.read("episode", scope, [note.origins[0] for note in part])
        rows += [
            WrittenNote(note.id, note.session_id, True, note.evolved_by, episode.metadata)
            for note, episode in zip(part, episodes, strict=True)
        ]
    sessions = frozenset(row.session for row in rows)
    same = {one.id: one.same_as for one in view.scan("entity", scope) if one.same_as is not None}
    return Written(token, sessions, frozenset(known) - sessions, tuple(rows), same)
