"""The notes that a new one is compared with."""

from graphmem.evolve.neighbours import MOST, Neighbours
from tests.unit.evolve.saying import saying


def test_the_likest_notes_come_first_and_those_without_a_shared_word_not_at_all() -> None:
    found = Neighbours()
    for number, text in enumerate(("Red kites fly.", "Kites rest on the red roof.", "Soup.")):
        found.add(saying(text, id_=f"n{number}"))
    near = found.near(saying("Red kites.", id_="n9"))
    assert [one.note for one in near] == ["n0", "n1"]


def test_a_note_is_no_neighbour_of_its_own() -> None:
    found = Neighbours()
    found.add(saying("Red kites.", id_="n0"))
    assert found.near(saying("Red kites.", id_="n0")) == []


def test_no_more_are_compared_than_it_says() -> None:
    found = Neighbours()
    for number in range(MOST + 5):
        found.add(saying("Red kites.", id_=f"n{number:03}"))
    assert len(found.near(saying("Kites.", id_="x"))) == MOST
