"""Any order of writes, changes and deletes ends in the store that one fresh build would give.

Each segment note covers one third of a session's live turns, so writes and deletes drop and rewrite
notes as the ingest does.
"""

from collections.abc import Collection
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from graphmem.batches import Batch, NoteRecord, WriteCounts
from graphmem.changes import Change, hangs_on
from graphmem.contracts import GraphStore
from graphmem.graph import dump
from graphmem.registry import open_store
from graphmem.testing.records import (
    ANA,
    BEN,
    ENCODER,
    START,
    SampleTurn,
    batch_of,
    differences,
    summary_of,
    superseding,
    turn,
)
from graphmem.types import EpisodeId, NoteId, ScopeKey

Key = tuple[ScopeKey, int]
"""Scope and number of a turn."""

POOL: dict[Key, SampleTurn] = {
    (scope, i): turn(i, name=f"s{i % 2}", scope=scope) for scope in (ANA, BEN) for i in range(9)
}
KEYS = st.sets(st.sampled_from(sorted(POOL)), min_size=1, max_size=4)


def segments(live: Collection[SampleTurn]) -> dict[NoteId, NoteRecord]:
    """Return the segment notes of the live turns: a function of the set of turns."""
    groups: dict[tuple[str, int], list[SampleTurn]] = {}
    for one in live:
        place = int(one.episode.source_id.removeprefix("D1:"))
        groups.setdefault((one.session.id, place // 3), []).append(one)
    made = [summary_of(group) for group in groups.values()]
    return {record.note.id: record for record in made}


class StoreMachine(RuleBasedStateMachine):
    """Runs on stores in memory; a subclass says how to make others."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.opened = 0
        self.store, self.fresh = self.open(), self.open()
        self.live: set[Key] = set()
        self.changes: list[Change] = []
        self.snapshots = {scope: self.store.snapshot((scope,), None) for scope in (ANA, BEN)}

    def new_store(self, folder: Path, number: int) -> GraphStore:
        """Return the `number`th new store, counted from 0; it may keep its files in the folder.

        The first one is tested; the others are what it is compared with.
        """
        return open_store("ram:")

    def open(self) -> GraphStore:
        """Return another new store, with an encoder recorded."""
        self.opened += 1
        store = self.new_store(Path(self.folder.name), self.opened - 1)
        store.set_encoder(ENCODER)
        return store

    def turns(self, scope: ScopeKey) -> list[SampleTurn]:
        """Return the live turns of a scope."""
        return [POOL[key] for key in sorted(self.live) if key[0] == scope]

    @rule(keys=KEYS)
    def write(self, keys: set[Key]) -> None:
        """Write some turns, new or known, with the segments as they are with them."""
        for scope in (ANA, BEN):
            chosen = [POOL[key] for key in sorted(keys) if key[0] == scope]
            old = segments(self.turns(scope))
            self.live |= {key for key in keys if key[0] == scope}
            new = segments(self.turns(scope))
            counts = self.store.write(
                batch_of(
                    *chosen,
                    scope=scope,
                    notes=tuple(record for id_, record in sorted(new.items()) if id_ not in old),
                    dropped=tuple(sorted(old.keys() - new.keys())),
                    restored=tuple(one.episode.id for one in chosen),
                )
            )
            assert counts.episodes_added + counts.episodes_known == len(chosen)

    @precondition(lambda self: self.live)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        """Delete some live turns of one scope; write the segments that stay again."""
        chosen = data.draw(
            st.sets(st.sampled_from(sorted(self.live)), min_size=1, max_size=3), label="deleted"
        )
        for scope in (ANA, BEN):
            gone: list[EpisodeId] = [POOL[k].episode.id for k in sorted(chosen) if k[0] == scope]
            self.live -= {key for key in chosen if key[0] == scope}
            if gone:
                rest = tuple(segments(self.turns(scope)).values())
                counts = self.store.delete(gone, Batch(scope=scope, notes=rest))
                assert counts.episodes_deleted == len(gone)
        names = {POOL[key].note.id for key in chosen}
        acts = {c.at for c in self.changes if not hangs_on(c).isdisjoint(names)}
        self.changes = [c for c in self.changes if c.at not in acts]

    @precondition(lambda self: len(self.live) > 1)
    @rule(data=st.data())
    def supersede(self, data: st.DataObject) -> None:
        """Let one live turn supersede another that nothing has superseded."""
        named = {id_ for made in self.changes for id_ in hangs_on(made)}
        old = data.draw(st.sampled_from(sorted(self.live)), label="old")
        new = data.draw(st.sampled_from(sorted(self.live)), label="new")
        if old == new or old[0] != new[0] or POOL[old].note.id in named:
            return
        made = superseding(
            POOL[old].note, POOL[new].note.id, until=START, n=len(self.changes) + self.opened
        )
        self.opened += 1
        self.store.apply(made)
        self.changes += made

    @rule()
    def refresh(self) -> None:
        """Bring the snapshots up to date, over one or several steps."""
        for scope in (ANA, BEN):
            now = self.store.snapshot((scope,), None, self.snapshots[scope])
            assert differences(now, self.fresh.snapshot((scope,), None)) == []
            self.snapshots[scope] = now

    @rule()
    def write_nothing(self) -> None:
        """Write a batch of nothing."""
        assert self.store.write(Batch(scope=ANA)) == WriteCounts()

    @invariant()
    def is_what_a_fresh_build_gives(self) -> None:
        """Compare the content with a store into which what is live was written once."""
        fresh = self.open()
        for scope in (ANA, BEN):
            turns = self.turns(scope)
            fresh.write(batch_of(*turns, scope=scope, notes=tuple(segments(turns).values())))
        fresh.apply(self.changes)
        here, there = ([line for line in dump(s) if _is_content(line)] for s in (self.store, fresh))
        assert here == there
        self.fresh.close()
        self.fresh = fresh

    def teardown(self) -> None:
        """Close both stores and clear the folder."""
        self.store.close()
        self.fresh.close()
        self.folder.cleanup()


def _is_content(line: str) -> bool:
    return '"kind":"tombstone"' not in line
