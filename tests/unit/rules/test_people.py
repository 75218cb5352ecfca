"""Who "I" and "you" stand for."""

import pytest

from graphmem.batches import Mention
from graphmem.rules.people import people, person
from graphmem.rules.tokens import tokenise
from graphmem.sentences import sentences
from graphmem.types import Note, NoteId, ScopeKey, SessionId


def note(text: str, speaker: str | None = "Ana", addressee: str | None = "Ben") -> Note:
    return Note(
        id=NoteId("n"),
        scope=ScopeKey("ana"),
        session_id=SessionId("s"),
        kind="turn",
        text=text,
        origins=(),
        speaker=speaker,
        addressee=addressee,
    )


def named(one: Note) -> list[Mention]:
    return people(tokenise(one.text, sentences(one.text)), one)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I moved and my cat came too.", ["Ana"]),
        ("Did you see it?", ["Ben"]),
        ("I saw you there.", ["Ana", "Ben"]),
        ("Thank you!", []),
        ("It was cold, you know.", []),
        ("They left.", []),
    ],
)
def test_each_person_is_named_once_where_the_words_first_mean_them(
    text: str, names: list[str]
) -> None:
    assert [mention.name for mention in named(note(text))] == names


def test_a_mention_spans_the_word_itself() -> None:
    (mention,) = named(note("Well, I left."))
    assert (mention.start, mention.end, mention.kind) == (6, 7, "speaker")


def test_nobody_known_is_nobody_named() -> None:
    assert named(note("I saw you.", speaker=None, addressee=None)) == []
    assert person("you", note("x", addressee=None)) is None
    assert person("kettle", note("x")) is None
