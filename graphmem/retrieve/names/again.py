"""The names of passages that are as they were, among other turns: nothing is looked up again.

To look a hundred thousand passages through for half a million names takes seconds, and a turn that
is added changes none of them; only what names and words are numbered by moves on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot, SnapshotGraph
from graphmem.retrieve.names.inventory import is_linking
from graphmem.retrieve.names.links import Links
from graphmem.retrieve.names.trie import Trie
from graphmem.retrieve.words.known import rows_before
from graphmem.retrieve.words.ragged import Rows
from graphmem.retrieve.words.tokens import Tokens
from graphmem.retrieve.words.vocabulary import Vocabulary
from graphmem.runs import Ids
from graphmem.types import EntityId
from graphmem.vectors import distinct


@dataclass(frozen=True, slots=True)
class Read:
    """What names are looked up in: some of a snapshot's notes, and their words."""

    snapshot: GraphSnapshot
    notes: Rows
    tokens: Tokens


def links_again(links: Links, was: Read, now: Read) -> Links | None:
    """Return what `links_of` finds in the same notes of a later snapshot, to the last bit.

    `links` are those of `was`. None: other notes are there, or their names may be others.
    """
    old, new = was.tokens, now.tokens
    if old.note_ids != new.note_ids or old.titles != new.titles:
        return None
    entities = _entities(was, now)
    words = _words(old.vocabulary, new.vocabulary)
    names = links.inventory
    if entities is None or any(word in new.vocabulary.word_numbers for word in names.missing):
        return None
    trie = _renumbered(names.trie, words, len(new.vocabulary.words))
    if trie is None:
        return None
    is_here = words >= 0
    is_lower = np.zeros(trie.n_words, np.bool_)
    is_lower[words[is_here]] = names.is_lower[is_here]
    entity = np.append(entities, np.int32(-1))[names.entity]
    return replace(links, inventory=replace(names, entity=entity, trie=trie, is_lower=is_lower))


def _entities(was: Read, now: Read) -> NDArray[np.int32] | None:
    """Return the new number of each old entity, -1 for one that is gone.

    None: the notes may name other entities, or call them otherwise.
    """
    old, new = was.snapshot.graph, now.snapshot.graph
    moved = _places(new.entity_ids, old.entity_ids)
    before, after = is_linking(old, was.notes), is_linking(new, now.notes)
    named = moved[old.mention_entity[before]]
    if not np.array_equal(named, new.mention_entity[after]):
        return None
    if not np.array_equal(old.mention_initial[before], new.mention_initial[after]):
        return None
    if tuple((name, int(moved[at])) for name, at in old.entity_aliases) != new.entity_aliases:
        return None
    elsewhere = np.zeros(len(new.entity_ids) + 1, np.bool_)  # the last: gone
    elsewhere[_named_elsewhere(new, now.notes)] = True
    is_doubtful = elsewhere[moved]
    is_doubtful[_named_elsewhere(old, was.notes)] = True
    for entity in np.flatnonzero(is_doubtful & (moved >= 0)).tolist():
        if old.entity_names[entity] != new.entity_names[int(moved[entity])]:
            return None
    return moved


def _places(among: Sequence[EntityId], ids: Sequence[EntityId]) -> NDArray[np.int32]:
    """Return the place of each id among others, -1 for one that is not there; both are sorted."""
    here, wanted = (
        one.array if isinstance(one, Ids) else np.array(one, np.str_) for one in (among, ids)
    )
    at = np.searchsorted(here, wanted).astype(np.int32)
    known = np.flatnonzero(at < len(here))
    places = np.full(len(at), -1, np.int32)
    found = known[here[at[known]] == wanted[known]]
    places[found] = at[found]
    return places


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


def _words(old: Vocabulary, new: Vocabulary) -> NDArray[np.int32]:
    """Return the new number of each old word, -1 for one that is gone."""
    if old is new:
        return np.arange(len(old.words), dtype=np.int32)
    return rows_before(new.words, old.words).astype(np.int32)


def _renumbered(trie: Trie, words: NDArray[np.int32], n_words: int) -> Trie | None:
    """Return a trie of the same names by new numbers of words; None if one of these is gone."""
    keys: list[Rows] = []
    for old in trie.keys:
        state, word = np.divmod(old, max(trie.n_words, 1))
        moved = words[word].astype(np.int64)
        if (moved < 0).any():
            return None
        keys.append(state * n_words + moved)
    return replace(trie, n_words=n_words, keys=tuple(keys))
