"""Who "I" and "you" are: the speaker and the addressee of a note."""

from graphmem.batches import Mention
from graphmem.rules.lexicon import FIRST_PERSON, SECOND_PERSON
from graphmem.rules.tokens import Tokens
from graphmem.types import Note


def person(word: str, note: Note) -> str | None:
    """Return whom a first or second person word stands for in a note; None if nobody known."""
    if word in FIRST_PERSON:
        return note.speaker
    return note.addressee if word in SECOND_PERSON else None


def people(tokens: Tokens, note: Note) -> list[Mention]:
    """Return one mention a person for the first word of a note that stands for them.

    "Thank you" and "you know" address nobody in particular.
    """
    if note.speaker is None and note.addressee is None:
        return []
    found: dict[str, Mention] = {}
    for place, letter in enumerate(tokens.grammar):
        if letter not in "RrM":
            continue
        word = tokens.words[place]
        name = person(word, note)
        if name is None or name in found or _idle(tokens.words, place):
            continue
        found[name] = Mention(
            name=name, start=tokens.starts[place], end=tokens.ends[place], kind="speaker"
        )
    return list(found.values())


def _idle(words: list[str], place: int) -> bool:
    if words[place] != "you":
        return False
    after = words[place + 1] if place + 1 < len(words) else ""
    return words[place - 1] == "thank" or after == "know"
