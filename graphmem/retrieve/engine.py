"""The engine of one snapshot: what is derived from it once, and the search over it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import merge

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.contracts import Encoder, Ranker
from graphmem.rankers.auto import AutoRanker
from graphmem.retrieve.asked import Asked
from graphmem.retrieve.calibration import LEAST
from graphmem.retrieve.columns import NoteColumns
from graphmem.retrieve.filter import kept_notes
from graphmem.retrieve.found import Found
from graphmem.retrieve.kept import Kept
from graphmem.retrieve.mixture import share_of_turns, weighed
from graphmem.retrieve.pagerank.search import PageRankSearch
from graphmem.retrieve.passages.index import Passages, passages_of
from graphmem.retrieve.passages.search import PassageSearch
from graphmem.retrieve.question.current import Asks
from graphmem.retrieve.question.heard import Heard
from graphmem.retrieve.question.known_as import KnownAs
from graphmem.retrieve.question.period import Lifetime, Moments
from graphmem.retrieve.question.question import Question, QuestionReader
from graphmem.retrieve.question.speakers import speaker_names
from graphmem.retrieve.turns.parts import TurnParts
from graphmem.retrieve.turns.search import TurnSearch
from graphmem.retrieve.turns.slot import Stated, stated
from graphmem.retrieve.words.index import WordIndex, updated
from graphmem.retrieve.words.known import Before


@dataclass(frozen=True, slots=True)
class EngineParts:
    """What takes time to derive of a snapshot: all that an engine keeps on disk."""

    snapshot: GraphSnapshot
    words: WordIndex
    turns: TurnParts | None
    """None: the snapshot holds no turn."""
    passages: Passages | None
    """None: the snapshot holds no passage."""
    said: Moments
    """When its notes were."""

    @classmethod
    def of(
        cls, snapshot: GraphSnapshot, encoder: Encoder, previous: "EngineParts | None" = None
    ) -> "EngineParts":
        """Derive the parts; those of an earlier snapshot make it cheaper, never different."""
        words = updated(previous.words if previous else None, snapshot)
        turns = TurnParts.of(snapshot, words, encoder, previous.turns if previous else None)
        earlier = (previous.passages, previous.snapshot) if previous and previous.passages else None
        passages = None if snapshot.is_turn.all() else passages_of(words, snapshot, earlier)
        return cls(snapshot, words, turns, passages, _said(snapshot, previous))

    def without_vectors(self) -> "EngineParts":
        """Return what serves as `previous` without holding the vectors."""
        light = self.snapshot.without_vectors()
        turns = self.turns.without_vectors() if self.turns else None
        passages = self.passages.without_vectors() if self.passages else None
        return EngineParts(light, self.words, turns, passages, self.said)


def _said(snapshot: GraphSnapshot, previous: EngineParts | None) -> Moments:
    if previous is None:
        return Moments.of(snapshot.said_at)
    was = previous.snapshot
    before = Before.between(was.note_ids, snapshot.note_ids)
    return previous.said.brought_forward(before, was.said_at, snapshot.said_at)


@dataclass(frozen=True)
class Engine:
    """Answers questions over one snapshot: turns by their channels, passages by the walk."""

    snapshot: GraphSnapshot
    words: WordIndex
    turns: TurnSearch | None
    """None: the snapshot holds no turn."""
    passages: PassageSearch | None
    """None: the snapshot holds no passage."""
    reader: QuestionReader
    columns: NoteColumns
    """What filters read."""
    parts: EngineParts
    ranker: Ranker
    """Of the retriever `pagerank`."""

    @classmethod
    def of(
        cls,
        snapshot: GraphSnapshot,
        *,
        encoder: Encoder,
        previous: EngineParts | None = None,
        columns: NoteColumns | None = None,
        ranker: Ranker | None = None,
    ) -> "Engine":
        """Derive the engine of a snapshot; earlier parts make it cheaper, never different.

        Without `columns`, it does not know sessions and metadata by name.
        """
        return cls.made(EngineParts.of(snapshot, encoder, previous), encoder, columns, ranker)

    @classmethod
    def made(
        cls,
        parts: EngineParts,
        encoder: Encoder,
        columns: NoteColumns | None = None,
        ranker: Ranker | None = None,
    ) -> "Engine":
        """Put an engine together of what was derived of its snapshot."""
        snapshot, words = parts.snapshot, parts.words
        columns = columns or NoteColumns(snapshot)
        turns = (
            TurnSearch.of(snapshot, words, encoder, parts.turns, columns.offsets)
            if parts.turns
            else None
        )
        passages = (
            PassageSearch.of(snapshot, words, encoder, parts.passages) if parts.passages else None
        )
        known_as = KnownAs.of(snapshot)
        reader = QuestionReader(
            words=words,
            links=passages.passages.links if passages else None,
            speakers=speaker_names(snapshot.speakers, known_as.groups),
            known_as=known_as,
            heard=Heard(snapshot, words),
            said=Lifetime.of(parts.said),
            encoder=encoder,
            plain=passages is not None and passages.passages.vectors is not None,
            voiced=turns is not None and turns.vectors is not None,
        )
        return cls(snapshot, words, turns, passages, reader, columns, parts, ranker or AutoRanker())

    def search(self, asked: Asked) -> list[Found]:
        """Return the k notes that answer best of those that pass the filters, ties by id.

        A score is how likely the note holds evidence; what is below `asked.min_score` (None: below
        `calibration.LEAST`) is left out. In a store of both kinds that is how likely its kind is
        asked about, times how likely it holds evidence if so.
        """
        question = self.reader.read(asked)
        kept = kept_notes(self.columns, asked.filters)
        turns = self.turns.search(question, asked.k, kept) if self.turns else []
        passages = self.passages.search(question, asked.k, kept) if self.passages else []
        if turns and passages:
            share = self._share_of_turns(question, kept)
            turns, passages = weighed(turns, share), weighed(passages, 1 - share)
        least = LEAST if asked.min_score is None else asked.min_score
        both = merge(turns, passages, key=lambda one: -one.score)  # equal ones keep their order
        return [one for one in both if one.score >= least][: asked.k]

    def stated(self, asked: Asked) -> list[Stated]:
        """Return the turns that state the value of a slot, oldest first."""
        if self.turns is None:
            return []
        question = replace(self.reader.read(asked), asks_current=Asks.EXPRESSLY)
        scored = self.turns.scores(question, kept_notes(self.columns, asked.filters))
        return stated(self.snapshot, self.words, question, scored.scores)

    def walk(self, asked: Sequence[Asked]) -> list[list[Found]]:
        """Return what `search` finds for each that is asked."""
        return [self.search(one) for one in asked]

    def pagerank(self, asked: Sequence[Asked]) -> list[list[Found]]:
        """Return for each the k notes that a walker who keeps restarting at it visits most.

        All are asked with the k and the filters of the first, and walked as one block.
        """
        questions = [self.reader.read(one) for one in asked]
        kept = kept_notes(self.columns, asked[0].filters)
        priors = [self._prior(question, kept) for question in questions]
        found = self._pagerank.search(questions, asked[0].k, priors=priors, kept=kept)
        return [
            [hit for hit in hits if hit.score >= (one.min_score or 0)]
            for one, hits in zip(asked, found, strict=True)
        ]

    @cached_property
    def _pagerank(self) -> PageRankSearch:
        return PageRankSearch.of(self.snapshot, self.words, self.ranker)

    def _share_of_turns(self, question: Question, kept: Kept) -> float:
        names = self.passages.names_in(question) if self.passages else []
        return share_of_turns(self.words, self.snapshot.is_turn, question, names, kept)

    def _prior(self, question: Question, kept: Kept) -> NDArray[np.float64]:
        """Return (n,) how likely each note answers by itself: F0 of a passage, a turn's share."""
        searches = [search for search in (self.turns, self.passages) if search is not None]
        prior = np.zeros(len(self.snapshot.note_ids))
        for search in searches:
            prior += search.prior(question, kept)
        if len(searches) > 1:
            share = self._share_of_turns(question, kept)
            prior *= np.where(self.snapshot.is_turn, share, 1 - share)
        return prior
