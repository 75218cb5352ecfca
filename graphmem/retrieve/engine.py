"""The engine of one snapshot: what is derived from it once, and the search over it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.contracts import Encoder
from graphmem.errors import UnknownBackendError
from graphmem.retrieve.explain import Found, TurnExplainer, log_shares
from graphmem.retrieve.fuse import UNTRAINED_WORDS, read_question, turn_scores
from graphmem.retrieve.turns import TurnIndex, turn_index
from graphmem.retrieve.voice import SpeakerNames, speaker_names
from graphmem.retrieve.words import WordIndex, updated
from graphmem.types import GraphSnapshot

RETRIEVERS = ("walk", "pagerank")


@dataclass(frozen=True, slots=True)
class Engine:
    """Answers questions over one snapshot."""

    snapshot: GraphSnapshot
    words: WordIndex
    turns: TurnIndex
    names: SpeakerNames
    encoder: Encoder

    @classmethod
    def of(
        cls, snapshot: GraphSnapshot, *, encoder: Encoder, previous: "Engine | None" = None
    ) -> "Engine":
        """Derive the engine of a snapshot; an earlier one makes it cheaper, never different."""
        words = updated(previous.words if previous else None, snapshot)
        return cls(
            snapshot=snapshot,
            words=words,
            turns=turn_index(snapshot, words.notes),
            names=speaker_names(snapshot.speakers),
            encoder=encoder,
        )

    def search(self, question: str, *, k: int, retriever: str = "walk") -> list[Found]:
        """Return the k notes that answer best, best first, ties by id."""
        if retriever not in RETRIEVERS:
            raise UnknownBackendError("retriever", retriever, RETRIEVERS)
        if not self.snapshot.note_ids:
            return []
        asked = read_question(question, self.names, self.words.numbers)
        scored = turn_scores(self.turns, asked, weights=UNTRAINED_WORDS)
        explainer = TurnExplainer(self.snapshot, self.turns, asked, question, scored)
        log_f = log_shares(scored.scores)
        return [
            Found(
                note=self.snapshot.note_ids[note],
                score=float(np.exp(log_f[note])),
                why=explainer.why(note),
                paths=(explainer.path(note, float(np.exp(log_f[note]))),),
            )
            for note in _best(log_f, k, self.snapshot)
        ]


def _best(scores: NDArray[np.float64], k: int, snapshot: GraphSnapshot) -> list[int]:
    """Return the k best notes that have a score, equal ones by id."""
    k = min(k, int(np.isfinite(scores).sum()))
    if not k:
        return []
    edge = np.partition(scores, -k)[-k]
    candidates = np.flatnonzero(scores >= edge).tolist()
    return sorted(candidates, key=lambda i: (-scores[i], snapshot.note_ids[i]))[:k]
