"""A memory as arrays: the snapshot that search reads, the arrays of encoders and rankers."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graphmem.stacked import Rows
from graphmem.types import EntityId, EpisodeId, MentionKind, NoteId, ScopeKey

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Matrix = NDArray[np.float32]
"""(n, dim) float32, rows are items."""

TokenSigns = NDArray[np.uint8]
"""(w, ceil(dim / 8)) the w tokens of a text that stand in words, in order: the signs of their
vectors' coordinates, one bit each, 1 where positive."""


Distribution = NDArray[np.float64]
"""(n,) probabilities: not negative, sum 1."""

Restarts: TypeAlias = "NDArray[np.float64] | csr_array"
"""(r, n) a distribution over n nodes a row; sparse where few of many nodes have a share."""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Steps:
    """Where a walker goes on an undirected weighted graph of n nodes; compared by identity."""

    moves: "csr_array"
    """(n, n) column j holds the probabilities of the steps out of node j; float64 or float32."""
    degree: NDArray[np.float64]
    """(n,) sum of the weights of each node's edges: `moves[i, j] * degree[j]` is a weight."""
    kinds: NDArray[np.uint8] | None = None
    """(nnz,) the kind of each edge of `moves`; None: one kind."""
    makers: NDArray[np.int32] | None = None
    """(nnz,) a third node without which the edge is not there, -1 for none; None: none has one."""

    @property
    def stuck(self) -> NDArray[np.int64]:
        """Nodes without an edge, ascending."""
        return np.flatnonzero(self.degree == 0)


@dataclass(frozen=True, slots=True, eq=False)
class Sieve:
    """The part of a graph that is walked: the rest is as if it were not there."""

    kept: NDArray[np.bool_] | None = None
    """(n,) nodes with all their edges; None: all."""
    factors: NDArray[np.float64] | None = None
    """(kinds,) what the weights of each kind of edge are multiplied by, 0 or more; None: by 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Scores of a graph's nodes, and how the work that made them ended."""

    scores: NDArray[np.float64]
    """(n,), node order of the graph; sum 1, less at most `error`."""
    iterations: int
    error: float
    """The L1 distance from the exact scores is not larger, rounding aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopRanking:
    """The k nodes that are visited most, and what is known of them."""

    nodes: NDArray[np.int64]
    """(k,) or fewer where fewer are visited: highest score first, of equals the lower number."""
    scores: NDArray[np.float64]
    """(k,)"""
    errors: NDArray[np.float64]
    """(k,) the exact score is no further from `scores`, rounding aside."""
    certified: bool
    """No other node is visited more than one of these. False: one may be; see `gap`."""
    gap: float
    """By how much a node that is left out may be ahead of one of these; 0 if certified."""
    visited: NDArray[np.int64]
    """(v,) nodes that the walk is known to visit, in no order."""
    visits: NDArray[np.float64]
    """(v,) their scores; those of all other nodes are 0, or too low to matter here."""

    def dense(self, n: int) -> NDArray[np.float64]:
        """Return (n,) the scores of all nodes of the graph."""
        scores = np.zeros(n)
        scores[self.visited] = self.visits
        scores[self.nodes] = self.scores
        return scores


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphSnapshot:
    """One moment of a memory as arrays: the atomic notes that are true then, and their graph.

    The n notes are sorted by (session id, episode order), so the neighbours of a turn are next to
    it. Everything here depends on the set of records alone, never on the order in which they came.
    """

    scopes: tuple[ScopeKey, ...]
    as_of: datetime | None
    version: int
    """The store's write counter when this was read."""
    note_ids: Sequence[NoteId]
    episode_ids: Sequence[EpisodeId]
    """(n,) the episode that each note says."""
    texts: Sequence[str]
    """(n,) text of each note."""
    titles: Sequence[str | None]
    """(n,) title of a passage; None for a turn."""
    is_turn: NDArray[np.bool_]
    """(n,)"""
    session: NDArray[np.int32]
    """(n,) number of its session, non-decreasing."""
    is_memo: NDArray[np.bool_] | None = None
    """(n,) added by itself, without a session: no other note is its neighbour; None: none is."""
    is_archived: NDArray[np.bool_] | None = None
    """(n,) out of search unless that asks for what is archived; None: none is."""
    speaker: NDArray[np.int32]
    """(n,) index into `speakers`, -1 for none."""
    speakers: tuple[str, ...]
    """Sorted."""
    said_at: NDArray[np.float64]
    """(n,) seconds since 1970 UTC, NaN when unknown."""
    sentence_indptr: NDArray[np.int64]
    """(n + 1,) where the sentences of each note begin in `sentence_spans`."""
    sentence_spans: Rows[np.int32]
    """(s, 2) spans into the note's text; every note has at least one."""
    graph: "SnapshotGraph"
    vectors: "SnapshotVectors"
    until: datetime | None = None
    """When the first of the notes ends: what is true now is another then. None: none of them does,
    or it is asked as of a moment."""
    carry: object = field(default=None, repr=False, compare=False)
    """The store's own, for `snapshot(..., previous=this)`."""

    def without_vectors(self) -> "GraphSnapshot":
        """Return what serves as `previous` without holding the vectors, the largest arrays.

        The store then lets go of each as soon as it is in the next snapshot.
        """
        return replace(self, vectors=SnapshotVectors(encoder=self.vectors.encoder))


