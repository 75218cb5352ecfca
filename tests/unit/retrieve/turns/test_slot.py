"""What states a slot: by whom it is asked about, dated, no question."""

from graphmem.memory import Memory
from graphmem.testing import standing_clock


def said(*turns: tuple[str, str], about: str) -> list[str]:
    memory = Memory.open("ram:", scope="ida", clock=standing_clock)
    for day, (speaker, text) in enumerate(turns, 1):
        memory.add(text, speaker=speaker, said_at=f"2024-01-{day:02}", session=str(day))
    return [value.said for value in memory.slot(about).values]


def test_others_count_where_they_name_the_person_and_do_not_speak_of_themselves() -> None:
    assert said(
        ("Ida", "I work in a bakery."),
        ("Ole", "Ida works in a museum."),
        ("Ole", "I work in a garage with Ida."),
        ("Ida", "Ole works in a garage."),
        about="where Ida works",
    ) == ["I work in a bakery.", "Ida works in a museum."]


def test_of_nobody_in_particular_it_is_the_best_statements_speaker() -> None:
    assert said(
        ("Ida", "The spare key is under the pot."),
        ("Ida", "Is the spare key there?"),
        ("Ida", "The spare key is in the drawer."),
        about="the spare key",
    ) == ["The spare key is under the pot.", "The spare key is in the drawer."]


def test_only_the_sentences_that_state_it_are_told() -> None:
    assert said(
        ("Ida", "What a day! My rent is 900. I need a nap."),
        about="Ida's rent",
    ) == ["My rent is 900."]
