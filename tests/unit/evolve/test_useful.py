"""Questions that notes answered, as proposals and as probes."""

import pytest

from graphmem.errors import InputError
from graphmem.evolve.useful import (
    LONGEST,
    MOST,
    Probe,
    answering,
    asking_of,
    no_more_answering,
    probed_notes,
    probes_of,
)
from graphmem.registry import open_store
from graphmem.testing.records import ANA, BEN, ENCODER, batch_of, change, turn
from tests.unit.evolve.saying import note_of


def test_a_question_is_added_once_and_taken_from_what_has_it() -> None:
    one, two = note_of("A.", id_="n1"), note_of("B.", id_="n2")
    made = answering("Which?", [one, two], [], reason="shown")
    assert [(p.target.note, p.after, p.author) for p in made] == [  # type: ignore[union-attr]
        ("n1", ("Which?",), "user"),
        ("n2", ("Which?",), "user"),
    ]
    assert no_more_answering("Which?", [one], reason="no") == []


def test_more_than_a_memory_holds_is_refused_and_what_is_kept_may_be_said_again() -> None:
    known = [Probe(f"q{i}", note_of("A.").id) for i in range(MOST)]
    with pytest.raises(InputError, match="--off"):
        answering("Another?", [note_of("A.")], known, reason="r")
    assert len(answering("q1", [note_of("A.")], known, reason="r")) == 1


def test_a_question_without_end_is_refused() -> None:
    with pytest.raises(InputError, match="characters"):
        answering("why " * LONGEST, [note_of("A.")], [], reason="r")


class Scanned:
    """A store without an index of probes."""

    def __init__(self, store) -> None:
        self.read, self.scan, self.changes = store.read, store.scan, store.changes


@pytest.mark.parametrize("place", ["ram:", "file"])
def test_probes_are_found_with_and_without_an_index(place, tmp_path) -> None:
    with_index = open_store("ram:" if place == "ram:" else tmp_path / "m.db")
    with_index.set_encoder(ENCODER)
    with_index.write(batch_of(turn(0), turn(1), turn(2)))
    first, second = turn(0).note, turn(1).note
    with_index.apply([change(first, "probes", ("B?", "A?")), change(second, "probes", ("A?",))])
    for store in (with_index, Scanned(with_index)):
        found = probes_of(probed_notes(store, ANA))
        assert found == sorted([Probe("A?", first.id), Probe("A?", second.id),
                                Probe("B?", first.id)])  # fmt: skip
        assert probed_notes(store, BEN) == []
        made = asking_of(store, ANA, lambda text: text == "B?")
        assert list(made.values()) == [["B?"]]
    with_index.close()
