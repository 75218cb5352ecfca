"""Which speakers a question names: a word is taken for a person only where it is used as a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graphmem.retrieve.question.frame import AUXILIARIES
from graphmem.retrieve.question.heard import Heard
from graphmem.retrieve.question.nicknames import is_short_form
from graphmem.retrieve.question.written import Written
from graphmem.text import MONTH_NAMES, STOPWORDS, fold, words

_HONORIFICS = frozenset({"dr", "mr", "mrs", "ms", "prof", "sir", "the", "von", "van", "de", "da"})
_MONTHS = frozenset(map(fold, MONTH_NAMES)) | frozenset(fold(month[:3]) for month in MONTH_NAMES)
_CALENDAR = _MONTHS | frozenset(
    "monday tuesday wednesday thursday friday saturday sunday christmas easter".split()
)
_LEADS_DATE = frozenset(
    "in on during since until till by before after last next this every early mid late of".split()
)
_ARTICLES = frozenset({"a", "an", "the"})
_DETERMINERS = _ARTICLES | frozenset(
    "my your his her our their its this that these those every each any no another some".split()
)
ASKERS = ("user", "human", "me", "customer", "client")
ASSISTANTS = (
    "assistant", "ai", "bot", "chatbot", "agent", "model", "chatgpt", "gpt", "claude", "gemini",
)  # fmt: skip
_MACHINES = frozenset((*ASSISTANTS, "system", "tool", "developer"))
_ROLES = _MACHINES | frozenset(ASKERS)
_FEWEST_CALLS = 2
"""Times that a name which is no beginning of the speaker's own must be heard."""

Names = Mapping[str, int]
Mention = tuple[int, int, int]
"""First word, one past the last, speaker."""


@dataclass(frozen=True, slots=True)
class SpeakerNames:
    """How a question may name each speaker; made once a snapshot."""

    speakers: tuple[str, ...]
    full: Mapping[tuple[str, ...], int]
    """All words of the name to its speaker."""
    part: Names
    """One word of the name, where only one speaker has it."""
    shared: frozenset[str]
    """Words that several have."""
    written_lower: frozenset[int]
    """Speakers whose name stands in lower case: found in lower case too."""
    roles: frozenset[int]
    """Speakers who are called by what they are in the log: user, assistant."""

    def number(self, name: str) -> int | None:
        """Return the speaker of this name, whole or a part that is his alone; None for nobody."""
        parts = tuple(words(name))
        return self.full.get(parts, self.part.get(parts[0]) if len(parts) == 1 else None)

    def first_of(self, names: Sequence[str]) -> int | None:
        """Return the first of some names that a speaker has."""
        found = (self.full.get((name,)) for name in names)
        return next((number for number in found if number is not None), None)

    def n_people(self) -> int:
        """Return how many of the speakers are no machine by their role."""
        return sum(fold(name) not in _MACHINES for name in self.speakers)


def speaker_names(speakers: Sequence[str], known_as: Sequence[Sequence[str]] = ()) -> SpeakerNames:
    """Return the ways to name the speakers of a snapshot.

    `known_as` are groups of names that somebody said are one: the others of a speaker's name him.
    """
    full: dict[tuple[str, ...], int] = {}
    owners: dict[str, set[int]] = {}
    for number, speaker in enumerate(speakers):
        parts = tuple(words(speaker))
        if parts:
            full.setdefault(parts, number)
        for part in parts:
            if part not in _HONORIFICS and len(part) > 1:
                owners.setdefault(part, set()).add(number)
    for group in known_as:
        named = [tuple(words(name)) for name in group]
        meant = {full[name] for name in named if name in full}
        if len(meant) == 1:
            full |= {name: min(meant) for name in named if name}
    return SpeakerNames(
        speakers=tuple(speakers),
        full=full,
        part={part: min(of) for part, of in owners.items() if len(of) == 1},
        shared=frozenset(part for part, of in owners.items() if len(of) > 1),
        written_lower=frozenset(n for n, name in enumerate(speakers) if name == fold(name)),
        roles=frozenset(n for n, name in enumerate(speakers) if fold(name) in _ROLES),
    )


