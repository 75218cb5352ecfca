"""BrowsedMemory: what a scope's memory tells without a question: lists, counts, the graph."""

from datetime import datetime
from types import TracebackType
from typing import Any, Self

from graphmem.arrays import GraphSnapshot
from graphmem.asking.arguments import Names, When, Where, filters_of, moment_of
from graphmem.asking.graph import entities_named, facts_of, neighbourhood_of, timeline_of
from graphmem.asking.identities import Identities
from graphmem.asking.listing import (
    cursor_at,
    derived_page,
    ordered_rows,
    rows_after,
    said_span,
    session_overviews,
    speaker_overviews,
)
from graphmem.asking.own_ids import OwnIds
from graphmem.config import require_positive, require_text, require_type
from graphmem.contracts import Clock, GraphStore
from graphmem.dates.zones import zone_of
from graphmem.errors import ConfigError
from graphmem.ids import KINDS
from graphmem.overview import (
    MemoryStats,
    Neighbourhood,
    Page,
    SessionOverview,
    SpeakerOverview,
    TimelineEntry,
)
from graphmem.reading import ImportLog
from graphmem.retrieve import Engines, kept_notes
from graphmem.retrieve.columns import read_present
from graphmem.types import DERIVED_KINDS, Entity, Fact, NoteId, Scope

# Lists under names of their own: `list` is a verb in the class below.
Records = list[Any]
Entities = list[Entity]
Facts = list[Fact]
Sessions = list[SessionOverview]
Speakers = list[SpeakerOverview]
Timeline = list[TimelineEntry]
Scopes = list[Scope]


