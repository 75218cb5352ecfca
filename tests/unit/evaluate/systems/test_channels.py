"""What the channels of a search say, by the source's own ids."""

import numpy as np
import pytest

from graphmem.evaluate.data.locomo import load_locomo
from graphmem.evaluate.systems.channels import OF_TURNS, channels_of, source_engine
from graphmem.evaluate.systems.source_files import write_source
from graphmem.memory import Memory
from tests.unit.evaluate.sets import PASSAGES, write_locomo


@pytest.fixture
def both(tmp_path):
    """A memory with passages and turns."""
    (pool,) = load_locomo(write_locomo(tmp_path / "l.json")).pools
    with Memory.open("ram:", scope="evaluate") as memory:
        for name, passages in (("turns", pool.passages), ("passages", PASSAGES)):
            (tmp_path / name).mkdir()
            memory.ingest(write_source(passages, tmp_path / name))
        yield memory


def test_source_ids_are_sorted_and_point_at_their_notes(both):
    source = source_engine(both)
    assert list(source.ids) == sorted(["p1", "p2", "p3", "p4", "D1:1", "D1:2", "D2:1"])
    notes = [source.engine.snapshot.note_ids[place] for place in source.order]
    texts = {note.id: note.text for note in both.store.scan("note", both.scope.key)}
    by_id = {passage.id: passage.text for passage in PASSAGES}
    shown = dict(zip(source.ids, (texts[note] for note in notes), strict=True))
    assert {id_: shown[id_] for id_ in by_id} == by_id
    assert shown["D2:1"] == "My cat is called Tinta."


def test_each_kind_has_its_own_channels_and_0_in_those_of_the_other(both):
    source = source_engine(both)
    found = channels_of(source.engine, "Where does Ana live?")
    of_turns = [place for place, id_ in enumerate(source.ids) if id_.startswith("D")]
    of_passages = [place for place, id_ in enumerate(source.ids) if id_.startswith("p")]
    assert all(len(values) == len(source.ids) for values in found.values())
    assert {"words_wide", "words"} <= set(found)
    for name, values in found.items():
        others = of_passages if name in OF_TURNS else of_turns
        assert not np.any(values[source.order][others]), name


def test_a_memory_of_one_kind_has_no_channels_of_the_other():
    with Memory.open("ram:", scope="evaluate") as memory:
        memory.add("I moved to Porto.", speaker="Ana")
        assert set(channels_of(source_engine(memory).engine, "Porto?")) <= set(OF_TURNS)
