"""Hits are read from the store; what was deleted after the search is left out."""

import pytest

from graphmem import Memory
from graphmem.errors import MissingRecordError
from graphmem.retrieve import Found, hits_of

TEXTS = ("We planted quinces.", "The quinces froze.", "Next year we plant medlars.")


@pytest.fixture
def memory():
    with Memory.open("ram:", scope="ana") as memory:
        for text in TEXTS:
            memory.add(text, speaker="Ana", session="garden")
        yield memory


def found_of(memory):
    """Return what a search found of every note, best first, before the store was asked."""
    notes = sorted(memory.store.scan("note", memory.scope.key), key=lambda note: note.text)
    turns = [note for note in notes if note.kind == "turn"]
    return [
        Found(note=note.id, score=1 / rank, why=("said so",), paths=())
        for rank, note in enumerate(turns, 1)
    ]


def test_a_hit_has_its_note_episodes_and_session_in_the_order_found(memory):
    found = found_of(memory)
    hits = hits_of(found, memory.store, memory.scope.key)
    assert [hit.note.text for hit in hits] == sorted(TEXTS)
    assert [(hit.rank, hit.score) for hit in hits] == [(1, 1), (2, 1 / 2), (3, 1 / 3)]
    assert all(hit.episodes[0].text == hit.note.text for hit in hits)
    assert {hit.sessions[0].name for hit in hits} == {"garden"}


def test_what_was_deleted_between_search_and_reading_is_left_out_and_ranks_close_up(memory):
    found = found_of(memory)
    memory.delete(found[1].note)
    hits = hits_of(found, memory.store, memory.scope.key)
    assert [hit.note.id for hit in hits] == [found[0].note, found[2].note]
    assert [(hit.rank, hit.score) for hit in hits] == [(1, 1), (2, 1 / 3)]


def test_when_everything_found_was_deleted_there_is_no_hit(memory):
    found = found_of(memory)
    memory.delete_all()
    assert hits_of(found, memory.store, memory.scope.key) == []


def test_a_note_whose_episode_is_missing_is_an_error_since_no_delete_leaves_it(memory):
    found = found_of(memory)
    store = Damaged(memory.store)
    with pytest.raises(MissingRecordError, match="episode"):
        hits_of(found, store, memory.scope.key)


class Damaged:
    """A store that has lost its episodes and nothing else."""

    def __init__(self, store):
        self._store = store

    def read(self, kind, scope, ids):
        if kind == "episode" and ids:
            raise MissingRecordError(kind, ids)
        return self._store.read(kind, scope, ids)

    def version_token(self, scope):
        return self._store.version_token(scope)


class Deleting:
    """A store of which another deletes one note before each read of episodes."""

    def __init__(self, memory, gone):
        self._memory, self._gone = memory, list(gone)

    def read(self, kind, scope, ids):
        if kind == "episode" and self._gone:
            self._memory.delete(self._gone.pop(0))
        return self._memory.store.read(kind, scope, ids)

    def version_token(self, scope):
        return self._memory.store.version_token(scope)


@pytest.mark.parametrize("gone", [(0,), (1,), (0, 1), (1, 2), (2, 1, 0)])
def test_a_deletion_between_any_two_statements_leaves_the_hits_that_are_left(memory, gone):
    found = beside(memory)
    store = Deleting(memory, [found[place].note for place in gone])
    hits = hits_of(found, store, memory.scope.key)
    left = [text for place, text in enumerate(TEXTS) if place not in gone]
    assert [hit.note.text for hit in hits] == left
    assert {hit.before.text for hit in hits if hit.before} <= set(left)
    assert {hit.after.text for hit in hits if hit.after} <= set(left)
    assert [hit.rank for hit in hits] == list(range(1, len(left) + 1))


def test_nothing_found_is_no_hit(memory):
    assert hits_of([], memory.store, memory.scope.key) == []


class Counting:
    """A store that counts what is read of it."""

    def __init__(self, store):
        self._store, self.kinds = store, []

    def read(self, kind, scope, ids):
        self.kinds.append(kind)
        return self._store.read(kind, scope, ids)


def beside(memory):
    """Return the notes found, each with what was said beside it."""
    notes = {note.text: note for note in memory.store.scan("note", memory.scope.key)}
    said = [notes[text].origins[0] for text in TEXTS]
    around = zip(TEXTS, [None, *said], [*said[1:], None], strict=False)
    return [
        Found(note=notes[text].id, score=1.0, why=(), paths=(), before=before, after=after)
        for text, before, after in around
    ]


def test_neighbours_come_with_the_hits_in_as_many_statements_however_many_they_are(memory):
    store = Counting(memory.store)
    hits = hits_of(beside(memory), store, memory.scope.key)
    assert [hit.before and hit.before.text for hit in hits] == [None, *TEXTS[:2]]
    assert [hit.after and hit.after.text for hit in hits] == [*TEXTS[1:], None]
    assert len(store.kinds) == len(set(store.kinds)) == 5


def test_a_neighbour_that_was_deleted_since_is_left_out_and_the_hit_stays(memory):
    found = beside(memory)
    memory.delete(found[1].note)
    first, last = hits_of(found, memory.store, memory.scope.key)
    assert (first.note.text, first.after) == (TEXTS[0], None)
    assert (last.note.text, last.before, last.rank) == (TEXTS[2], None, 2)
