"""Notes: text, addressee, context."""

from dataclasses import replace
from datetime import UTC, datetime

from graphmem.ingest.note import (
    addressee_of,
    context_line,
    passage_note,
    segment_note,
    turn_note,
)
from graphmem.types import Segment
from tests.unit.ingest.test_segment import episode


def said(i: int, speaker: str | None, text: str = "hello") -> object:
    return replace(episode(i, text), speaker=speaker)


def test_the_caption_of_an_image_is_part_of_the_text() -> None:
    shared = replace(episode(0, "Look!"), metadata={"caption": "a grey kitten"})
    assert turn_note(shared, None).text == "Look! [image: a grey kitten]"


def test_a_turn_speaks_to_the_nearest_other_speaker_before_it() -> None:
    run = [said(0, "Ben"), said(1, "Ana"), said(2, "Cem")]
    assert addressee_of(run, 1) == "Ben"  # type: ignore[arg-type]


def test_the_first_turn_speaks_to_whoever_answers() -> None:
    assert addressee_of([said(0, "Ana"), said(1, "Ben")], 0) == "Ben"  # type: ignore[arg-type]


def test_who_speaks_alone_speaks_to_nobody() -> None:
    assert addressee_of([said(0, "Ana"), said(1, "Ana")], 0) is None  # type: ignore[arg-type]


def test_sentences_are_spans_of_the_text() -> None:
    note = turn_note(episode(0, "It rained. We stayed in!"), None)
    assert [note.text[a:b] for a, b in note.sentences] == ["It rained.", "We stayed in!"]


def test_the_context_line_says_who_to_whom_when_and_about_what() -> None:
    note = turn_note(episode(0, "The kitten sleeps"), "Ben")
    assert context_line(note, ("kitten",)) == "Ana to Ben, 1 May 2024, about kitten"


def test_a_segment_note_has_every_episode_as_an_origin() -> None:
    run = (episode(0, "one"), episode(1, "two"))
    note = segment_note(Segment(session_id=run[0].session_id, episodes=run))
    assert note.origins == (run[0].id, run[1].id)
    assert note.text == "Ana: one\nAna: two"


def test_a_statement_is_true_until_its_source_says_and_a_segment_of_it_is_not_ended() -> None:
    ended = replace(episode(0, "We rent"), metadata={"valid_until": "2024-06-01"})
    end = datetime(2024, 6, 1, tzinfo=UTC)
    assert (turn_note(ended, None).valid_until, passage_note(ended).valid_until) == (end, end)
    run = Segment(session_id=ended.session_id, episodes=(ended, episode(1, "two")))
    assert segment_note(run).valid_until is None


def test_an_end_that_is_no_date_ends_nothing() -> None:
    never = replace(episode(0, "We rent"), metadata={"valid_until": "never"})
    assert turn_note(never, None).valid_until is None
