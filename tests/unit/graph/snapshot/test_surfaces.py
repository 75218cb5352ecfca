"""Surfaces stand sorted by entity, and a number that was given again means the later name."""

import numpy as np

from graphmem.graph.snapshot.surfaces import Names, merged_names

LISBON, PORTO, FARO = (f"n{digit * 24}" for digit in "123")


def rows_of(names: Names) -> list[tuple[int, str, str]]:
    entities = names.entities.astype("U").tolist()
    return list(zip(names.numbers.tolist(), entities, names.surfaces, strict=True))


def used(*numbers: int) -> list[np.ndarray]:
    return [np.array(numbers, np.int32)]


def test_rows_in_any_order_are_sorted_by_entity_then_surface() -> None:
    names = Names.of([(4, PORTO, "porto"), (7, LISBON, "lisbon"), (2, LISBON, "Lisbon")])
    assert rows_of(names) == [(2, LISBON, "Lisbon"), (7, LISBON, "lisbon"), (4, PORTO, "porto")]
    assert names.starts().tolist() == [0, 2]


def test_the_row_of_a_number_that_no_surface_has_is_minus_one() -> None:
    names = Names.of([(3, PORTO, "Porto"), (1, LISBON, "Lisbon")])
    assert names.places().tolist() == [-1, 0, -1, 1]


def test_an_empty_table_has_no_entities_and_no_places() -> None:
    names = Names.of([])
    assert (names.starts().tolist(), names.places().tolist()) == ([], [])


def test_of_two_tables_that_explain_a_number_the_later_is_right() -> None:
    old = Names.of([(1, LISBON, "Lisbon"), (2, PORTO, "Porto")])
    new = Names.of([(2, FARO, "Faro")])
    assert rows_of(merged_names([old, new], used(1, 2))) == [
        (1, LISBON, "Lisbon"),
        (2, FARO, "Faro"),
    ]


def test_merging_puts_surfaces_into_their_places_inside_an_entity() -> None:
    old = Names.of([(1, LISBON, "LISBON"), (2, LISBON, "lisbon"), (3, PORTO, "Porto")])
    new = Names.of([(4, LISBON, "Lisbon"), (5, PORTO, "PORTO")])
    assert rows_of(merged_names([old, new], used(1, 2, 3, 4, 5))) == [
        (1, LISBON, "LISBON"),
        (4, LISBON, "Lisbon"),
        (2, LISBON, "lisbon"),
        (5, PORTO, "PORTO"),
        (3, PORTO, "Porto"),
    ]


def test_surfaces_that_nothing_uses_any_more_are_left_out() -> None:
    old = Names.of([(1, LISBON, "Lisbon"), (2, PORTO, "Porto"), (3, FARO, "Faro")])
    assert rows_of(merged_names([old], [*used(3), *used(1, 3)])) == [
        (1, LISBON, "Lisbon"),
        (3, FARO, "Faro"),
    ]


def test_where_nothing_is_gone_all_names_are_used() -> None:
    old, new = Names.of([(1, LISBON, "Lisbon")]), Names.of([(2, PORTO, "Porto")])
    assert rows_of(merged_names([old, new], None)) == rows_of(merged_names([old, new], used(1, 2)))
