"""Who a question asks about, and the question put into that speaker's own voice."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graphmem.text import STOPWORDS, fold, word_spans, words
from graphmem.types import Span

_NICKNAME_LENGTH = 3
_HONORIFICS = frozenset({"dr", "mr", "mrs", "ms", "prof", "sir", "the", "von", "van", "de", "da"})
_MONTH_NAMES = frozenset({"april", "august", "june", "may", "march"})
_ASKERS = ("user", "human", "me")
_FIRST_PERSON = frozenset({"i", "my", "me", "mine", "i'm", "i've", "i'd"})


@dataclass(frozen=True, slots=True)
class Voice:
    """The speakers that a question names, and the question as they would say it."""

    speakers: tuple[int, ...]
    """Indices into the snapshot's speakers, in the order in which the question names them."""
    names: frozenset[str]
    """The folded words that name them: no content of the question."""
    rewritten: str
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


def question_voice(question: str, names: SpeakerNames) -> Voice:
    """Return who the question names and the question in their voice.

    A name counts by all its words, by one word that no other speaker has, or by a beginning of it
    that no other name shares (Mel for Melanie). A name that is also a common word (Will, May)
    counts only with a capital inside the question.
    """
    spans = word_spans(question)
    tokens = [question[start:end] for start, end in spans]
    found: list[tuple[int, int, int]] = []
    place = 0
    while place < len(tokens):
        length, speaker = _name_at(tokens, place, names)
        if speaker is not None:
            found.append((place, place + length, speaker))
        place += max(length, 1)
    if not found and names.asker is not None and _FIRST_PERSON & {fold(token) for token in tokens}:
        return Voice((names.asker,), frozenset(), question)
    covered = {
        word for start, end, _ in found for token in tokens[start:end] for word in words(token)
    }
    return Voice(
        speakers=tuple(dict.fromkeys(speaker for *_, speaker in found)),
        names=frozenset(covered),
        rewritten=_rewrite(question, spans, found),
    )


def _name_at(tokens: Sequence[str], place: int, names: SpeakerNames) -> tuple[int, int | None]:
    folded = [(words(token) or [""])[0] for token in tokens[place : place + 6]]
    for length in range(len(folded), 1, -1):
        speaker = names.full.get(tuple(folded[:length]))
        if speaker is not None:
            return length, speaker
    word = folded[0]
    speaker = names.full.get((word,), names.part.get(word))
    if speaker is None:
        speaker = _by_nickname(word, names) if tokens[place][0].isupper() else None
    if speaker is None or not _is_name(tokens[place], place, speaker, names):
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


def _rewrite(question: str, spans: Sequence[Span], found: Sequence[tuple[int, int, int]]) -> str:
    pieces: list[str] = []
    cursor = 0
    for first, last, _ in found:
        start, end = spans[first][0], spans[last - 1][1]
        possessive = re.search(r"['’]s$", question[start:end])
        bare = not possessive and question[end : end + 1] in ("'", "’")
        pieces += [question[cursor:start], "my" if possessive or bare else "I"]
        cursor = end + 1 if bare else end
    return "".join(pieces) + question[cursor:]
