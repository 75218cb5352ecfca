"""Names of passages that are as they were are not looked up again, unless they may be others."""

from dataclasses import replace

import numpy as np
import pytest

from graphmem.retrieve.names.again import links_again
from graphmem.retrieve.names.came import Read
from graphmem.retrieve.names.links import links_of
from graphmem.retrieve.words.index import part_of, updated
from tests.unit.retrieve.passage_data import BAND, snapshot_of_passages


def snapshot_with(said, passages=BAND):
    """Return a snapshot of passages and of one turn, whose id says what its text is."""
    snapshot = snapshot_of_passages({**passages, f"turn {said}": (None, said)})
    return replace(snapshot, is_turn=np.array([id_ not in passages for id_ in snapshot.note_ids]))


def read(snapshot, before=None):
    """Return the words of a snapshot, of its passages, and what their names are looked up in."""
    words = updated(before, snapshot)
    notes = np.flatnonzero(~snapshot.is_turn)
    part = part_of(words, notes)
    return words, part, Read(snapshot, notes, part)


def again(before, after):
    """Return what is known of the names of `after` by those of `before` alone."""
    words, part, was = read(before)
    return links_again(links_of(part, before, was.notes), was, read(after, words)[2])


@pytest.mark.parametrize(
    "said", ["A zebra came by.", "Ostrava was cold.", "Zuzana met Tomas Beran.", ""]
)
def test_another_turn_changes_no_name(said):
    assert again(snapshot_with("It rained."), snapshot_with(said)) is not None


def test_one_passage_more_is_looked_up_by_itself():
    more = BAND | {"river": ("Oder", "Ostrava lies by the Oder.")}
    found = again(snapshot_with("It rained."), snapshot_with("It rained.", more))
    assert found.looked_up.tolist() == [sorted(more).index("river")]


def test_a_name_that_a_passage_brings_is_looked_up_where_its_rarest_word_is_said():
    more = BAND | {"river": ("Grey Harbour of Sand", "An album was sold by Tomas Beran in Orta.")}
    found = again(snapshot_with("It rained."), snapshot_with("It rained.", more))
    looked_up = [sorted(more)[note] for note in found.looked_up]
    assert looked_up == ["other", "river"]


def test_a_passage_less_takes_its_names_with_it_and_no_other_is_looked_through():
    more = BAND | {"river": ("Oder", "The Oder is long. Ostrava lies by the Oder.")}
    found = again(snapshot_with("It rained.", more), snapshot_with("It rained."))
    assert found.looked_up.tolist() == []
    assert "oder" not in found.links.inventory.names
    assert found.rows.tolist() == [
        sorted(more).index(name) for name in sorted(more) if name != "river"
    ]


def test_a_passage_of_another_title_is_looked_through_and_who_said_its_name_is(monkeypatch):
    monkeypatch.setattr("graphmem.retrieve.names.again.MOST", 0)
    retitled = BAND | {"town": ("Orta", BAND["town"][1])}
    found = again(snapshot_with("It rained."), snapshot_with("It rained.", retitled))
    looked_up = [sorted(retitled)[note] for note in found.looked_up]
    assert "town" in looked_up
    assert "singer" in looked_up  # Ostrava is no title now
    assert "mayor" not in looked_up


def test_an_entity_that_turns_call_otherwise_has_its_names_looked_up_again():
    before, after = snapshot_with("It rained."), snapshot_with("Ostrava was cold.")
    graph = after.graph
    names = tuple("Ostrau" if name == "Ostrava" else name for name in graph.entity_names)
    assert again(before, replace(after, graph=replace(graph, entity_names=names))) is None


def test_an_entity_that_got_another_name_has_its_names_looked_up_again():
    before = snapshot_with("It rained.")
    named = replace(before, graph=replace(before.graph, entity_aliases=(("Ostrau", 0),)))
    assert again(before, named) is None
    assert again(named, named) is not None


def test_a_name_whose_word_no_text_held_is_looked_up_once_a_turn_says_it():
    before, after = map(called_ostrau, (snapshot_with("It rained."), snapshot_with("Ostrau?")))
    assert again(before, called_ostrau(snapshot_with("A zebra came by."))) is not None
    assert again(before, after) is None


def called_ostrau(snapshot):
    """Return the same, with another name for Ostrava."""
    place = snapshot.graph.entity_names.index("Ostrava")
    return replace(snapshot, graph=replace(snapshot.graph, entity_aliases=(("Ostrau", place),)))
