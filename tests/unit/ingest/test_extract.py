"""What an extractor finds becomes part of the note, if it keeps its contract."""

from collections.abc import Sequence

import pytest

from graphmem.batches import Claim, Extraction, Mention
from graphmem.errors import ExtractionError
from graphmem.ingest.extract import extract
from graphmem.types import Note, NoteId, ScopeKey, SessionId


class Finds:
    """An extractor that gives what it was made with."""

    name = "rule:finds@1"

    def __init__(self, *found: Extraction) -> None:
        self.found = list(found)

    def extract(self, notes: Sequence[Note]) -> list[Extraction]:
        return self.found


def note(text: str = "The boat is blue.") -> Note:
    return Note(
        id=NoteId("n1"),
        scope=ScopeKey("ana"),
        session_id=SessionId("s"),
        kind="turn",
        text=text,
        origins=(),
        speaker="Ana",
    )


def described(one: Note, extraction: Extraction) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(mention.name for mention in extraction.mentions), ("colour",)


BOAT = Mention(name="boat", start=4, end=8, kind="phrase")


def test_a_note_gets_keywords_tags_context_and_its_author() -> None:
    (record,) = extract([note()], extractor=Finds(Extraction(mentions=(BOAT,))), describe=described)
    assert record.extraction.mentions == (BOAT,)
    made = record.note
    assert (made.keywords, made.tags, made.created_by) == (("boat",), ("colour",), Finds.name)
    assert "Ana" in made.context
    assert made.text == note().text


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (4, 99), (8, 4)])
def test_a_span_outside_the_note_is_refused_with_its_author(start: int, end: int) -> None:
    mention = Mention(name="boat", start=start, end=end, kind="phrase")
    claim = Claim(subject="boat", relation="is", object="blue", start=start, end=end)
    for found in (Extraction(mentions=(mention,)), Extraction(claims=(claim,))):
        with pytest.raises(ExtractionError, match=r"rule:finds@1.*n1"):
            extract([note()], extractor=Finds(found), describe=described)


def test_an_answer_too_few_is_refused() -> None:
    with pytest.raises(ExtractionError, match="0 extractions for 1 notes"):
        extract([note()], extractor=Finds(), describe=described)
