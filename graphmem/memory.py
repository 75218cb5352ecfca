"""Memory: the composition root. What reads is in `asking`; this joins the stages that write."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from graphmem import ingest as stage
from graphmem.config import Settings, chosen, require_type, scope_of
from graphmem.consolidating import ConsolidatingMemory
from graphmem.contracts import Clock, Encoder, Extractor, GraphStore, Progress, identity_of, utc_now
from graphmem.errors import InputError
from graphmem.graph.validate import refuse_other_encoder, refuse_unknown_scopes
from graphmem.ids import ONE_BY_ONE
from graphmem.index.bases import apart, bases_of
from graphmem.receipts import Receipt
from graphmem.registry import open_encoder, open_extractor, open_ranker, open_store
from graphmem.retrieve import Engines
from graphmem.types import EpisodeId, Problem, Scope

if TYPE_CHECKING:  # `stage` imports its parts when something is written; a search needs none
    from graphmem.contracts import Ranker
    from graphmem.ingest import Deletions, Pipeline, Prepared, Tally, Turn


class Memory(ConsolidatingMemory):
    """One scope's memory in one store: put dialogues in, ask, see why, take back.

    Open it with `Memory.open`. One object serves many threads, and other processes may use the
    store meanwhile. Its verbs block: call them with `asyncio.to_thread` from coroutines.
    """

    def __init__(
        self,
        store: GraphStore,
        scope: Scope,
        *,
        encoder: Encoder,
        extractor: Extractor,
        clock: Clock = utc_now,
        timezone: str = "UTC",
        token_signs: bool = True,
        index: str = "memory",
        ranker: "Ranker | None" = None,
    ) -> None:
        bases, check = bases_of(store, encoder, clock, index), self._refuse_other_encoder
        engines = Engines(
            store, scope.key, encoder, check=check, clock=clock, bases=bases, ranker=ranker,
            apart=apart,
        )  # fmt: skip
        super().__init__(store, scope, engines, clock, timezone=timezone)
        self.encoder = encoder
        self._extractor = extractor
        self._timezone = timezone
        self._token_signs, self._index, self._ranker = token_signs, index, ranker
        self._refuse_other_encoder()

    @classmethod
    def open(
        cls,
        store: str | Path | GraphStore | None = None,
        *,
        scope: Scope | str | None = None,
        encoder: str | Encoder | None = None,
        extractor: str | Extractor | None = None,
        ranker: "str | Ranker | None" = None,
        clock: Clock = utc_now,
        must_exist: bool = False,
        index: str | None = None,
    ) -> Self:
        """Open a store, or make it, as the memory of one scope.

        - `store`: a path, `ram:`, a URL such as `neo4j://host:7687`, or an object, which is closed
          with the memory; None: what the settings say. So it is with all that is left out.
        - `scope`: whose memory it is: `ana`, `ana/helper`, or a `Scope`.
        - `encoder`, `extractor`, `ranker`: names, or objects of your own. The first write records
          the encoder, which the store chooses from then on.
        - `must_exist`: for whoever only reads: make nothing, and say what is there instead.
        - `index`: where what search derives is kept, `disk` or `memory`.

        Raises ScopeError if nobody says whose memory it is; EncoderMismatchError if another encoder
        made the store's vectors; PluginError for an object that lacks a member of its Protocol;
        with `must_exist`, StoreUnavailableError or ScopeError for what is not there.
        """
        settings = Settings.here()
        whose = scope_of(scope, settings)
        reads = open_extractor(extractor or settings.extractor)
        place = settings.store if store is None else store
        opened = open_store(place, must_exist=must_exist, clock=clock)
        try:
            if must_exist:
                name = str(place) if isinstance(place, str | Path) else "this store"
                refuse_unknown_scopes(opened.scopes(), [whose.key], where=name)
            recorded = opened.encoder()
            return cls(
                opened,
                whose,
                encoder=open_encoder(encoder or (recorded.name if recorded else settings.encoder)),
                extractor=reads, ranker=open_ranker(ranker or settings.ranker), clock=clock,
                timezone=settings.timezone, token_signs=settings.token_signs,
                index=settings.index if index is None else chosen("index", index),
            )  # fmt: skip
        except BaseException:
            if opened is not store:
                opened.close()
            raise

    def of(self, scope: Scope | str) -> "Memory":
        """Return another scope's memory in the same store. Closing either closes the store."""
        return Memory(
            self.store,
            scope_of(scope, Settings()),
            encoder=self.encoder, extractor=self._extractor, ranker=self._ranker,
            clock=self._clock, timezone=self._timezone, token_signs=self._token_signs,
            index=self._index,
        )  # fmt: skip

    def add(
        self,
        text: str | Sequence[Mapping[str, Any]],
        *,
        id: str | None = None,
        speaker: str | None = None,
        said_at: datetime | str | None = None,
        session: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        kind: str | None = None,
    ) -> Receipt:
        """Remember one turn, or a list of messages: `[{"role": "user", "content": "…"}]`.

        - `id`: your own name for the turn, which `get`, `update` and `delete` take. The same text
          under it again is the same turn; another text takes its place.
        - `said_at`: when it was said, where a message does not say so itself; else now.
        - `session`: the name of the conversation; without one, turns stand each for itself.
        - `metadata`: JSON values, which `where=` of a search reads.
        - `kind`: `fact` marks a statement which the next `evolve` lets a later one supersede that
          is alike but for its value.

        The receipt's `ids` are those of the episodes. Raises InputError, naming it, for an argument
        that cannot be: blank, of another type, with half a surrogate pair.
        """
        now = self._clock()
        metadata = stage.with_kind(metadata, kind)
        items: Iterable[Turn | Problem]
        if isinstance(text, Sequence) and not isinstance(text, str | bytes):
            if id is not None or speaker is not None:
                raise InputError("each message has its own id and role; leave out id and speaker")
            items = stage.given_messages(
                text, session=session, said_at=said_at, metadata=metadata, now=now
            )
        else:
            turn = stage.given_turn(
                text, id_=id, session=ONE_BY_ONE if session is None else session, speaker=speaker,
                said_at=said_at, metadata=metadata, now=now,
            )  # fmt: skip
            items = [turn]
        given = list(stage.checked(stage.given_turns(items)))
        return self._named_again(
            given, lambda: self._ingest(given, restore=False, tally=stage.Tally(ids=[]))
        )

    def ingest(
        self,
        *paths: str | Path,
        root: str | Path | None = None,
        format: str = "auto",
        collection: str | None = None,
        timezone: str | None = None,
        date_order: str | None = None,
        json_chats: Sequence[Mapping[str, object]] = (),
        restore: bool = False,
        prepared: "Prepared | None" = None,
        progress: Progress | None = None,
    ) -> Receipt:
        """Remember files and folders. What is there already is left; what was deleted stays so.

        - `root`: the folder that the paths are below, so that a folder may be read in parts: a file
          is known by the name of its folder and its path in it.
        - `format`: as in docs/formats.md; `auto` tells each file's by its content.
        - `collection`: stands for the folder's name, so that exports in two folders are one.
        - `timezone`: the IANA name of the zone of times written without one, and of the speakers'
          days; else UTC.
        - `date_order`: `dmy`, `mdy` or `ymd` for the dates of chats; else each file tells.
        - `json_chats`: where the parts of a JSON of your own are (docs/formats.md).
        - `restore`: take deleted episodes again. `prepared`: what `prepare` made of these files.
        - `progress`: hears which file is read, and how many bytes of how many were.

        Raises InputError for a path that is not there.
        """
        meter = stage.Meter(0 if progress is None else stage.bytes_in(map(Path, paths)))
        items = stage.read_given(
            paths, root, format, collection, timezone, date_order, json_chats=json_chats,
            meter=meter,
        )  # fmt: skip
        heard = items if progress is None else stage.reporting(items, progress, meter)
        receipt = self._ingest(heard, restore, prepared=prepared)
        return stage.told_to(self.store, self.scope.key, receipt, at=self._clock())

    def prepare(
        self,
        *paths: str | Path,
        root: str | Path | None = None,
        format: str = "auto",
        collection: str | None = None,
        timezone: str | None = None,
        date_order: str | None = None,
        json_chats: Sequence[Mapping[str, object]] = (),
    ) -> "Prepared":
        """Do of an `ingest` what takes long (extracting, encoding) and write nothing.

        It may be done in another process; `ingest(…, prepared=…)` of the same files writes it.
        """
        items = stage.read_given(
            paths, root, format, collection, timezone, date_order, json_chats=json_chats
        )
        return stage.prepare(items, self._pipeline(), scope=self.scope.key)

    def ingest_turns(self, items: "Iterable[Turn | Problem]", *, restore: bool = False) -> Receipt:
        """Remember turns that come from elsewhere than a file, checked as a file's are."""
        return self._ingest(stage.checked(stage.given_turns(items)), restore)

    def _ingest(
        self,
        items: "Iterable[Turn | Problem]",
        restore: bool,
        tally: "Tally | None" = None,
        prepared: "Prepared | None" = None,
    ) -> Receipt:
        tally, started = tally or stage.Tally(), time.perf_counter()
        pipeline = self._pipeline()
        if prepared is not None:
            pipeline = prepared.given_to(pipeline)
        stage.ingest(items, pipeline, scope=self.scope.key, tally=tally, restore=restore)
        receipt = tally.receipt(run_id=pipeline.run_id, seconds=time.perf_counter() - started)
        return replace(receipt, stages=tuple(sorted(pipeline.seconds.items())))

    def _remember(self, turn: "Turn", run_id: str) -> "Tally":
        tally, pipeline = stage.Tally(ids=[]), replace(self._pipeline(), run_id=run_id)
        items = stage.checked(iter([turn]))
        stage.ingest(items, pipeline, scope=self.scope.key, tally=tally, restore=True)
        return tally

    def delete(self, *ids: str, dry_run: bool = False) -> Receipt:
        """Erase episodes for good, with all that came from them alone, wherever it is kept.

        An id is an episode's, its note's, or one that you gave. A tombstone without content keeps a
        later ingest from bringing the episode back. Of what was deleted before, traces that are
        still in the file are removed. `dry_run` erases nothing: the receipt's `ids` are the
        episodes that would go. Raises MissingRecordError, and deletes nothing, for an unknown id.
        """
        for id_ in ids:
            require_type("an id", id_, str)
        named = [one for id_ in ids for one in self._own_ids.versions(id_)]
        records = self._deletions.records(named, lambda left: self.get(*left))
        return self._forget(stage.origins_of(records), asked=ids, dry_run=dry_run)

    def delete_session(self, name: str, *, dry_run: bool = False) -> Receipt:
        """Erase every episode of a session, by its name, `COLLECTION/NAME`, or id."""
        require_type("the name of a session", name, str)
        origins = self._deletions.of_session(name)
        return self._forget(origins, asked=[name], dry_run=dry_run)

    def delete_all(self, *, dry_run: bool = False) -> Receipt:
        """Erase everything of this scope."""
        origins = [episode.id for episode in self.store.scan("episode", self.scope.key)]
        return self._forget(origins, dry_run=dry_run)

    def _forget(
        self, origins: Sequence[EpisodeId], *, asked: Sequence[str] = (), dry_run: bool
    ) -> Receipt:
        if dry_run:
            return Receipt(ids=tuple(origins))
        tally, started = stage.Tally(), time.perf_counter()
        pipeline = self._pipeline()
        try:
            self._deletions.run(origins, pipeline, tally=tally, asked=asked)
        finally:
            self._let_go()
        return tally.receipt(run_id=pipeline.run_id, seconds=time.perf_counter() - started)

    @cached_property
    def _deletions(self) -> "Deletions":
        return stage.Deletions(self.store, self.scope.key)

    def _pipeline(self) -> "Pipeline":
        from graphmem.rules import describe

        return stage.Pipeline(
            store=self.store, extractor=self._extractor, describe=describe, encoder=self.encoder,
            token_signs=self._token_signs, clock=self._clock, run_id=uuid4().hex,
        )  # fmt: skip

    def _refuse_other_encoder(self) -> None:
        refuse_other_encoder(self.store.encoder(), identity_of(self.encoder))
