"""What a few passages brought, or took with them, since names were looked up, if the others name
what they named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot, SnapshotGraph
from graphmem.retrieve.names.inventory import is_linking, is_linking_at, lean_of
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.known import Before, rows_before, rows_of_titled
from graphmem.retrieve.words.ragged import Rows, places
from graphmem.retrieve.words.vocabulary import Vocabulary
from graphmem.runs import Ids
from graphmem.text import normalise
from graphmem.types import EntityId
from graphmem.vectors import distinct, is_among

Numbers = NDArray[np.int32]

_BLOCK = 4_096
"""Ids that are compared at once."""


@dataclass(frozen=True, slots=True)
class Read:
    """What names are looked up in: some of a snapshot's notes, and their words."""

    snapshot: GraphSnapshot
    notes: Rows
    words: WordIndex
    """Of these notes."""


@dataclass(frozen=True, slots=True)
class Came:
    """What a few notes brought and others took with them, by normal form."""

    rows: Rows
    """(n,) the old number of each note, -1 for one that came."""
    gone: Rows
    """The old numbers of the notes that are gone, ascending."""
    told: frozenset[str]
    """What notes that came or are gone name."""
    inside: Mapping[str, int]
    """The entities of these that some note names inside a sentence now."""
    initial: Mapping[str, int]
    """The entities of these that notes name where sentences start alone."""
    entities: Numbers
    """The new number of each old entity, -1 for one that is gone."""
    words: Numbers
    """The new number of each old word, -1 for one that is gone."""
    unheard: frozenset[str]
    """Old words that are gone."""
    unsaid: Numbers
    """(old words,) `Names.lean` of the notes that are gone alone."""
    aliases: frozenset[str]
    """Names that somebody gave, and those of what has one."""

    @property
    def notes(self) -> Rows:
        """Those that came."""
        return np.flatnonzero(self.rows < 0)


def rows_again(was: Read, now: Read) -> Rows | None:
    """Return (n,) the old number of each note, -1 for one that came; None: some changed places."""
    old, new = was.snapshot, now.snapshot
    there = rows_of_titled((old.note_ids, old.titles), (new.note_ids, new.titles))
    place = np.full(len(old.note_ids) + 1, -1, np.int64)
    place[was.notes] = np.arange(len(was.notes))
    rows: Rows = place[there[now.notes]]
    return rows if bool((np.diff(rows[rows >= 0]) > 0).all()) else None


def came_with(was: Read, now: Read, rows: Rows) -> Came | None:
    """Return what came and what is gone; None: the others may name other things."""
    is_gone = np.ones(len(was.notes), np.bool_)
    is_gone[rows[rows >= 0]] = False
    gone = np.flatnonzero(is_gone)
    entities = _entities(was, now, rows)
    if entities is None:
        return None
    graph, fresh = now.snapshot.graph, now.notes[rows < 0]
    if len(now.snapshot.scopes) > 1 and (len(fresh) or len(gone)):
        return None  # one name may be of two entities
    lost = _named(was.snapshot.graph, was.notes[gone])
    inside, initial = _told(
        graph, now.notes, (_named(graph, fresh), entities[lost].astype(np.int64))
    )
    taken = {normalise(was.snapshot.graph.entity_names[entity]) for entity in lost.tolist()}
    aliased = (
        name for alias, at in graph.entity_aliases for name in (alias, graph.entity_names[at])
    )
    tokens = was.words.tokens
    words = _words(tokens.vocabulary, now.words.tokens.vocabulary)
    unsaid = tokens.sentences.take(places(tokens.sentence_indptr, gone))
    return Came(
        rows=rows,
        gone=gone,
        told=frozenset({*inside, *initial, *taken}),
        inside=inside,
        initial=initial,
        entities=entities,
        words=words,
        unheard=frozenset(tokens.vocabulary.words[at] for at in np.flatnonzero(words < 0).tolist()),
        unsaid=lean_of(tokens.vocabulary, unsaid),
        aliases=frozenset(map(normalise, aliased)),
    )


def _named(graph: SnapshotGraph, notes: Rows) -> Rows:
    """Return the entities that some notes name."""
    return distinct(graph.mention_entity[is_linking(graph, notes)]).astype(np.int64)


