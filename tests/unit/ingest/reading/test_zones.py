"""The zone of times that their sources write without one."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from graphmem import Memory
from graphmem.errors import ConfigError, InputError
from graphmem.ingest.reading.dates import read_said_at
from graphmem.ingest.reading.zones import in_zone

LISBON = ZoneInfo("Europe/Lisbon")


def test_a_time_without_a_zone_is_read_in_it_and_one_in_utc_is_the_same_moment() -> None:
    assert in_zone(read_said_at("2025-07-09 18:05"), LISBON) == datetime(
        2025, 7, 9, 17, 5, tzinfo=UTC
    )
    moved = in_zone(read_said_at("2025-07-09T23:30:00Z"), LISBON)
    assert (moved, moved.day) == (datetime(2025, 7, 9, 23, 30, tzinfo=UTC), 10)


def test_a_time_with_an_offset_of_its_own_keeps_it() -> None:
    written = read_said_at("2025-07-09T18:05:00-07:00")
    assert in_zone(written, LISBON).utcoffset() == timedelta(hours=-7)


def test_today_is_the_speakers_day(tmp_path: Path) -> None:
    memory = Memory.open("ram:", scope="u")
    evening = datetime(2025, 7, 9, 23, 0, tzinfo=timezone(timedelta(hours=-5)))
    memory.add("We signed the lease today.", speaker="Ida", said_at=evening)
    (tmp_path / "chat.txt").write_text("2025-07-10 00:30 - Ida: Rain since yesterday.\n" * 2)
    memory.ingest(tmp_path / "chat.txt", timezone="Asia/Tokyo")
    dates = {
        mention.name
        for _, mentions in memory.store.scan("mention", memory.scope.key)
        for mention in mentions
        if mention.kind == "date"
    }
    assert dates == {"9 July 2025"}


def test_an_unknown_zone_or_order_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_text("2025-07-10 00:30 - Ida: Rain.\n")
    memory = Memory.open("ram:", scope="u")
    with pytest.raises(ConfigError, match="Europe/Lisbon"):
        memory.ingest(tmp_path, timezone="Lisbonne")
    with pytest.raises(InputError, match="dmy or mdy or ymd"):
        memory.ingest(tmp_path, date_order="dym")


def test_a_date_that_cannot_be_read_leaves_the_turn_in_its_place_without_a_date(
    tmp_path: Path,
) -> None:
    lines = ["2025-07-09", "2025-02-30", "2025-07-11"]
    path = tmp_path / "a.jsonl"
    path.write_text(
        "".join(
            f'{{"session": "s", "text": "t{n}", "said_at": "{day}"}}\n'
            for n, day in enumerate(lines)
        )
    )
    with Memory.open(tmp_path / "m.db", scope="u") as memory:
        memory.ingest(path)
        episodes = sorted(memory.store.scan("episode", memory.scope.key), key=lambda e: e.order)
        notes = {note.text: note for note in memory.store.scan("note", memory.scope.key)}
    assert [episode.text for episode in episodes] == ["t0", "t1", "t2"]
    assert [episode.said_at is None for episode in episodes] == [False, True, False]
    assert notes["t1"].said_at is None


def test_the_order_of_day_and_month_can_be_told(tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_text("3/2/25, 8:00 AM - Mia: a\n3/4/25, 8:00 AM - Tom: b\n")
    memory = Memory.open("ram:", scope="u")
    receipt = memory.ingest(tmp_path, date_order="dmy")
    assert receipt.problems == ()
    months = {
        episode.said_at.month
        for episode in memory.store.scan("episode", memory.scope.key)
        if episode.said_at
    }
    assert months == {2, 4}
