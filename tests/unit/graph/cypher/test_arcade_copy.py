"""What goes into the library goes in few calls: items of one kind together, none too many."""

from collections.abc import Iterable

from graphmem.graph.cypher.arcade_copy import chunks


def grouped(words: Iterable[str], size: int) -> list[tuple[str, list[str]]]:
    return list(chunks(words, lambda word: word[0], size=size))


def test_items_of_a_kind_come_together_in_their_order() -> None:
    found = grouped(["a1", "b1", "a2", "b2", "a3"], 9)
    assert found == [("a", ["a1", "a2", "a3"]), ("b", ["b1", "b2"])]


def test_a_chunk_that_is_full_goes_at_once_and_what_is_left_at_the_end() -> None:
    found = grouped(["a1", "b1", "a2", "a3", "b2", "a4"], 2)
    assert found == [("a", ["a1", "a2"]), ("b", ["b1", "b2"]), ("a", ["a3", "a4"])]


def test_nothing_makes_no_chunk_and_a_full_end_no_empty_one() -> None:
    assert grouped([], 2) == []
    assert grouped(["a1", "a2"], 2) == [("a", ["a1", "a2"])]
