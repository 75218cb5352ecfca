"""Search over passages: roots from the channels, the best-first walk over learned pairs."""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.contracts import Encoder
from graphmem.retrieve.calibration import DEPTH, Calibration, Evidence
from graphmem.retrieve.found import AskedWords, Found
from graphmem.retrieve.kept import Kept, of_rows
from graphmem.retrieve.passages.asked import as_written
from graphmem.retrieve.passages.edges import edges_from, text_columns
from graphmem.retrieve.passages.evidence import passage_evidence
from graphmem.retrieve.passages.explain import PassageExplainer
from graphmem.retrieve.passages.features import Features, features_of
from graphmem.retrieve.passages.index import Passages
from graphmem.retrieve.passages.walk import Walked, best_first_walk
from graphmem.retrieve.passages.weights import PassageModel, passage_model, sigmoid
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.repeats import Group, Repeats
from graphmem.retrieve.shown import Showing
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.ragged import first_of_runs
from graphmem.vectors import at_least_kth

N_ANCHORS = 4
"""Notes that lead on: no chain asked about is longer. The five best notes are what they would be if
all did, the ten best nearly so, for a third less time."""
N_COMPARED = 48
"""Pairs of an anchor whose texts are compared: the best by all that is cheaper to compute. A target
beyond them would stand so late among the anchor's that the place alone rules it out."""


@dataclass(frozen=True, slots=True)
class JudgedPassages:
    """The best passages of one question, and what speaks for each."""

    walked: Walked
    evidence: Evidence
    spoken_for: NDArray[np.bool_]
    """(h,) whether anything at all speaks for it."""


@dataclass(frozen=True, slots=True)
class PassageSearch:
    """What is derived once of a snapshot's passages, and the search over them."""

    snapshot: GraphSnapshot
    words: WordIndex
    """Of all the snapshot's notes."""
    passages: Passages
    model: PassageModel
    calibration: Calibration
    repeats: Repeats

    @classmethod
    def of(
        cls, snapshot: GraphSnapshot, words: WordIndex, encoder: Encoder, passages: Passages
    ) -> "PassageSearch":
        """Return the search over a snapshot's passages, which were derived of it."""
        with_vectors = passages.vectors is not None
        return cls(
            snapshot,
            words,
            passages,
            passage_model(encoder.name, with_vectors=with_vectors),
            Calibration.shipped(
                "graphmem.retrieve.passages", encoder.name if with_vectors else None
            ),
            Repeats(snapshot, words),
        )

    def search(self, question: Question, k: int, kept: Kept = None) -> list[Found]:
        """Return the k best of the kept passages in the order in which the walk took them.

        What stands in the corpus several times is one hit. The score is how likely it holds
        evidence.
        """
        question, like = as_written(self.passages.words, question)
        judged, groups = self._distinct(question, k, kept)
        chances = self.calibration.chances(judged.evidence, judged.spoken_for)
        place = {note: rank for rank, note in enumerate(judged.walked.notes)}
        shown = np.searchsorted(self.passages.notes, [group[0] for group in groups]).tolist()
        asked = replace(AskedWords.of(self.words, question.term_numbers), like=like)
        showing = Showing(self.snapshot, asked, question.meaning.plain)
        explainer = PassageExplainer(showing, self.passages, question, judged.walked)
        found = explainer.found({note: float(chances[place[note]]) for note in shown})
        ids = self.snapshot.episode_ids
        return [
            replace(one, repeats=tuple(ids[note] for note in group[1:]))
            for one, group in zip(found, groups, strict=True)
        ]

    def _distinct(
        self, question: Question, k: int, kept: Kept
    ) -> "tuple[JudgedPassages, list[Group]]":
        """Walk until k distinct texts are found; farther once, where repeats stand in their way."""
        for depth in (max(k, DEPTH), 4 * max(k, DEPTH)):
            judged = self._judged(question, depth, kept)
            ranked = self.passages.notes[list(judged.walked.notes)].tolist()
            groups = self.repeats.groups(ranked, k, kept)
            if len(groups) == k or len(ranked) < depth:
                break
        return judged, groups

    def judge(self, question: Question, k: int, kept: Kept = None) -> "JudgedPassages":
        """Return the k best of the kept passages, and what speaks for each."""
        return self._judged(as_written(self.passages.words, question)[0], k, kept)

    def _judged(self, question: Question, k: int, kept: Kept) -> "JudgedPassages":
        kept = of_rows(kept, self.passages.notes)
        features = features_of(self.passages, question)
        walked = walk_features(self.passages, self.model, features, k, kept)
        evidence, spoken_for = passage_evidence(self.passages, question, features, walked)
        return JudgedPassages(walked, evidence, spoken_for)

    def prior(self, question: Question, kept: Kept = None) -> NDArray[np.float64]:
        """Return (n,) F0, how likely each kept passage answers before any walk, 0 for the rest."""
        prior = np.zeros(len(self.snapshot.note_ids))
        features = features_of(self.passages, as_written(self.passages.words, question)[0])
        kept = of_rows(kept, self.passages.notes)
        prior[self.passages.notes] = root_scores(self.passages, self.model, features, kept)
        return prior

    def names_in(self, question: Question) -> list[str]:
        """Return the names of passages that the question holds, in normal form."""
        names = self.passages.links.inventory.names
        return [names[held.name] for held in question.names]


