"""One transaction: what is added, what a file renews, what makes room, what goes."""

from collections.abc import Sequence

import pytest

from graphmem.batches import Batch
from graphmem.contracts import GraphStore
from graphmem.ingest.episodes import Numbering
from graphmem.ingest.pipeline import Pipeline
from graphmem.ingest.reading.turns import Turn
from graphmem.ingest.tally import Tally
from graphmem.ingest.write import write, write_episodes
from graphmem.receipts import Receipt
from tests.unit.ingest.pipelines import ANA, NOON, Listing, chat, pipeline, stored, turn


@pytest.fixture
def parts() -> Pipeline:
    return pipeline()


def written(turns: Sequence[Turn], parts: Pipeline, *, restore: bool = False) -> Receipt:
    """Write turns as one call would."""
    tally = Tally()
    numbering = Numbering(parts.store, ANA, restore=restore)
    write(turns, numbering, parts, scope=ANA, tally=tally, restore=restore)
    return tally.receipt(run_id="", seconds=0)


def texts(store: GraphStore) -> list[str]:
    return [episode.text for episode in stored(store)]


def test_new_turns_are_written_with_their_notes_and_counted(parts: Pipeline) -> None:
    receipt = written([turn("Ana is in Faro."), turn("So I am.", speaker="Ben")], parts)
    assert (receipt.episodes_read, receipt.episodes_added, receipt.sessions) == (2, 2, 1)
    assert texts(parts.store) == ["Ana is in Faro.", "So I am."]
    notes = [note for note in parts.store.scan("note", ANA) if note.kind == "turn"]
    assert len(notes) == 2
    assert receipt.notes_added == parts.store.stats(ANA)["note"]


def test_the_encoder_is_recorded_with_the_first_write(parts: Pipeline) -> None:
    assert parts.store.encoder() is None
    written([turn("Hi")], parts)
    recorded = parts.store.encoder()
    assert recorded is not None
    assert recorded.name == parts.encoder.name


def test_a_file_that_is_read_again_writes_nothing(parts: Pipeline) -> None:
    file = chat("one", "two")
    written(file, parts)
    token = parts.store.version_token(ANA)
    receipt = written(file, parts)
    assert (receipt.episodes_known, receipt.episodes_added) == (2, 0)
    assert parts.store.version_token(ANA) == token
    assert isinstance(parts.extractor, Listing)
    assert parts.extractor.asked == ["one", "two"]


def test_one_turn_twice_in_a_call_is_one_episode_with_the_larger_values(parts: Pipeline) -> None:
    first = turn("Hi", source_id="a", metadata={"mood": "glad", "n": 1})
    second = turn("Hi", source_id="a", metadata={"mood": "calm", "n": 2})
    receipt = written([first, second], parts)
    assert (receipt.episodes_added, receipt.episodes_known) == (1, 1)
    assert stored(parts.store)[0].metadata == {"mood": "glad", "n": 2}


def test_metadata_is_merged_key_by_key_whichever_comes_first(parts: Pipeline) -> None:
    one, other = {"a": 1, "b": "x", "d": 8}, {"b": "y", "c": None, "d": "9"}
    written([turn("Hi", source_id="a", metadata=one)], parts)
    written([turn("Hi", source_id="a", metadata=other)], parts)
    written([turn("Hi", source_id="a")], parts)
    assert stored(parts.store)[0].metadata == {"a": 1, "b": "y", "c": None, "d": 8}


def test_of_two_places_that_a_source_gives_the_larger_counts(parts: Pipeline) -> None:
    for place in (5, 7, 2):
        written([turn("Hi", source_id="a", position=place, metadata={"n": place})], parts)
    assert stored(parts.store)[0].position == 7


def test_a_deleted_turn_stays_deleted_unless_it_is_restored(parts: Pipeline) -> None:
    hi = turn("Hi", source_id="a")
    written([hi, turn("Bye", source_id="b")], parts)
    gone = next(episode for episode in stored(parts.store) if episode.text == "Hi")
    parts.store.delete([gone.id], Batch(scope=ANA))
    receipt = written([hi], parts)
    assert (receipt.episodes_tombstoned, receipt.episodes_added) == (1, 0)
    assert texts(parts.store) == ["Bye"]
    assert written([hi], parts, restore=True).episodes_added == 1
    assert sorted(texts(parts.store)) == ["Bye", "Hi"]


