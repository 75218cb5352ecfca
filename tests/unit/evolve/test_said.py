"""What a note says, as two notes are compared by it."""

from tests.unit.evolve.saying import saying


def test_names_and_numbers_are_values_and_the_rest_is_the_frame() -> None:
    (part,) = saying("The boiler in Bergen burns 12 litres.").parts
    assert part.values == {"bergen", "12"}
    assert part.told == ("boiler", "in", "burn", "litr")


def test_words_that_tell_a_change_make_no_difference_to_the_frame() -> None:
    before, after = saying("I work in Bergen."), saying("Now I work in Bergen.")
    assert before.parts[0].told == after.parts[0].told


def test_a_denial_and_a_question_are_seen() -> None:
    denied, asked = saying("I never ski."), saying("Do I ski?")
    assert denied.parts[0].is_denied
    assert not denied.is_asked
    assert asked.is_asked
    assert not asked.parts[0].is_denied


def test_other_scripts_and_empty_texts_say_what_they_say() -> None:
    assert saying("北京大学").words
    assert saying("🙂").parts
    assert saying("...").stems == frozenset()


def test_the_newer_of_two_is_told_by_time_and_then_by_id() -> None:
    assert saying("a", day=1).order < saying("b", day=2).order
    assert saying("a", id_="n1").order < saying("a", id_="n2").order
