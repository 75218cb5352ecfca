"""Why a turn was found, in words a person can check: the channels that carried its score."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graphmem.answers import Path
from graphmem.excerpts import densest
from graphmem.retrieve.found import WORDS_QUOTED, Found, quoted
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.shown import Showing
from graphmem.retrieve.turns.index import WIDE, TurnIndex, session_of
from graphmem.retrieve.turns.kernels import GAP, Column
from graphmem.retrieve.turns.neighbours import Turns
from graphmem.retrieve.turns.replies import FARTHEST
from graphmem.retrieve.turns.score import TurnScores
from graphmem.retrieve.turns.traits import shows_trait
from graphmem.retrieve.turns.when_said import WhenSaid
from graphmem.retrieve.words.ordered import add_among
from graphmem.text import clip, fold

REASONS = 4
"""Reasons given for one hit."""
SMALLEST_SHARE = 0.15
"""Of what raised a turn: less is no reason."""
QUOTED_LENGTH = 90
"""Characters of another turn that a reason quotes."""

_MEANT = {
    "named": "whom the question names", "asker": "who asks", "asked": "who was asked",
    "unsaid": "whose memory this is",
}  # fmt: skip
FAMILY = {
    "words_wide": "words", "words_session": "words", "words_rank": "words",
    "vector_own": "meaning", "vector_wide": "meaning", "vector_sentence": "meaning",
    "late_sentence": "meaning", "late_near": "meaning", "late_wide": "meaning",
    "speaker": "speaker", "first_of_two": "speaker", "present": "present",
    "month": "month", "day": "day", "order": "order",
    "asks": "asks", "asked_before": "asked_before",
    "asked_alike": "asked_alike", "replies": "replies",
    "names_inside": "names_inside", "self_told": "first_person",
    "time_told": "has_time", "number_told": "has_number", "place_told": "has_place",
    "person_told": "has_person", "reason_told": "has_reason",
}  # fmt: skip
"""What each channel is to a reader; those of one family are one reason."""
LABELS = {
    "words": "its words", "meaning": "its meaning", "speaker": "its speaker",
    "present": "who takes part", "month": "when it was said", "day": "when it was said",
    "order": "when it was said", "asks": "telling, not asking", "replies": "what it replies to",
    "asked_before": "the question before it", "asked_alike": "the question before it",
    "names_inside": "the names in it", "first_person": "whom it tells of",
    "has_time": "a time in it", "has_number": "a number in it", "has_place": "a place in it",
    "has_person": "a person in it", "has_reason": "a reason in it",
}  # fmt: skip
"""What a path calls each family."""
WHATEVER_ASKED = frozenset({"asks", "asked_before", "opens", "names_inside", "first_person"})
"""What a turn is, whatever is asked."""
_SHOWN_BY = {
    "names_inside": "names {}",
    "first_person": "tells it in the first person: {}",
    "has_time": "tells a time, as asked: {}",
    "has_number": "tells a number, as asked: {}",
    "has_place": "tells a place, as asked: {}",
    "has_person": "tells of a person, as asked: {}",
    "has_reason": "tells a reason, as asked: {}",
}


@dataclass(frozen=True)
class TurnExplainer:
    """Says why turns scored as they did for one question."""

    showing: Showing
    index: TurnIndex
    question: Question
    scores: TurnScores
    times: WhenSaid
    shown: tuple[int, ...]
    """The notes that are explained."""

    def found(self, note: int, score: float) -> Found:
        """Return a turn with its reasons and what is shown beside it."""
        carried = self._carried(int(self.index.place[note]))
        why, path = self._why(note, carried), self._path(note, score, carried)
        return self.showing.found(note, score, why, path)

    def why(self, note: int) -> tuple[str, ...]:
        """Return the reasons of `found` alone."""
        return self._why(note, self._carried(int(self.index.place[note])))

    def path(self, note: int, score: float) -> Path:
        """Return the path of `found` alone."""
        return self._path(note, score, self._carried(int(self.index.place[note])))

    def _why(self, note: int, carried: Mapping[str, float]) -> tuple[str, ...]:
        """Return the reasons that carried a turn's score: those of what is asked, then of the turn.

        The heavier ones go first. Words that it or those around it say are always among them, and
        how it meets a condition or an order of time.
        """
        least = SMALLEST_SHARE * sum(carried.values())
        words = self._word_reasons(note, raised="words" in carried)
        given: list[str] = []
        for family, value in sorted(carried.items(), key=lambda one: one[0] in WHATEVER_ASKED):
            if len(given) >= REASONS:
                break
            if family == "words":
                given += words
            elif value >= least and (reason := self._reason(family, note)) not in given:
                given += [reason] if reason else []
        reasons = given[:REASONS]
        if words and words[0] not in reasons:
            reasons = [*reasons[: REASONS - 1], words[0]]
        for told in (self.times.in_order(note), self.times.met(note)):
            if told and told not in reasons:
                reasons = [told, *reasons[: REASONS - 1]]
        return tuple(reasons) or ("no other memory fits the question better",)

    def _path(self, note: int, score: float, carried: Mapping[str, float]) -> Path:
        """Return how the search came to a turn: straight, by what carried it."""
        names = list(dict.fromkeys(LABELS[family] for family in carried))[:3]
        return Path(
            steps=(self.showing.snapshot.note_ids[note],),
            text=f"question → this turn, by {', '.join(names) or 'nothing in particular'}",
            score=score,
        )

    def _carried(self, turn: int) -> dict[str, float]:
        """Return what raised a turn: families and the sum of weight × value, heaviest first.

        That somebody takes part is one where the question names somebody: all turns have it else.
        """
        parts: dict[str, float] = {}
        for family, values in self._families:
            if (value := values[turn]) > 0:
                parts[family] = parts.get(family, 0.0) + value
        return dict(sorted(parts.items(), key=lambda part: (-part[1], part[0])))

    @cached_property
    def _families(self) -> list[tuple[str, dict[int, float]]]:
        """The families of the channels that raise turns, each with weight × value of each turn that
        is shown; without those that say nothing of any."""
        is_meant, channels = bool(self.question.voice.speakers), self.scores.channels
        turns = self.index.place[list(self.shown)]
        return [
            (FAMILY[name], dict(zip(turns.tolist(), values.tolist(), strict=True)))
            for name, weight in self.scores.weights.items()
            if name in channels and name in FAMILY and (is_meant or name != "present")
            if (values := weight * channels.among(name, turns)).any()
        ]

    def _said_at(self, turns: Turns) -> Column:
        """Return (m,) the idf of the asked terms that each turn says, names of speakers too."""
        notes, weight = self.index.notes[turns], self.showing.asked.weight
        said = np.zeros(len(notes))
        for term in self._asked_terms:
            add_among(said, notes, self.index.counts.postings(term)[0], weight.item(term))
        return said

    @cached_property
    def _asked_terms(self) -> list[int]:
        return np.flatnonzero(self.showing.asked.weight != 0).tolist()

    @cached_property
    def _said_around(self) -> dict[int, list[float]]:
        """What is said at the places -GAP to GAP from each turn that is shown."""
        turns = self.index.place[list(self.shown)]
        around = np.clip(turns[:, None] + np.arange(-GAP, GAP + 1), 0, len(self.index.notes) - 1)
        said = self._said_at(around.ravel()).reshape(around.shape)
        return dict(zip(turns.tolist(), said.tolist(), strict=True))

    def _reason(self, family: str, note: int) -> str:
        turn = int(self.index.place[note])
        match family:
            case "meaning":
                return self._meaning(turn)
            case "speaker":
                return f"said by {self._speaker(note)}, {_MEANT[self.question.voice.meant]}"
            case "present":
                return self._present(note)
            case "day" | "month":
                return self.times.near(family, note, self.scores.channels.reader(family)(turn))
            case "order":
                return self.times.in_order(note)
            case "asks":
                return "tells, and does not ask"
            case "asked_before" | "asked_alike":
                return f"follows a question: {self._quotation(int(self.index.notes[turn - 1]))}"
            case "replies":
                return f"follows a question: {self._quotation(self._replied_to(turn))}"
        shown = shows_trait(self.showing.snapshot.texts[note], family)
        said = quoted(clip(piece, QUOTED_LENGTH) for piece in shown[:WORDS_QUOTED])
        return _SHOWN_BY[family].format(said) if shown else ""

    def _replied_to(self, turn: int) -> int:
        """Return the note that a turn replies to: of who spoke right before it, what says most."""
        before = np.arange(max(turn - FARTHEST, 0), turn)
        before = before[self.index.speaker[before] == self.index.speaker[turn - 1]]
        said = self._said_at(before)[::-1]
        return int(self.index.notes[before[::-1][np.argmax(said)]])

    def _meaning(self, turn: int) -> str:
        channels = self.scores.channels
        own = channels.reader("vector_own")(turn) if "vector_own" in channels else None
        whose = "" if own is None or own > 0 else "the turns around it are "
        return f"{whose}close to the question in meaning"

    def _present(self, note: int) -> str:
        voices = self.question.voice.speakers
        snapshot = self.showing.snapshot
        if int(snapshot.speaker[note]) in voices:
            return ""  # said by one of them: a reason of its own
        first, last = session_of(self.index, int(self.index.place[note]))
        present = set(self.index.speaker[first : last + 1].tolist())
        names = [snapshot.speakers[voice] for voice in voices if voice in present]
        if not names:
            return ""  # it speaks of them: its words are a reason of their own
        return (
            f"from a conversation with {' and '.join(names)}, {_MEANT[self.question.voice.meant]}"
        )

    def _word_reasons(self, note: int, *, raised: bool) -> list[str]:
        """Return what the turn says of the asked words, and which turn says the rest.

        The words of other turns are a reason only where they raised it above most turns.
        """
        asked = self.showing.asked
        own = self._said(note)
        reasons = [f"says {asked.quoted(own)}"] if own else []
        near = self._nearest_saying(note, set(own)) if raised else None
        if near is not None:
            reasons.append(self._said_near(note, near, set(own)))
        elif raised and not own:
            reasons += self._said_elsewhere(note)
        return reasons

    def _said(self, note: int) -> dict[int, str]:
        """Return the asked terms that a turn says, but for the name of a speaker who says it."""
        said, voice = self.showing.asked.of_note(note), self.question.voice
        if int(self.showing.snapshot.speaker[note]) not in voice.speakers:
            return said
        return {term: word for term, word in said.items() if fold(word) not in voice.names}

    def _nearest_saying(self, note: int, own: set[int]) -> int | None:
        """Return the turn nearby that adds most to a turn's words, by terms it has not itself.

        None if none adds more than the turn says itself.
        """
        index, turn, weight = self.index, int(self.index.place[note]), self.showing.asked.weight
        best, most = None, sum(float(weight[term]) for term in own)
        first, last = session_of(index, turn)
        there = self._said_around[turn]
        for away, share in WIDE:
            other = turn + away
            if away == 0 or not first <= other <= last:
                continue
            if share * there[away + GAP] <= most:
                continue  # it says less, even with what the turn says itself
            said = self._said(int(index.notes[other])).keys() - own
            value = share * sum(float(weight[term]) for term in said)
            if value > most:
                best, most = int(index.notes[other]), value
        return best

    def _said_near(self, note: int, other: int, own: set[int]) -> str:
        asked = self.showing.asked
        terms = {t: word for t, word in self._said(other).items() if t not in own}
        said = asked.quoted(terms)
        away = int(self.index.place[other] - self.index.place[note])
        side = "after" if away > 0 else "before"
        if abs(away) == 1:
            return f"the turn {side} it says {said}"
        is_said = "is" if len(terms) == 1 else "are"
        return f"{said} {is_said} said {abs(away)} turns {side}: {self._quotation(other)}"

    def _said_elsewhere(self, note: int) -> list[str]:
        """Return which turn of the session says the asked words, if one does."""
        asked = self.showing.asked
        first, last = session_of(self.index, int(self.index.place[note]))
        values = self._said_at(np.arange(first, last + 1))
        if not values.any():
            return []
        other = int(self.index.notes[first + int(np.argmax(values))])
        terms = self._said(other)
        is_said = "is" if len(terms) == 1 else "are"
        said = asked.quoted(terms)
        return [f"{said} {is_said} said elsewhere in its session: {self._quotation(other)}"]

    def _quotation(self, note: int) -> str:
        """Return who says what, as much of it as holds the most asked words."""
        text = self.showing.snapshot.texts[note]
        part = slice(*densest(text, self.showing.asked.weights_of(note), QUOTED_LENGTH))
        ends = ("…" if part.start else "", "…" if part.stop < len(text) else "")
        who = f"{self._speaker(note)}: " if self.showing.snapshot.speaker[note] >= 0 else ""
        return f"{who}“{ends[0]}{' '.join(text[part].split())}{ends[1]}”"

    def _speaker(self, note: int) -> str:
        return self.showing.snapshot.speakers[int(self.showing.snapshot.speaker[note])]
