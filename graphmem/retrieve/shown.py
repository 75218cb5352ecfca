"""What is shown beside a note that was found: asked words, neighbours, the best part of a text."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.answers import Path
from graphmem.arrays import GraphSnapshot
from graphmem.excerpts import around_best, densest
from graphmem.retrieve.found import AskedWords, Found
from graphmem.types import EpisodeId, Span

LONG = 1_000
"""Characters of a text that is shown whole: what a passage of a document has at most."""
PART = 600
"""Characters of the part of a longer one."""


@dataclass(frozen=True, slots=True)
class Showing:
    """Says what to show of the notes that one question found."""

    snapshot: GraphSnapshot
    asked: AskedWords
    row: NDArray[np.float32] | None = None
    """(dim,) unit row of the question; None where the store keeps no vectors."""
    runs: NDArray[np.int32] | None = None
    """(n,) the run of notes that belong together, None: those of its session."""

    def found(self, note: int, score: float, why: tuple[str, ...], path: Path) -> Found:
        """Return a note with its reasons and all that is shown beside it."""
        return Found(
            note=self.snapshot.note_ids[note],
            score=score,
            why=why,
            paths=(path,),
            words=tuple(self.asked.weights_of(note)),
            before=self.neighbour(note, -1),
            after=self.neighbour(note, 1),
            part=self.best_part(note),
        )

    def best_part(self, note: int) -> Span | None:
        """Return the part of a long text that answers best; None: the whole is shown.

        A sentence counts for the idf of the asked words in it, as share of the best, and for how
        like the question it is, where there are vectors.
        """
        text = self.snapshot.texts[note]
        if len(text) <= LONG:
            return None
        begin, end = self.snapshot.sentence_indptr[note : note + 2].tolist()
        spans = self.snapshot.sentence_spans[begin:end].tolist()
        values = self.asked.by_sentence(note)
        values = values / (float(values.max(initial=0.0)) or 1.0)
        sentences = self.snapshot.vectors.sentences
        if self.row is not None and sentences is not None:
            values = values + sentences[begin:end].astype(np.float32) @ self.row
        start, stop = around_best(spans, values.tolist(), PART)
        if stop - start <= PART:
            return start, stop
        left, right = densest(text[start:stop], self.asked.weights_of(note), PART)
        return start + left, start + right

    def neighbour(self, note: int, away: int) -> EpisodeId | None:
        """Return what stands so far away in the same session; None: there is none of its kind."""
        other, snapshot = note + away, self.snapshot
        runs = snapshot.session if self.runs is None else self.runs
        if not 0 <= other < len(snapshot.note_ids):
            return None
        is_near = runs.item(other) == runs.item(note)
        is_near = is_near and snapshot.is_turn.item(other) == snapshot.is_turn.item(note)
        is_memo = snapshot.is_memo
        if is_memo is not None and (is_memo[note] or is_memo[other]):
            return None
        return snapshot.episode_ids[other] if is_near else None
