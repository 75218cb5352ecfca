"""What passages brought, where the others name what they named."""

from dataclasses import replace

import numpy as np

from graphmem.retrieve.names.came import Read, came_with, rows_again
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.passage_data import BAND, snapshot_of_passages

MORE = BAND | {"river": ("Oder", "Ostrava lies by the Oder. Karvina is near.")}


def read(passages):
    snapshot = snapshot_of_passages(passages)
    return Read(snapshot, np.arange(len(passages)), updated(None, snapshot))


def test_a_note_that_came_is_told_from_those_that_were_there():
    rows = rows_again(read(BAND), read(MORE))
    assert rows.tolist() == [
        -1 if name == "river" else sorted(BAND).index(name) for name in sorted(MORE)
    ]


def test_what_came_is_told_by_where_it_is_named():
    was, now = read(BAND), read(MORE)
    came = came_with(was, now, rows_again(was, now))
    names = now.snapshot.graph.entity_names
    assert {name: names[at] for name, at in came.inside.items()} == {
        "oder": "Oder", "ostrava": "Ostrava",
    }  # fmt: skip
    assert {name: names[at] for name, at in came.initial.items()} == {"karvina": "Karvina"}
    assert came.told == {"oder", "ostrava", "karvina"}
    assert [names[at] for at in came.entities] == list(was.snapshot.graph.entity_names)


def test_what_is_gone_is_told_by_who_else_names_it():
    was, now = read(MORE), read(BAND)
    rows = rows_again(was, now)
    assert rows.tolist() == [sorted(MORE).index(name) for name in sorted(BAND)]
    came = came_with(was, now, rows)
    assert came.gone.tolist() == [sorted(MORE).index("river")]
    assert came.told == {"oder", "ostrava", "karvina"}
    assert set(came.inside) == {"ostrava"}
    assert came.initial == {}
    assert came.unheard == {"oder", "karvina", "near"}
    words = was.words.tokens.vocabulary.words
    assert [words[at] for at in np.flatnonzero(came.unsaid > 0)] == [
        "by",
        "is",
        "lies",
        "near",
        "the",
    ]
    assert [words[at] for at in np.flatnonzero(came.unsaid < 0)] == ["oder"]


def test_a_note_of_another_title_came_and_is_gone():
    was, now = read(BAND), read(BAND | {"other": ("Orta", BAND["other"][1])})
    rows = rows_again(was, now)
    assert rows.tolist() == [-1 if name == "other" else at for at, name in enumerate(sorted(BAND))]
    assert came_with(was, now, rows).gone.tolist() == [sorted(BAND).index("other")]


def test_notes_that_changed_places_are_neither_here_nor_there():
    was = read(BAND)
    turned = replace(
        was.snapshot, note_ids=was.snapshot.note_ids[::-1], titles=was.snapshot.titles[::-1]
    )
    assert rows_again(was, Read(turned, was.notes, was.words)) is None


def test_notes_that_name_other_things_than_they_did_are_no_growth():
    was, now = read(BAND), read(MORE)
    graph = replace(now.snapshot.graph, mention_entity=now.snapshot.graph.mention_entity[::-1])
    other = Read(replace(now.snapshot, graph=graph), now.notes, now.words)
    assert came_with(was, other, rows_again(was, other)) is None


def test_of_several_scopes_what_came_is_not_told():
    was, now = read(BAND), read(MORE)
    both = Read(replace(now.snapshot, scopes=("ana", "ben")), now.notes, now.words)
    assert came_with(was, both, rows_again(was, both)) is None
