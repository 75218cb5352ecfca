"""What holds for the turns of every source."""

import pytest

from graphmem.ingest.reading.checked import DEEPEST, checked
from graphmem.ingest.reading.turns import Turn
from graphmem.types import Problem


def turn(text: str, **given: object) -> Turn:
    whole = {"collection": "", "session": "s", "where": "chat:1", **given}
    return Turn(text=text, **whole)  # type: ignore[arg-type]


def split(*items: Turn | Problem) -> tuple[list[Turn], list[Problem]]:
    found = list(checked(iter(items)))
    turns = [one for one in found if isinstance(one, Turn)]
    return turns, [one for one in found if isinstance(one, Problem)]


def test_a_good_turn_and_a_problem_pass_as_they_are() -> None:
    one, problem = turn("ok"), Problem(source="chat:9", message="odd")
    assert split(one, problem) == ([one], [problem])


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_a_turn_without_text_is_skipped_and_said(text: str) -> None:
    turns, (problem,) = split(turn(text))
    assert turns == []
    assert problem.skipped


def test_what_cannot_be_stored_is_replaced_everywhere_and_said_once() -> None:
    deep: object = "x"
    for _ in range(DEEPEST + 5):
        deep = [deep]
    (kept,), (problem,) = split(
        turn(
            "a\0b",
            speaker="Ana\ud800",
            metadata={"k\0": ["\udfff", 2**70, {"in": "\0"}], "deep": deep},
        )
    )
    assert not problem.skipped
    assert (kept.text, kept.speaker) == ("a\ufffdb", "Ana\ufffd")
    assert kept.metadata["k\ufffd"] == ["\ufffd", str(2**70), {"in": "\ufffd"}]
    assert str(kept.metadata["deep"]).count("[") < DEEPEST + 1


def test_an_id_over_two_texts_is_said_and_both_are_kept() -> None:
    turns, (problem,) = split(turn("one", source_id="7"), turn("two", source_id="7"))
    assert [one.text for one in turns] == ["one", "two"]
    assert "'7'" in problem.message
    assert split(turn("one", source_id="7"), turn("one", source_id="7"))[1] == []
    assert split(turn("a", source_id="7"), turn("b", source_id="7", session="t"))[1] == []
