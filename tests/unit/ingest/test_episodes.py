"""Episodes: what makes two turns the same one, and where a turn stands in its session."""

import gc
import weakref
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from graphmem.ingest import Turn
from graphmem.ingest.episodes import Arrival, Numbering
from graphmem.ingest.reading.turns import SourceFile
from graphmem.memory import Memory
from graphmem.registry import open_store
from graphmem.testing import standing_clock
from graphmem.types import Episode, ScopeKey
from tests.unit.ingest.read_file import write_lines

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
ANA = ScopeKey("ana")


def turn(text: str, **fields: object) -> Turn:
    defaults = {"collection": "", "session": "s", "speaker": "Ana", "said_at": NOON, "where": "t:1"}
    return Turn(text=text, **{**defaults, **fields})  # type: ignore[arg-type]


def arrivals(*turns: Turn) -> list[Arrival]:
    return Numbering(open_store("ram:"), ANA, restore=False).number(turns)


def numbered(*turns: Turn) -> list[Episode]:
    return [arrival.episode() for arrival in arrivals(*turns)]


def test_a_numbering_that_was_gone_on_from_is_not_kept_by_the_one_that_goes_on():
    first = Numbering(open_store("ram:"), ANA, restore=False)
    file = SourceFile(Path("corpus"), "corpus", "corpus")
    first.number([turn("Reeds.", session="reeds", file=file)])
    second = first.copy()
    second.number([turn("Herons.", session="herons", file=file)])
    gone = weakref.ref(first)
    del first
    gc.collect()
    assert gone() is None


def test_what_a_copy_numbers_leaves_the_first_as_it_was():
    first = Numbering(open_store("ram:"), ANA, restore=False)
    file = SourceFile(Path("corpus"), "corpus", "corpus")
    first.number([turn("Reeds.", file=file)])
    again = [first.copy().number([turn("Reeds.", file=file)])[0] for _ in range(2)]
    assert again[0].id == again[1].id != first.number([turn("Herons.", file=file)])[0].id
    assert [arrival.position for arrival in again] == [1, 1]


@dataclass(frozen=True, slots=True)
class Chat:
    """A file without ids or times, of a session that other files may go on with."""

    name: str
    texts: tuple[str, ...]

    def write(self, folder: Path) -> Path:
        lines = [{"session": "trip", "speaker": "Ana", "text": text} for text in self.texts]
        return write_lines(folder / f"{self.name}.jsonl", lines)


def chat(name: str, *texts: str) -> Chat:
    return Chat(name, texts)


def told(folder: Path, *calls: Chat | Iterable[Turn]) -> list[str]:
    """Ingest the calls one after the other; return the texts in the order of their session."""
    with Memory.open("ram:", scope="ana", clock=standing_clock) as memory:
        for call in calls:
            if isinstance(call, Chat):
                memory.ingest(call.write(folder))
            else:
                memory.ingest_turns(call)
        found = sorted(memory.store.scan("episode", ANA), key=lambda e: e.order)
        return [episode.text for episode in found]


def test_the_same_turn_read_twice_has_one_id(tmp_path: Path) -> None:
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


def test_an_undated_turn_stands_at_the_time_of_the_turn_before_it_and_says_none() -> None:
    _, second = numbered(turn("one"), turn("two", said_at=None))
    assert (second.said_at, second.placed_at) == (None, NOON)


def test_a_time_is_kept_in_utc_with_the_offset_of_the_speakers_clock() -> None:
    evening = datetime(2025, 2, 8, 22, tzinfo=timezone(timedelta(hours=-5)))
    (episode,) = numbered(turn("Good night.", said_at=evening))
    assert (episode.said_at, episode.utc_offset) == (evening, -300)
    assert episode.said_at is not None
    assert episode.said_at.tzinfo is UTC
    assert episode.said_locally is not None
    assert episode.said_locally.day == 8


def test_a_passage_has_a_title_even_if_it_is_empty_and_a_turn_has_none() -> None:
    passage, spoken = numbered(turn("text", is_passage=True), turn("text", session="other"))
    assert passage.title == ""
    assert spoken.title is None


@pytest.mark.parametrize("said_at", [NOON, None])
def test_a_program_that_says_the_same_again_adds_a_turn(
    said_at: datetime | None, tmp_path: Path
) -> None:
    again = [turn("Are you in?", said_at=said_at), *[turn("Yes.", said_at=said_at)] * 2]
    assert (
        told(tmp_path, *([one] for one in again))
        == told(tmp_path, again)
        == ["Are you in?", "Yes.", "Yes."]
    )


def test_a_turn_with_an_id_is_one_however_often_a_program_gives_it(tmp_path: Path) -> None:
    named = turn("Yes.", source_id="a9")
    assert told(tmp_path, [named], [named, named]) == ["Yes."]


def test_an_undated_turn_of_a_later_call_takes_the_latest_time_of_its_session(
    tmp_path: Path,
) -> None:
    calls = ([turn("b", said_at=NOON)], [turn("a", said_at=NOON - timedelta(days=1))])
    assert told(tmp_path, *calls, [turn("c", said_at=None)]) == ["a", "b", "c"]


def test_a_file_read_again_adds_nothing_and_a_longer_one_what_it_has_more(tmp_path: Path) -> None:
    talk = ["Ready?", "Yes.", "Sure?", "Yes."]
    assert told(tmp_path, chat("a", *talk), chat("a", *talk)) == talk
    assert told(tmp_path, chat("a", *talk[:2]), chat("a", *talk)) == talk
    assert told(tmp_path, chat("a", "Ready?", "Sure?"), chat("a", *talk[:3])) == talk[:3]