class BrowsedMemory:
    """What can be read of one scope's memory without a question: lists, counts, records by id."""

    def __init__(
        self,
        store: GraphStore,
        scope: Scope,
        engines: Engines,
        clock: Clock,
        *,
        timezone: str = "UTC",
    ) -> None:
        self.store = store
        self.scope = scope
        self._engines = engines
        self._clock = clock
        self._zone = zone_of(timezone)
        self._own_ids = OwnIds(store, scope.key)
        self._shown: set[NoteId] = set()

    def __repr__(self) -> str:
        name, store = type(self).__name__, type(self.store).__name__
        return f"{name}(scope={self.scope.key!r}, store={store})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store."""
        self._engines.clear()
        self.store.close()

    def now(self) -> datetime:
        """Return the time by this memory's clock, aware UTC."""
        return self._clock()

    def list(
        self,
        *,
        as_of: When = None,
        since: When = None,
        until: When = None,
        speaker: Names = None,
        session: Names = None,
        kind: Names = None,
        where: Where = None,
        archived: bool = False,
        order: str = "oldest",
        after: str | None = None,
        limit: int = 100,
    ) -> Page:
        """Return the turns and passages that pass the filters of `search`, a page at a time.

        `order` is `oldest` or `newest` first, by when they were said; undated ones come last. For
        the next page pass this page's `after`; a note's id will do. Notes of the kind `topic` or
        `insight`, which `consolidate` wrote, are listed whole: with them any filter is an error.
        """
        require_positive("limit", limit)
        if kind is not None and not isinstance(kind, str) and len(kind) == 1:
            (kind,) = kind
        if isinstance(kind, str) and kind in DERIVED_KINDS:
            if any((as_of, since, until, speaker, session, where, after)):
                raise ConfigError(f"notes of the kind {kind} are listed whole: leave filters out")
            return derived_page(self.store, self.scope.key, kind, order=order, limit=limit)
        filters = filters_of(
            zone=self._zone,
            since=since,
            until=until,
            speaker=speaker,
            session=session,
            kind=kind,
            where=where,
            archived=archived,
        )
        columns = self._engines.columns(moment_of("as_of", as_of, zone=self._zone, is_end=True))
        snapshot = columns.snapshot
        rows = ordered_rows(snapshot, kept_notes(columns, filters), order)
        if after is not None:
            require_type("after", after, str)
            rows = rows_after(snapshot, rows, order, after)
        shown = rows[: max(limit, 0)]
        ids = [snapshot.note_ids[row] for row in shown]
        notes = read_present(self.store, "note", self.scope.key, ids)
        is_last = len(shown) == len(rows) or not len(shown)
        return Page(
            notes=tuple(notes[id_] for id_ in ids if id_ in notes),
            after=None if is_last else cursor_at(snapshot, int(shown[-1])),
        )

    def count(
        self,
        *,
        as_of: When = None,
        since: When = None,
        until: When = None,
        speaker: Names = None,
        session: Names = None,
        kind: Names = None,
        where: Where = None,
        archived: bool = False,
    ) -> int:
        """Return how many turns and passages pass the filters of `search`."""
        filters = filters_of(
            zone=self._zone,
            since=since,
            until=until,
            speaker=speaker,
            session=session,
            kind=kind,
            where=where,
            archived=archived,
        )
        columns = self._engines.columns(moment_of("as_of", as_of, zone=self._zone, is_end=True))
        kept = kept_notes(columns, filters)
        return len(columns.snapshot.note_ids) if kept is None else int(kept.sum())

    def sessions(self) -> Sessions:
        """Return the sessions, earliest first: how much was said in each, by whom, and when."""
        return session_overviews(self._engines.columns(None))

    def speakers(self) -> Speakers:
        """Return everyone who speaks, with how much and when; whoever says most comes first."""
        return speaker_overviews(self._engines.columns(None).snapshot)

    def entities(self, name: str | None = None) -> Entities:
        """Return the entities (people, places, things …) that notes name, most named first.

        With `name`, only those with that text in one of their names. Merged ones are one entity.
        """
        if name is not None:
            require_text("name", name)
        return entities_named(self.store, self.scope.key, self._same(), name)

    def facts(
        self,
        *,
        subject: str | None = None,
        relation: str | None = None,
        object: str | None = None,
    ) -> Facts:
        """Return the facts that notes state, by when they began to hold; undated ones come last.

        `subject` and `object` are names of entities, `relation` is the stated one (`works at`);
        a fact must have all that are given.
        """
        for argument, value in (("subject", subject), ("relation", relation), ("object", object)):
            if value is not None:
                require_text(argument, value)
        return facts_of(
            self.store,
            self.scope.key,
            self._same(),
            subject=subject,
            relation=relation,
            object_=object,
        )

    def timeline(self, entity: str) -> Timeline:
        """Return the notes that name an entity in order of time, with the facts they state of it.

        `entity` is a name or an id. Notes that were superseded since are included. Raises
        ConfigError, with near names, if nothing has the name.
        """
        require_text("entity", entity)
        return timeline_of(self.store, self.scope.key, self._same(), entity)

    def neighbourhood(self, id_: str, depth: int = 1, *, limit: int = 50) -> Neighbourhood:
        """Return the records up to `depth` steps from a note, episode, entity, fact or session.

        A step leads from a note to what it names, to the turns beside it and to linked notes; from
        an entity to the notes that name it; from a session to its notes. At most `limit` records
        are returned, the nearest first. Raises MissingRecordError for an id that is not there.
        """
        require_type("depth", depth, int)
        require_type("limit", limit, int)
        if depth < 0 or limit < 1:
            raise ConfigError(f"depth must be 0 or more and limit 1 or more, not {depth}, {limit}")
        record = self._read(id_)
        return neighbourhood_of(
            self.store, self.scope.key, self._same(), record, depth=depth, limit=limit
        )

    def snapshot(self, *, as_of: When = None) -> GraphSnapshot:
        """Return what is true now, or at a moment, as the arrays that search reads.

        For analyses of your own. Do not write to them: searches share them until the next write.
        """
        moment = moment_of("as_of", as_of, zone=self._zone, is_end=True)
        return self._engines.columns(moment).snapshot

    def stats(self) -> MemoryStats:
        """Return how much of everything this memory holds, and from when to when."""
        kept, counts = self.store, self.store.stats(self.scope.key)
        snapshot = self._engines.columns(None).snapshot
        encoder = self.store.encoder()
        first, last = said_span(snapshot)
        turns = int(snapshot.is_turn.sum())
        return MemoryStats(
            scope=self.scope.key,
            encoder=encoder.name if encoder else "",
            sessions=counts["session"],
            episodes=counts["episode"],
            notes=counts["note"],
            entities=counts["entity"],
            facts=counts["fact"],
            changes=counts["change"],
            deleted=counts["tombstone"],
            turns=turns,
            passages=len(snapshot.note_ids) - turns,
            speakers=len(snapshot.speakers),
            first=first,
            last=last,
            bytes=counts["bytes"],
            imports=kept.imports(self.scope.key) if isinstance(kept, ImportLog) else (),
        )

    def scopes(self) -> Scopes:
        """Return those scopes in the store that are of this memory's user: `ana`, `ana/helper`."""
        scopes = map(Scope.parse, self.store.scopes())
        return [scope for scope in scopes if scope.user == self.scope.user]

    def get(self, *ids: str) -> Records:
        """Return the records with these ids, in order: notes, episodes, sessions, entities, facts.

        An id that you gave with `add(id=…)`, or that a file gave, means that episode. Raises
        MissingRecordError for an id that is not in this scope.
        """
        return [self._read(id_) for id_ in ids]

    def _let_go(self) -> None:
        """Drop what is cached: it must not outlive what was erased."""
        self._engines.let_go_of_erased()
        self._own_ids.clear()
        self._shown = set()

    def _same(self) -> Identities:
        """Return which entities are one by somebody's word."""
        return Identities.of(self._engines.columns(None).snapshot)

    def _read(self, id_: str) -> Any:
        require_type("an id", id_, str)
        known = self._own_ids.resolved(id_)
        kind = KINDS.get(known[:1], "note")  # an id of no kind is no note's either
        return self.store.read(kind, self.scope.key, [known])[0]