def named_speakers(question: Written, names: SpeakerNames, heard: Heard | None) -> list[Mention]:
    """Return where a question names speakers, in order.

    A name counts by all its words, by one word that no other speaker has, or by another form of it:
    a usual short form, or what people call the speaker in the texts (`heard`; None: no texts).
    Christmas is not Chris, and the user manual is not the user.
    """
    reader = _Reader(question, names, heard)
    found: list[Mention] = []
    place = 0
    while place < len(question.spans):
        length, speaker = reader.at(place)
        if speaker is not None:
            found.append((place, place + length, speaker))
        place += length
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    question: Written
    names: SpeakerNames
    heard: Heard | None

    def at(self, place: int) -> tuple[int, int | None]:
        """Return how many words from a place on name a speaker, and whom: (1, None) for nobody."""
        folded = [self._word(at) for at in range(place, min(place + 6, len(self.question.spans)))]
        for length in range(len(folded), 1, -1):
            speaker = self.names.full.get(tuple(folded[:length]))
            if speaker is not None:
                return length, speaker
        word = folded[0]
        speaker = self.names.full.get((word,), self.names.part.get(word))
        if speaker is None and self._surface(place)[0].isupper() and word not in self.names.shared:
            speaker = self._nicknamed(word)
        if speaker is None or not self._is_person(place, speaker):
            return 1, None
        return 1, speaker

    def _nicknamed(self, word: str) -> int | None:
        """Return who is usually called so, or is called so in the texts."""
        if len(word) < 2:
            return None
        parts = self.names.part.items()
        short = {speaker for part, speaker in parts if is_short_form(word, part)}
        formal = {speaker for part, speaker in parts if is_short_form(part, word)}
        begins = {speaker for part, speaker in parts if part.startswith(word)}
        calls = self.heard.called(word) if self.heard and self.names.part else None
        if calls:
            (most, times), total = calls.most_common(1)[0], sum(n for n in calls.values() if n > 0)
            fewest = 1 if most in short | formal | begins else _FEWEST_CALLS
            if times >= fewest and 2 * times > total:
                return most
            short = {speaker for speaker in short if calls[speaker] >= 0}
        if formal and self.heard is not None and self.heard.is_written(word):
            formal = set()
        meant = short or formal
        return meant.pop() if len(meant) == 1 else None

    def _is_person(self, place: int, speaker: int) -> bool:
        surface, word, before = self._surface(place), self._word(place), self._word(place - 1)
        if not (surface[0].islower() or surface[0].isupper()):
            return True  # a script without case
        if speaker in self.names.roles:
            return self._is_role(place)
        is_own = surface.endswith(("'s", "’s"))
        if word in _CALENDAR and not is_own and self._is_date(place):
            return False
        common = word in STOPWORDS or word in _CALENDAR
        ordinary = common or (self.heard is not None and self.heard.is_ordinary(word))
        if speaker in self.names.written_lower:
            return before not in _DETERMINERS
        if not surface[0].isupper():
            return not ordinary and before not in _DETERMINERS
        if before in _ARTICLES or self._in_longer_name(place):
            return False
        if is_own:
            return True
        if not self.question.begins_sentence(place):
            return before in AUXILIARIES or not self._is_thing(place)
        return not ordinary and not self._is_compound(place)

    def _is_role(self, place: int) -> bool:
        """Tell the user from the user manual: a role stands alone or does something."""
        before, after = self._word(place - 1), self._word(place + 1)
        if self._surface(place).endswith(("'s", "’s")):
            return True
        if before in _DETERMINERS - {"the"} or after == "of":
            return False
        if not after or after in STOPWORDS:
            return not before or before in STOPWORDS
        subject = self._word(place - 2) if before == "the" else before
        pair = f"{self._word(place)} {after}"
        return subject in AUXILIARIES and not (self.heard is not None and self.heard.holds(pair))

    def _is_date(self, place: int) -> bool:
        around = (self._word(place - 1), self._word(place + 1))
        return around[0] in _LEADS_DATE or any(word[:1].isdigit() for word in around)

    def _in_longer_name(self, place: int) -> bool:
        """Return whether the texts write a longer name here that is not the speaker's own."""
        if self.heard is None:
            return False
        for first in (place - 1, place):
            if 0 <= first < len(self.question.spans) - 1:
                other = place if first < place else place + 1
                other = first if first < place else other
                pair = f"{self._surface(first)} {self._surface(first + 1)}"
                if self._may_belong(other) and self.heard.holds(pair):
                    return True
        return False

    def _may_belong(self, place: int) -> bool:
        word = self._word(place)
        known = word in STOPWORDS or word in _CALENDAR or word in _HONORIFICS
        return self._surface(place)[0].isupper() and not known and word not in self.names.part

    def _is_compound(self, place: int) -> bool:
        """Return whether the texts write a word and the next as one thing: `Van hire`."""
        after = self._word(place + 1)
        if not after or after in STOPWORDS or self.heard is None:
            return False
        return self.heard.holds(f"{self._surface(place)} {self._surface(place + 1)}")

    def _is_thing(self, place: int) -> bool:
        """Return whether the texts write a word and the next with an article: `the Sandy inlet`.

        "Sandy works" stands in texts too, and is no thing in "the hotel where Sandy works".
        """
        if not self._is_compound(place) or self.heard is None:
            return False
        pair = f"{self._surface(place)} {self._surface(place + 1)}"
        articles = ("the", "The", "a", "A", "an", "An")
        return any(self.heard.holds(f"{article} {pair}") for article in articles)

    def _surface(self, place: int) -> str:
        start, end = self.question.spans[place]
        return self.question.text[start:end]

    def _word(self, place: int) -> str:
        inside = 0 <= place < len(self.question.folded)
        return (self.question.folded[place] or ("",))[0] if inside else ""