def test_another_file_goes_on_with_a_session_and_keeps_what_is_said_again(tmp_path: Path) -> None:
    one, two = ["Ready?", "Yes.", "Where?", "Lyon."], ["Tickets?", "Bought.", "Sure?", "Yes."]
    assert told(tmp_path, chat("a", *one), chat("b", *two)) == one + two
    both = [chat("a", *one), chat("b", *two)]
    assert told(tmp_path, *both, *both, chat("b", *two)) == one + two


def test_another_file_may_begin_with_the_last_words_or_with_the_same_greeting(
    tmp_path: Path,
) -> None:
    assert told(tmp_path, chat("a", "Sure?", "Yes."), chat("b", "Yes.", "Good.")) == [
        *("Sure?", "Yes."),
        *("Yes.", "Good."),
    ]
    one, two = ["Hi!", "Any news?", "None."], ["Hi!", "I found it.", "Where?"]
    assert told(tmp_path, chat("a", *one), chat("b", *two)) == one + two


def test_a_file_that_grows_before_another_that_goes_on_keeps_both_in_order(tmp_path: Path) -> None:
    one, two = ["Ready?", "Yes.", "Where?", "Lyon."], ["Tickets?", "Bought.", "Sure?", "Good."]
    calls = (chat("a", *one), chat("b", *two), chat("a", *one, "Late."))
    assert told(tmp_path, *calls) == [*one, "Late.", *two]


def test_a_later_export_that_begins_further_on_adds_what_it_has_more(tmp_path: Path) -> None:
    talk = [f"Line {i}." for i in range(9)]
    assert told(tmp_path, chat("may", *talk[:6]), chat("june", *talk[3:])) == talk
    assert told(tmp_path, chat("may", *talk[:6]), chat("june", *talk)) == talk


def test_ids_that_do_not_count_leave_the_order_of_the_file(tmp_path: Path) -> None:
    ids = ["b41", "7fa9", "c2", "90d1e7", "0f3"]
    talk = [turn(f"Line {i}.", source_id=id_, said_at=None) for i, id_ in enumerate(ids)]
    expected = [one.text for one in talk]
    assert told(tmp_path, talk) == told(tmp_path, *([one] for one in talk)) == expected


def test_ids_that_count_say_the_order_whatever_the_calls(tmp_path: Path) -> None:
    talk = [turn(f"Line {i}.", source_id=f"D1:{i}", said_at=None) for i in range(6)]
    shuffled = [talk[i] for i in (4, 0, 5, 2, 1, 3)]
    assert told(tmp_path, *([one] for one in shuffled)) == [one.text for one in talk]


def test_the_last_turn_of_a_transcript_that_has_gone_on_since_is_one(tmp_path: Path) -> None:
    file = tmp_path / "talk.txt"
    with Memory.open("ram:", scope="ana", clock=standing_clock) as memory:
        for text in (
            "Ana: Hello.\nBen: I moved to",
            "Ana: Hello.\nBen: I moved to\nOslo.\nAna: Oh!",
        ):
            file.write_text(text)
            memory.ingest(file)
        found = sorted(memory.store.scan("episode", ANA), key=lambda e: e.order)
    assert [episode.text for episode in found] == ["Hello.", "I moved to\nOslo.", "Oh!"]


def test_a_turn_that_only_begins_as_the_last_one_did_leaves_it(tmp_path: Path) -> None:
    file = tmp_path / "talk.txt"
    with Memory.open("ram:", scope="ana", clock=standing_clock) as memory:
        for text in ("Ana: Coming?\nBen: Yes", "Ana: Coming?\nBen: Yes\nBen: Yes, at six."):
            file.write_text(text)
            memory.ingest(file)
        found = sorted(memory.store.scan("episode", ANA), key=lambda e: e.order)
    assert [episode.text for episode in found] == ["Coming?", "Yes", "Yes, at six."]


def test_what_was_deleted_and_is_said_again_stays_deleted_and_names_the_cure() -> None:
    with Memory.open("ram:", scope="ana", clock=standing_clock) as memory:
        memory.ingest_turns([turn("My code is 4711.")])
        (episode,) = memory.store.scan("episode", ANA)
        memory.delete(episode.id)
        receipt = memory.ingest_turns([turn("My code is 4711.")])
        assert (receipt.episodes_added, receipt.episodes_tombstoned) == (0, 1)
        assert "restore" in receipt.problems[-1].message
        assert memory.ingest_turns([turn("My code is 4711.")], restore=True).episodes_added == 1


def test_of_two_records_of_a_turn_neither_order_changes_what_is_kept() -> None:
    plain = turn("Look!", source_id="p1", metadata={"caption": "a tram", "mood": "glad"})
    other = turn("Look!", source_id="p1", metadata={"caption": "a yellow tram"})
    notes = []
    for calls in ([[plain, other]], [[other], [plain]], [[plain], [other], [plain]]):
        with Memory.open("ram:", scope="ana", clock=standing_clock) as memory:
            for call in calls:
                memory.ingest_turns(call)
            (episode,) = memory.store.scan("episode", ANA)
            assert episode.metadata == {"caption": "a yellow tram", "mood": "glad"}
            notes.append([n.text for n in memory.store.scan("note", ANA) if n.kind == "turn"])
    assert notes == [["Look! [image: a yellow tram]"]] * 3
