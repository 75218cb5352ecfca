"""Why a turn was found, in words a person can check: the channels that carried its score."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from graphmem.answers import Path
from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.found import AskedWords, quoted
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.turns.index import TurnIndex
from graphmem.retrieve.turns.score import TurnScores
from graphmem.text import day_text

REASONS = 4
"""Reasons given for one hit."""

_WORDS, _VECTORS = re.compile(r"^(words|rank)_"), re.compile(r"^(vector|late)_")
_MEANT = {"named": "whom the question names", "asker": "who asks", "asked": "who was asked"}


@dataclass(frozen=True, slots=True)
class TurnExplainer:
    """Says why turns scored as they did for one question."""

    snapshot: GraphSnapshot
    index: TurnIndex
    question: Question
    asked: AskedWords
    """Its words among those of the snapshot's notes."""
    scores: TurnScores

    def why(self, note: int) -> tuple[str, ...]:
        """Return the reasons that carried a turn's score, the heaviest first."""
        turn = int(self.index.place[note])
        carried = self._carried(turn)
        words = self._word_reason(note)  # of several channels, and it takes longest to find
        reasons = [words if _WORDS.match(name) else self._reason(name, note) for name, _ in carried]
        given = [reason for reason in reasons if reason]
        given = given or [words or "no other memory fits the question better"]
        return tuple(dict.fromkeys(given))[:REASONS]

    def path(self, note: int, score: float) -> Path:
        """Return how the search came to a turn: straight, by the channels that carried it."""
        names = [name for name, _ in self._carried(int(self.index.place[note]))][:3]
        return Path(
            steps=(self.snapshot.note_ids[note],),
            text=f"question → this turn, by {', '.join(names) or 'nothing in particular'}",
            score=score,
        )

    def _carried(self, turn: int) -> list[tuple[str, float]]:
        """Return (channel, weight × value) of the channels that raised a turn, heaviest first."""
        parts = [
            (name, weight * float(self.scores.channels[name][turn]))
            for name, weight in self.scores.weights.items()
            if name in self.scores.channels
        ]
        return sorted(((n, v) for n, v in parts if v > 0), key=lambda part: (-part[1], part[0]))

    def _reason(self, channel: str, note: int) -> str:
        if _VECTORS.match(channel):
            return "close to the question in meaning"
        if channel in ("speaker", "first_of_two"):
            return f"said by {self._speaker(note)}, {_MEANT[self.question.voice.meant]}"
        if channel in ("month", "day"):
            return f"said on {self._day(note)}, near the date asked"
        return ""

    def _word_reason(self, note: int) -> str:
        if said := self._said(note):
            return f"says {quoted(said)}"
        near = [word for other in self._neighbours(note) for word in self._said(other)]
        return f"the turns around it say {quoted(list(dict.fromkeys(near)))}" if near else ""

    def _said(self, note: int) -> list[str]:
        names = self.question.voice.names
        return [word for word in self.asked.of_note(note) if word not in names]

    def _neighbours(self, note: int) -> list[int]:
        session = self.snapshot.session
        near = range(max(0, note - 3), min(len(session), note + 4))
        return [other for other in near if other != note and session[other] == session[note]]

    def _speaker(self, note: int) -> str:
        return self.snapshot.speakers[int(self.snapshot.speaker[note])]

    def _day(self, note: int) -> str:
        return day_text(datetime.fromtimestamp(float(self.snapshot.said_at[note]), UTC))