class SnapshotGraph(Protocol):
    """What n notes name and claim: e entities, m mentions, f claims. Most searches need none of it,
    so a store may work it out when it is asked for."""

    @property
    def entity_ids(self) -> Sequence[EntityId]:
        """Sorted."""

    @property
    def entity_names(self) -> Sequence[str]:
        """(e,) commonest surface."""

    @property
    def mention_note(self) -> NDArray[np.int32]:
        """(m,) sorted by note, then start."""

    @property
    def mention_entity(self) -> NDArray[np.int32]:
        """(m,)"""

    @property
    def mention_kind(self) -> NDArray[np.int8]:
        """(m,) index into MENTION_KINDS."""

    @property
    def mention_initial(self) -> NDArray[np.bool_]:
        """(m,) see `Mention.initial`."""

    @property
    def mention_span(self) -> NDArray[np.int32]:
        """(m, 2)"""

    @property
    def claim_note(self) -> NDArray[np.int32]:
        """(f,) the note that makes the claim."""

    @property
    def claim_subject(self) -> NDArray[np.int32]:
        """(f,) entity."""

    @property
    def claim_object(self) -> NDArray[np.int32]:
        """(f,) entity."""

    @property
    def claim_relation(self) -> Sequence[str]:
        """(f,)"""

    @property
    def entity_aliases(self) -> tuple[tuple[str, int], ...]:
        """Other surfaces, each with its entity, of those that somebody said are one; sorted."""


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """One text and its tokens as an encoder sees them, special tokens left out."""

    whole: NDArray[np.float32]
    """(dim,) unit row of the text, the same that `Encoder.encode` gives."""
    rows: Matrix
    """(t, dim) unit rows."""
    spans: NDArray[np.int32]
    """(t, 2) where each token stands in the text."""


MENTION_KINDS: tuple[MentionKind, ...] = ("name", "title", "number", "date", "phrase", "speaker")


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotVectors:
    """The vectors of a snapshot's notes and sentences, as the store's encoder made them.

    The rule encoder's vectors are a function of the texts and of the snapshot's own document
    frequencies: they are derived with the words, so both arrays are None for it. Those of many
    turns lie in several arrays: what a snapshot has in common with the next lies where it lay.
    """

    encoder: str
    notes: Rows[np.float32] | None = None
    """(n, dim) unit rows."""
    sentences: Rows[np.float16] | None = None
    """(s, dim) unit rows in half precision, aligned with `sentence_spans`."""
    tokens: Rows[np.uint8] | None = None
    """(w, ceil(dim / 8)); None unless every turn has them, so that turns differ by what they say,
    never by when they were written."""
    token_indptr: NDArray[np.int64] | None = None
    """(n + 1,) where the tokens of each note begin; passages have none."""
