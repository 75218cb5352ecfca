"""Where names stand, which of those places count, and what holds a shorter name."""

import numpy as np
import pytest

from graphmem.retrieve.names.inventory import names_of
from graphmem.retrieve.names.occurrences import (
    counted,
    generic_names,
    generic_titles,
    holders,
    occurrences_of,
)
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.passage_data import snapshot_of_passages


def looked_up(corpus):
    """Return the inventory, the places, and the index of a corpus."""
    snapshot = snapshot_of_passages(corpus)
    index = updated(None, snapshot)
    notes = np.arange(len(snapshot.note_ids))
    inventory = names_of(snapshot, notes, index.tokens)
    return inventory, occurrences_of(inventory, index.tokens, notes), index


def listed(inventory, found):
    rows = zip(found.name, found.note, found.sentence, found.place, strict=True)
    return [(inventory.names[name], int(note), int(s), int(p)) for name, note, s, p in rows]


def test_places_come_by_note_sentence_and_place_the_longest_name_first():
    inventory, found, _ = looked_up(
        {"a": ("Bern", "We saw Bern."), "b": ("Bern Airport", "Bern Airport is small.")}
    )
    assert listed(inventory, found) == [
        ("bern", 0, -1, 0), ("bern", 0, 0, 2),
        ("bern airport", 1, -1, 0), ("bern", 1, -1, 0),
        ("bern airport", 1, 1, 0), ("bern", 1, 1, 0),
    ]  # fmt: skip


def test_a_name_inside_a_longer_one_is_held_by_it():
    inventory, found, _ = looked_up(
        {"a": ("Bern", "We saw Bern."), "b": ("Bern Airport", "Bern Airport is small.")}
    )
    held = [inventory.names[h] if h >= 0 else None for h in holders(found, inventory.n_words)]
    assert held == [None, None, None, "bern airport", None, "bern airport"]


@pytest.mark.parametrize(
    ("title", "text", "generic"),
    [
        ("Politician", "A politician leads.", True),
        ("Politician", "He met Politician there.", False),
        ("Politician", "Nothing of the kind.", True),
        ("Attention (film)", "Nothing of the kind.", False),
        ("The Prestige (film)", "Nothing of the kind.", False),
        ("Attention (film)", "It wants attention.", True),
    ],
)
def test_a_title_is_generic_where_its_note_writes_it_in_lower_case(title, text, generic):
    inventory, found, index = looked_up({"a": (title, text)})
    titles = index.tokens.titles
    assert generic_titles(found, inventory.title_name, titles).tolist() == [generic]


def test_lower_case_counts_for_a_generic_title_and_nowhere_else():
    corpus = {"a": ("Politician", "A politician leads."), "b": ("Harbour Song", "A harbour song.")}
    inventory, found, _ = looked_up(corpus)
    generic = generic_names(inventory, np.array([True, False]))
    kept, lower = counted(found, inventory.is_title, generic)
    names = [(inventory.names[n], bool(low)) for n, low in zip(kept.name, lower, strict=True)]
    assert names == [("politician", False), ("politician", True), ("harbour song", False)]
