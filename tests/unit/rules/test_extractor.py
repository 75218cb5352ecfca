"""The offline extractor: one span is one thing, and a note is read alone."""

from datetime import UTC, datetime
from itertools import combinations

from graphmem.rules.extractor import RuleExtractor
from graphmem.sentences import sentences
from graphmem.types import Note, NoteId, ScopeKey, SessionId


def note(text: str, number: int = 0) -> Note:
    return Note(
        id=NoteId(f"n{number}"),
        scope=ScopeKey("ana"),
        session_id=SessionId("s"),
        kind="turn",
        text=text,
        origins=(),
        sentences=tuple(sentences(text)),
        speaker="Ana",
        said_at=datetime(2024, 5, 8, tzinfo=UTC),
    )


def test_no_two_kinds_share_a_span_and_they_stand_in_order() -> None:
    text = 'On 3 May 2024 I gave Zoë my copy of "Nine Rivers" in the pottery class.'
    (found,) = RuleExtractor().extract([note(text)])
    assert {"date", "name", "title", "phrase", "speaker"} <= {one.kind for one in found.mentions}
    for one, other in combinations(found.mentions, 2):
        assert one.kind == other.kind or one.end <= other.start


def test_a_note_is_read_alone() -> None:
    notes = [note("I moved to Lisbon.", 0), note("Ben sold the boat.", 1)]
    extractor = RuleExtractor()
    assert extractor.extract(notes) == [
        *extractor.extract(notes[:1]),
        *extractor.extract(notes[1:]),
    ]
    assert extractor.extract([]) == []


def test_a_speakers_claim_names_the_speaker() -> None:
    (found,) = RuleExtractor().extract([note("I moved to Lisbon.")])
    assert [(claim.subject, claim.object) for claim in found.claims] == [("Ana", "Lisbon")]