def _told(
    graph: SnapshotGraph, notes: Rows, some: tuple[Rows, Rows]
) -> tuple[dict[str, int], dict[str, int]]:
    """Return those of some entities, -1 for one that is gone, that notes name inside sentences, and
    those that they name where sentences start alone."""
    wanted = np.zeros(len(graph.entity_ids) + 1, np.bool_)  # the last: gone
    for entities in some:
        wanted[entities] = True
    wanted[-1] = False
    linking = np.flatnonzero(wanted[graph.mention_entity])
    linking = linking[is_linking_at(graph, notes, linking)]
    of, is_initial = graph.mention_entity[linking], graph.mention_initial[linking]
    inside, initial = distinct(of[~is_initial]), distinct(of[is_initial])
    alone = np.setdiff1d(initial, inside)
    return (
        {normalise(graph.entity_names[entity]): entity for entity in inside.tolist()},
        {normalise(graph.entity_names[entity]): entity for entity in alone.tolist()},
    )


def _entities(was: Read, now: Read, rows: Rows) -> Numbers | None:
    """Return the new number of each old entity, -1 for one that is gone.

    None: the notes that were there may name other entities, or call them otherwise.
    """
    old, new = was.snapshot.graph, now.snapshot.graph
    moved = _places(new.entity_ids, old.entity_ids)
    kept = rows[rows >= 0]
    if not _are_passed_on(was, now) and not _name_the_same(was, now, rows, moved):
        return None
    if tuple((name, int(moved[at])) for name, at in old.entity_aliases) != new.entity_aliases:
        return None
    elsewhere = np.zeros(len(new.entity_ids) + 1, np.bool_)  # the last: gone
    elsewhere[_named_elsewhere(new, now.notes[rows >= 0])] = True
    is_doubtful = elsewhere[moved]
    is_doubtful[_named_elsewhere(old, was.notes[kept])] = True
    for entity in np.flatnonzero(is_doubtful & (moved >= 0)).tolist():
        called, called_now = old.entity_names[entity], new.entity_names[int(moved[entity])]
        if called != called_now and normalise(called) != normalise(called_now):
            return None
    return moved


def _are_passed_on(was: Read, now: Read) -> bool:
    """Return whether no note that is still there was read again: each has the mentions it had."""
    before = Before.between(was.snapshot.note_ids, now.snapshot.note_ids)
    return not is_among(before.again, now.notes).any()


def _name_the_same(was: Read, now: Read, rows: Rows, moved: Numbers) -> bool:
    """Return whether notes that are still there name the entities that they named."""
    old, new = was.snapshot.graph, now.snapshot.graph
    before = is_linking(old, was.notes[rows[rows >= 0]])
    after = is_linking(new, now.notes[rows >= 0])
    named = moved[old.mention_entity[before]]
    return np.array_equal(named, new.mention_entity[after]) and np.array_equal(
        old.mention_initial[before], new.mention_initial[after]
    )


def _places(among: Sequence[EntityId], ids: Sequence[EntityId]) -> Numbers:
    """Return the place of each id among others, -1 for one that is not there; both are sorted.

    Most stand beside the same ones as before, and are compared block by block.
    """
    here, wanted = (
        one.array if isinstance(one, Ids) else np.array(one, np.str_) for one in (among, ids)
    )
    found = np.full(len(wanted), -1, np.int32)
    at = to = 0
    while at < len(wanted) and to < len(here):
        size = min(_BLOCK, len(wanted) - at, len(here) - to)
        one, other = here[to : to + size], wanted[at : at + size]
        if one.tobytes() == other.tobytes():  # ten times as fast as id by id
            found[at : at + size] = np.arange(to, to + size)
            at, to = at + size, to + size
            continue
        is_same = one == other
        same = size if is_same.all() else int(is_same.argmin())
        found[at : at + same] = np.arange(to, to + same)
        at, to = at + same, to + same
        if same == size:
            continue
        there = int(np.searchsorted(here[to:], wanted[at]))
        if there == 0:  # it is gone, and others stand there
            at += 1
        to += there
    return found


def _named_elsewhere(graph: SnapshotGraph, notes: Rows) -> Rows:
    """Return the entities that other notes name or claim something of.

    What an entity is called commonest can change with these alone.
    """
    size = 1 + max(int(of.max(initial=-1)) for of in (notes, graph.mention_note, graph.claim_note))
    is_other = np.ones(size, np.bool_)
    is_other[notes] = False
    mentions, claims = is_other[graph.mention_note], is_other[graph.claim_note]
    found = (
        graph.mention_entity[mentions], graph.claim_subject[claims], graph.claim_object[claims]
    )  # fmt: skip
    return distinct(np.concatenate(found).astype(np.int64))


def _words(old: Vocabulary, new: Vocabulary) -> Numbers:
    """Return the new number of each old word, -1 for one that is gone."""
    if old is new:
        return np.arange(len(old.words), dtype=np.int32)
    return rows_before(new.words, old.words).astype(np.int32)