def walk_passages(
    passages: Passages, model: PassageModel, question: Question, k: int, kept: Kept = None
) -> Walked:
    """Return the k passages that answer best, by way of kept ones alone.

    Notes are numbers within `passages`, as are those of `kept`; names are numbers of its inventory.
    A question that shares no word with anything and has no vector finds nothing.
    """
    return walk_features(passages, model, features_of(passages, question), k, kept)


def walk_features(
    passages: Passages, model: PassageModel, features: Features, k: int, kept: Kept = None
) -> Walked:
    """Return the same of a question that was compared with every passage."""
    roots = root_scores(passages, model, features, kept)
    if not roots.any():
        return Walked((), (), ())
    expand = partial(best_edges, passages, features, model, kept=kept)
    return best_first_walk(roots, expand, k=k, anchors=N_ANCHORS, called=passages.called)


def root_scores(
    passages: Passages, model: PassageModel, features: Features, kept: Kept = None
) -> NDArray[np.float64]:
    """Return (n,) F0, how likely each passage is a link of the chain; 0 where nothing answers."""
    if not features.channels["first"].any():
        return np.zeros(len(passages.notes))
    scores = sigmoid(model.root.logits(features.channels, len(passages.notes)))
    return scores if kept is None else np.where(kept, scores, 0.0)


def best_edges(
    passages: Passages, features: Features, model: PassageModel, anchor: int, *, kept: Kept = None
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return the anchor's kept targets, the best name to each, and the factor of the step.

    The factor is sigmoid(logit + bias - rank_penalty · place among the anchor's targets). Texts are
    compared for the N_COMPARED best pairs only, by all that is cheaper; the others go.
    """
    edges = edges_from(passages, features, anchor)
    cheap, expensive = model.edge_parts
    logits = cheap.logits(edges.columns, len(edges.targets))
    open_ = np.arange(len(logits)) if kept is None else np.flatnonzero(kept[edges.targets])
    compared = open_[at_least_kth(logits[open_], k=N_COMPARED)]
    edges = edges.take(compared)
    texts = text_columns(passages, features, edges)
    logits = logits[compared] + expensive.logits(texts, len(compared))
    order = np.lexsort((edges.names, -logits, edges.targets))
    best = order[first_of_runs(edges.targets[order])]
    logits = logits[best]
    place = np.empty(len(best))
    place[np.argsort(-logits, kind="stable")] = np.arange(len(best))
    factors = sigmoid(logits + model.bias - model.rank_penalty * place)
    return edges.targets[best], edges.names[best], factors
