"""Places: given, counted by ids, or the next one; the same in one call and in many."""

import pytest

from graphmem.ingest import Turn
from graphmem.ingest.places import Places, counted


def turn(source_id: str | None = None, position: int | None = None) -> Turn:
    return Turn(
        collection="", session="s", text="x", source_id=source_id, position=position, where="t"
    )


@pytest.mark.parametrize(
    ("source_id", "expected"),
    [
        ("D1:17", ("D1:", 17)),
        ("m003", ("m", 3)),
        ("12", ("", 12)),
        ("a7f", None),
        ("chat-1714557780123", None),
        ("", None),
        (None, None),
    ],
)
def test_an_id_counts_if_it_ends_in_a_number_of_at_most_nine_digits(
    source_id: str | None, expected: tuple[str, int] | None
) -> None:
    assert counted(source_id) == expected


def test_ids_of_one_prefix_give_the_places_in_any_order() -> None:
    places = Places()
    assert [places.take(turn(f"m{n}")) for n in (4, 9, 2)] == [4, 9, 2]


def test_from_the_first_id_of_another_prefix_on_turns_stand_in_the_order_they_come() -> None:
    places = Places()
    assert [places.take(turn(id_)) for id_ in ("m4", "x1", "m2", "m9", None)] == [4, 5, 6, 7, 8]


def test_a_place_that_is_given_is_taken_even_if_it_is_negative_or_not_the_only_one() -> None:
    places = Places()
    assert [places.take(turn(position=n)) for n in (-3, 5, 5)] == [-3, 5, 5]
    assert places.take(turn()) == 6