def test_what_was_found_in_a_transactions_notes_is_not_kept_for_the_next(parts: Pipeline) -> None:
    written([turn("Hi", source_id="a")], parts)
    parts.store.delete([stored(parts.store)[0].id], Batch(scope=ANA))
    written([turn("Hi", source_id="a")], parts, restore=True)
    assert isinstance(parts.extractor, Listing)
    assert parts.extractor.asked == ["Hi", "Hi"]


def test_a_turn_that_a_file_has_between_two_stored_ones_makes_room(parts: Pipeline) -> None:
    written(chat("one", "three"), parts)
    written(chat("one", "two", "three"), parts)
    assert texts(parts.store) == ["one", "two", "three"]


@pytest.mark.parametrize("last", ["d", "e", "f", "g"])
def test_what_stands_where_a_file_puts_something_new_moves_behind_it(
    parts: Pipeline, last: str
) -> None:
    trip = {"collection": "", "session": "trip"}
    written(chat("a", "b", "c", last, name="one.txt", **trip), parts)
    written(chat("b", "c", "x", name="two.txt", **trip), parts)
    assert texts(parts.store) == ["a", "b", "c", "x", last]


def test_a_last_turn_that_has_gone_on_replaces_its_beginning(parts: Pipeline) -> None:
    written(chat("Hello", "I was just"), parts)
    receipt = written(chat("Hello", "I was just leaving."), parts)
    assert texts(parts.store) == ["Hello", "I was just leaving."]
    assert receipt.episodes_deleted == 1


@pytest.mark.parametrize(
    "last",
    [{"text": "I am leaving"}, {"text": "I was just leaving.", "speaker": "Ben"}],
    ids=["other words", "other speaker"],
)
def test_another_turn_behind_the_last_replaces_nothing(
    parts: Pipeline, last: dict[str, str]
) -> None:
    written(chat("Hello", "I was just"), parts)
    file = chat("Hello", "I was just")
    more = chat(last["text"], speaker=last.get("speaker", "Ana"))
    written([file[0], *more], parts)
    assert len(texts(parts.store)) == 3


def test_a_document_loses_the_passages_that_it_no_longer_holds(parts: Pipeline) -> None:
    passages = {"is_passage": True, "title": "A map", "speaker": None}
    written(chat("North.", "South.", **passages), parts)
    receipt = written(chat("North.", "East.", **passages), parts)
    assert texts(parts.store) == ["North.", "East."]
    assert receipt.episodes_deleted == 1


def test_a_document_that_is_not_read_to_its_end_loses_nothing(parts: Pipeline) -> None:
    passages = {"is_passage": True, "title": "A map", "speaker": None}
    written(chat("North.", "South.", **passages), parts)
    written(chat("North.", "East.", **passages)[:1], parts)
    assert texts(parts.store) == ["North.", "South."]


def test_a_passage_is_what_its_document_says_now(parts: Pipeline) -> None:
    written(chat("North.", is_passage=True, title="Old", speaker=None), parts)
    written(chat("North.", is_passage=True, title="New", speaker=None), parts)
    assert [episode.title for episode in stored(parts.store)] == ["New"]


def test_the_numbering_given_stays_as_it_was(parts: Pipeline) -> None:
    numbering = Numbering(parts.store, ANA, restore=False)
    file = chat("one", "one", "two")
    tally = Tally()
    after = write(file[:1], numbering, parts, scope=ANA, tally=tally, restore=False)
    assert after is not numbering
    write(file[1:], after, parts, scope=ANA, tally=tally, restore=False)
    assert texts(parts.store) == ["one", "one", "two"]


def test_episodes_are_written_as_they_are(parts: Pipeline) -> None:
    written([turn("Hi"), turn("Bye")], parts)
    (home,) = parts.store.scan("session", ANA)
    other, tally = pipeline(), Tally()
    write_episodes([(home, episode) for episode in stored(parts.store)], other, tally=tally)
    assert stored(other.store) == stored(parts.store)
    assert tally.counts.episodes_added == 2
    write_episodes([], other, tally=tally)
    assert tally.counts.episodes_added == 2
    assert stored(other.store)[0].said_at == NOON
