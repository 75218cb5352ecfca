"""One turn given as arguments."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest

from graphmem.errors import InputError
from graphmem.ingest.reading.given import given_turn, given_turns
from graphmem.ingest.reading.turns import SourceFile, Turn

MAY = datetime(2024, 5, 8, tzinfo=UTC)


def turn(**given: object) -> Turn:
    whole = {"session": "s", "speaker": None, "said_at": MAY, "metadata": None, **given}
    return given_turn("The boat is blue.", **whole)


def test_the_id_in_the_metadata_names_the_turn_and_is_no_metadata() -> None:
    named = turn(metadata={"id": 7, "mood": "calm"})
    assert (named.source_id, named.metadata) == ("7", {"mood": "calm"})
    assert turn().source_id is None


def test_dates_uuids_numbers_and_tuples_become_what_json_holds() -> None:
    found = turn(
        metadata={
            "at": MAY,
            "day": date(2024, 5, 8),
            "key": UUID(int=5),
            "count": np.int64(3),
            "half": np.float32(0.5),
            "pair": (1, True),
            "inner": {"none": None},
        }
    ).metadata
    assert found == {
        "at": "2024-05-08T00:00:00+00:00",
        "day": "2024-05-08",
        "key": "00000000-0000-0000-0000-000000000005",
        "count": 3,
        "half": 0.5,
        "pair": [1, True],
        "inner": {"none": None},
    }
    assert [type(found[key]) for key in ("count", "half")] == [int, float]


def test_a_day_is_a_time_too() -> None:
    assert turn(said_at=date(2024, 5, 8)).said_at == MAY


@pytest.mark.parametrize("value", [{1}, object(), float("inf"), b"x", 1j])
def test_what_json_cannot_hold_is_refused_with_its_key(value: object) -> None:
    with pytest.raises(InputError, match="'mood'"):
        turn(metadata={"mood": [value]})


def test_the_callers_metadata_is_left_as_it_was() -> None:
    metadata = {"id": "a", "mood": {"now": (1,)}}
    turn(metadata=metadata)
    assert metadata == {"id": "a", "mood": {"now": (1,)}}


def given(**fields: object) -> Turn:
    whole = {"collection": "", "session": "s", "text": "The boat is blue.", "where": "t", **fields}
    (item,) = given_turns([Turn(**whole)])
    assert isinstance(item, Turn)
    return item


def test_a_turn_of_a_program_keeps_its_zone_and_gets_metadata_that_json_can_hold() -> None:
    noon = datetime(2024, 5, 8, 12, tzinfo=timezone(timedelta(hours=2)))
    turn = given(said_at=noon, metadata={"seen": date(2024, 5, 1), "id": UUID(int=5)})
    assert (turn.said_at, turn.said_at and turn.said_at.tzinfo) == (noon, noon.tzinfo)
    assert turn.metadata == {"seen": "2024-05-01", "id": str(UUID(int=5))}
    assert given(said_at=datetime(2024, 5, 8)).said_at == MAY


@pytest.mark.parametrize(
    ("field", "value"),
    [("text", None), ("session", 7), ("collection", b"x"), ("metadata", None)],
)
def test_a_field_of_another_type_is_refused_by_name(field: str, value: object) -> None:
    with pytest.raises(InputError, match=field):
        given(**{field: value})


def test_a_turn_of_a_file_that_a_program_gives_is_of_no_file() -> None:
    file = SourceFile(Path("a.jsonl"), "a.jsonl", "chats/a.jsonl")
    turn = given(file=file, ends_file=True)
    assert (turn.file, turn.ends_file) == (None, False)
