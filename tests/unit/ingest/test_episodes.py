"""Episodes: what makes two turns the same one."""

from datetime import UTC, datetime

from graphmem.ingest.episodes import EpisodeNumbering
from graphmem.ingest.reading.turns import Turn
from graphmem.types import Episode, ScopeKey

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def numbered(*turns: Turn) -> list[Episode]:
    numbering = EpisodeNumbering(ScopeKey("ana"))
    return [numbering.number(turn)[1] for turn in turns]


def turn(text: str, **fields: object) -> Turn:
    defaults = {"collection": "", "session": "s", "speaker": "Ana", "said_at": NOON, "where": "t:1"}
    return Turn(text=text, **{**defaults, **fields})  # type: ignore[arg-type]


def test_the_same_turn_read_twice_has_one_id() -> None:
    assert numbered(turn("hello")) == numbered(turn("hello"))


def test_equal_words_said_twice_at_one_time_are_two_episodes() -> None:
    first, second = numbered(turn("Yes."), turn("Yes."))
    assert first.id != second.id
    assert (first.position, second.position) == (0, 1)


def test_turns_put_in_between_leave_the_ids_of_the_others() -> None:
    short = numbered(turn("one"), turn("two"))
    long = numbered(turn("one"), turn("between"), turn("two"))
    assert [e.id for e in short] == [long[0].id, long[2].id]


def test_a_source_id_with_another_text_is_another_episode() -> None:
    first, second = numbered(turn("one", source_id="D1:1"), turn("two", source_id="D1:1"))
    assert first.id != second.id
    assert first.source_id == second.source_id == "D1:1"


def test_the_number_in_a_source_id_is_the_place() -> None:
    (episode,) = numbered(turn("one", source_id="D3:17"))
    assert episode.position == 17


def test_an_undated_turn_takes_the_time_of_the_turn_before_it() -> None:
    _, second = numbered(turn("one"), turn("two", said_at=None))
    assert second.said_at == NOON


def test_a_passage_has_a_title_even_if_it_is_empty_and_a_turn_has_none() -> None:
    passage, spoken = numbered(turn("text", is_passage=True), turn("text", session="other"))
    assert passage.title == ""
    assert spoken.title is None
