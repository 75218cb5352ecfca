"""Who a question asks about, and the question put into that speaker's own voice."""

from collections.abc import Sequence
from dataclasses import dataclass

from graphmem.retrieve.question.written import Written
from graphmem.text import MONTH_NAMES, STOPWORDS, fold, words
from graphmem.types import Span

_NICKNAME_LENGTH = 3
_HONORIFICS = frozenset({"dr", "mr", "mrs", "ms", "prof", "sir", "the", "von", "van", "de", "da"})
_MONTH_NAMES = frozenset(map(fold, MONTH_NAMES))
_ASKERS = ("user", "human", "me")
_FIRST_PERSON = frozenset({"i", "my", "me", "mine", "i'm", "i've", "i'd"})


@dataclass(frozen=True, slots=True)
class Voice:
    """The speakers that a question names, and the question as they would say it."""

    speakers: tuple[int, ...]
    """Indices into the snapshot's speakers, in the order in which the question names them."""
    names: frozenset[str]
    """The folded words that name them: no content of the question."""
    rewritten: Written
    """A speaker's name replaced by `I`, its possessive by `my`."""


@dataclass(frozen=True, slots=True)
class SpeakerNames:
    """How a question may name each speaker; made once a snapshot."""

    full: dict[tuple[str, ...], int]
    """All words of the name to its speaker."""
    part: dict[str, int]
    """One word of the name, where only one speaker has it."""
    written_lower: frozenset[int]
    """Speakers whose name stands in lower case: found in lower case too."""
    asker: int | None
    """The speaker that `I` means in a log of roles: user and assistant."""


def speaker_names(speakers: Sequence[str]) -> SpeakerNames:
    """Return the ways to name the speakers of a snapshot."""
    full: dict[tuple[str, ...], int] = {}
    owners: dict[str, set[int]] = {}
    for number, speaker in enumerate(speakers):
        parts = tuple(words(speaker))
        if parts:
            full.setdefault(parts, number)
        for part in parts:
            if part not in _HONORIFICS and len(part) > 1:
                owners.setdefault(part, set()).add(number)
    askers = [number for name in _ASKERS for number, s in enumerate(speakers) if fold(s) == name]
    return SpeakerNames(
        full=full,
        part={part: min(of) for part, of in owners.items() if len(of) == 1},
        written_lower=frozenset(
            n for n, speaker in enumerate(speakers) if speaker == fold(speaker)
        ),
        asker=askers[0] if askers else None,
    )


def question_voice(question: Written, names: SpeakerNames) -> Voice:
    """Return who the question names and the question in their voice.

    A name counts by all its words, by one word that no other speaker has, or by a beginning of it
    that no other name shares (Mel for Melanie). A name that is also a common word (Will, May)
    counts only with a capital inside the question.
    """
    found: list[tuple[int, int, int]] = []
    surfaces, place = question.surfaces, 0
    while place < len(surfaces):
        length, speaker = _name_at(question, surfaces[place], place, names)
        if speaker is not None:
            found.append((place, place + length, speaker))
        place += max(length, 1)
    if not found and names.asker is not None and _FIRST_PERSON & set(map(fold, surfaces)):
        return Voice((names.asker,), frozenset(), question)
    if not found:
        return Voice((), frozenset(), question)
    covered = {
        word for start, end, _ in found for folded in question.folded[start:end] for word in folded
    }
    return Voice(
        speakers=tuple(dict.fromkeys(speaker for *_, speaker in found)),
        names=frozenset(covered),
        rewritten=_rewritten(question, found),
    )


def _name_at(
    question: Written, surface: str, place: int, names: SpeakerNames
) -> tuple[int, int | None]:
    """Return how many words from a place on name a speaker, and whom: (1, None) for nobody."""
    folded = [(word or ("",))[0] for word in question.folded[place : place + 6]]
    for length in range(len(folded), 1, -1):
        speaker = names.full.get(tuple(folded[:length]))
        if speaker is not None:
            return length, speaker
    word = folded[0]
    speaker = names.full.get((word,), names.part.get(word))
    if speaker is None:
        speaker = _by_nickname(word, names) if surface[0].isupper() else None
    if speaker is None or not _is_name(surface, place, speaker, names):
        return 1, None
    return 1, speaker


def _by_nickname(word: str, names: SpeakerNames) -> int | None:
    if len(word) < _NICKNAME_LENGTH or word in STOPWORDS:
        return None
    owners = {
        speaker
        for part, speaker in names.part.items()
        if part.startswith(word) or (len(part) >= _NICKNAME_LENGTH and word.startswith(part))
    }
    return owners.pop() if len(owners) == 1 else None


def _is_name(token: str, place: int, speaker: int, names: SpeakerNames) -> bool:
    if speaker in names.written_lower or not (token[0].islower() or token[0].isupper()):
        return True
    common = fold(token) in STOPWORDS or fold(token) in _MONTH_NAMES
    return token[0].isupper() and not (common and place == 0)


def _rewritten(question: Written, found: Sequence[tuple[int, int, int]]) -> Written:
    text = question.text
    changes: list[tuple[Span, str]] = []
    for first, last, _ in found:
        start, end = question.spans[first][0], question.spans[last - 1][1]
        possessive = text[start:end].endswith(("'s", "’s"))
        bare = not possessive and text[end : end + 1] in ("'", "’")
        changes.append(((start, end + bare), "my" if possessive or bare else "I"))
    return question.replaced(changes)
