"""A batch is applied but for what would lose a probe, found by halving, the same each time."""

from collections.abc import Callable, Collection
from dataclasses import replace

import pytest

from graphmem.changes import Change, NoteField
from graphmem.contracts import GraphStore
from graphmem.evolve.gate import Gate
from graphmem.registry import open_store
from graphmem.testing.records import ANA, ENCODER, batch_of, change, linking, note_now, turn

TURNS = [turn(i) for i in range(8)]
NOTES = [one.note for one in TURNS]
GOLD = NOTES[0]


@pytest.fixture
def store() -> GraphStore:
    made = open_store("ram:")
    made.set_encoder(ENCODER)
    made.write(batch_of(*TURNS))
    made.apply([change(GOLD, "probes", ("What is near?",))])
    return made


class Asked:
    """A search that finds the gold note unless some archived notes say no; it counts."""

    def __init__(self, store: GraphStore, harmful: Callable[[set[str]], bool]) -> None:
        self.store, self.harmful, self.times = store, harmful, 0

    def __call__(self, question: str) -> Collection[str]:
        assert question == "What is near?"
        self.times += 1
        away = {note.id for note in self.store.scan("note", ANA) if note.archived}
        return () if self.harmful(away) else (GOLD.id,)


def always(_away: set[str]) -> bool:
    return True


def never(_away: set[str]) -> bool:
    return False


def gated(store: GraphStore, asked: Asked, changes: list[Change]) -> list[str]:
    gate = Gate(store=store, scope=ANA, rehearse=lambda: asked)
    return [one.change.id for one in store.atomically(lambda: gate.apply(changes))]


def archiving(*places: int) -> list[Change]:
    return [change(NOTES[place], "archived", True) for place in places]


def archived(store: GraphStore) -> list[int]:
    return [place for place, note in enumerate(NOTES) if note_now(store, note).archived]


def test_what_loses_nothing_is_applied_as_it_is_and_tried_once(store: GraphStore) -> None:
    asked = Asked(store, never)
    assert gated(store, asked, archiving(1, 2, 3, 4)) == []
    assert archived(store) == [1, 2, 3, 4]
    assert asked.times == 2


@pytest.mark.parametrize("harmful", [(1,), (4,), (7,), (1, 7), (3, 4), (1, 2, 3, 4, 5, 6, 7)])
def test_each_change_that_loses_a_probe_is_left_out_and_no_other(
    store: GraphStore, harmful: tuple[int, ...]
) -> None:
    bad = {NOTES[place].id for place in harmful}
    changes = archiving(1, 2, 3, 4, 5, 6, 7)
    dropped = gated(store, Asked(store, lambda away: bool(away & bad)), changes)
    assert dropped == [changes[place - 1].id for place in harmful]
    assert archived(store) == [place for place in range(1, 8) if place not in harmful]


def test_of_two_that_lose_a_probe_together_the_later_is_left_out(store: GraphStore) -> None:
    pair = {NOTES[2].id, NOTES[6].id}
    changes = archiving(1, 2, 3, 6)
    assert gated(store, Asked(store, lambda away: pair <= away), changes) == [changes[3].id]
    assert archived(store) == [1, 2, 3]


def test_the_note_of_a_probe_is_not_put_away_and_nothing_is_searched_for_that(
    store: GraphStore,
) -> None:
    asked = Asked(store, lambda away: GOLD.id in away)
    (first, other) = archiving(0, 5)
    assert gated(store, asked, [first, other]) == [first.id]
    assert archived(store) == [5]
    assert asked.times == 2


def test_a_probe_that_was_lost_before_holds_nothing_back(store: GraphStore) -> None:
    assert gated(store, Asked(store, always), archiving(1, 2)) == []
    assert archived(store) == [1, 2]


def test_what_search_does_not_rank_by_is_not_tried(store: GraphStore) -> None:
    asked = Asked(store, always)
    changes = [linking(NOTES[1], NOTES[2], 0.5), change(NOTES[1], "context", "elsewhere")]
    assert gated(store, asked, changes) == []
    assert asked.times == 0


def test_changes_that_belong_together_are_left_out_together(store: GraphStore) -> None:
    bad = NOTES[3].id
    first = change(NOTES[3], "archived", True)
    link = replace(linking(NOTES[3], NOTES[4], 0.5), depends_on=(first.id,))
    other = change(NOTES[5], "tags", ("kept",))
    dropped = gated(store, Asked(store, lambda away: bad in away), [other, first, link])
    assert dropped == [first.id, link.id]
    assert note_now(store, NOTES[5]).tags == ("kept",)
    assert list(store.scan("link", ANA)) == []


def test_what_supersedes_the_note_of_a_probe_answers_for_it(store: GraphStore) -> None:
    found = [GOLD.id]
    gate = Gate(store=store, scope=ANA, rehearse=lambda: lambda _: found)
    harm = change(GOLD, "superseded_by", NOTES[4].id)
    (dropped,) = store.atomically(lambda: gate.apply([harm]))
    assert (dropped.change, dropped.question, dropped.note) == (harm, "What is near?", GOLD.id)
    assert note_now(store, GOLD).superseded_by is None
    found.append(NOTES[4].id)
    assert store.atomically(lambda: gate.apply([harm])) == []
    assert note_now(store, GOLD).superseded_by == NOTES[4].id


def test_a_probe_that_shares_nothing_with_what_is_changed_is_not_asked() -> None:
    store = open_store("ram:")
    store.set_encoder(ENCODER)
    apart = turn(1, name="s2")
    store.write(batch_of(turn(0), apart))
    store.apply([change(GOLD, "probes", ("Zyx?",))])
    asked = Asked(store, always)
    gate = Gate(store=store, scope=ANA, rehearse=lambda: asked)
    made = change(apart.note, "archived", True)
    assert store.atomically(lambda: gate.apply([made])) == []
    assert asked.times == 0
    assert isinstance(made.target, NoteField)


@pytest.mark.parametrize("changes", [archiving(1, 2, 3, 4, 5), archiving(5, 3, 1, 4, 2)])
def test_the_same_batch_fares_the_same_each_time(changes: list[Change]) -> None:
    outcomes = []
    for _ in range(2):
        store = open_store("ram:")
        store.set_encoder(ENCODER)
        store.write(batch_of(*TURNS))
        store.apply([change(GOLD, "probes", ("What is near?",))])
        outcomes.append(gated(store, Asked(store, lambda away: len(away) > 2), changes))
    assert outcomes[0] == outcomes[1]
    assert len(outcomes[0]) == 3
