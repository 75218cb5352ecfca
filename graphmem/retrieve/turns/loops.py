"""The compiled loops of `bm25.c` and `loops.c`, where a compiler was there to make them."""

import ctypes
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from graphmem.rankers.kernel import address_of, kernel
from graphmem.retrieve.turns.kernels import GAP, Column, Lending, fill_by_room
from graphmem.retrieve.turns.saturation import K1, B
from graphmem.retrieve.turns.spare import SPARE

Rows = NDArray[np.int32]
"""Turns, ascending."""
Counts = NDArray[np.floating]
"""How often each of some turns says something: float32 of one term, float64 of several."""
Term = tuple[Rows, Counts, float]
"""The turns that say a term, how often each does, and how much that counts."""
Sessions = tuple[Rows, Rows, Rows]
Said = tuple[Rows, Counts | None, float]
"""The same where nobody asks how often."""

_PLACES = 2 * GAP + 1
_BITS = 64
"""Of the marks of a turn."""


class _Turns(ctypes.Structure):
    _fields_ = (
        ("session", ctypes.c_void_p),
        ("first", ctypes.c_void_p),
        ("last", ctypes.c_void_p),
        ("lengths", ctypes.c_void_p),
        ("mixed", ctypes.c_void_p),
        ("kernel", ctypes.c_double * _PLACES),
        ("fill", ctypes.c_double * (GAP + 1) ** 2),
        ("lent", ctypes.c_double),
        ("saturation", ctypes.c_double),
        ("share", ctypes.c_double),
        ("mean", ctypes.c_double),
        ("longest", ctypes.c_int64),
    )


class _Postings(ctypes.Structure):
    _fields_ = (
        ("rows", ctypes.c_void_p),
        ("whole", ctypes.c_void_p),
        ("counts", ctypes.c_void_p),
        ("n", ctypes.c_int64),
        ("like", ctypes.c_double),
    )


class TurnLoops:
    """The loops over the turns of one index."""

    def __init__(
        self,
        loaded: ctypes.CDLL,
        sessions: Sessions,
        lengths: tuple[NDArray[np.float32], Column],
        lending: Lending,
        mean: float,
    ) -> None:
        """`sessions` are of each turn, and the first and last turn of each; `lengths` those of the
        turns, and mixed over neighbours, of which `mean` is the mean."""
        _, first, last = sessions
        longest = int((last - first).max(initial=0)) + 1
        weights = (ctypes.c_double * _PLACES)(*(weight for _, weight in reversed(lending.kernel)))
        fill = (ctypes.c_double * (GAP + 1) ** 2)(*fill_by_room(lending.kernel).ravel())
        addresses = (address_of(array) for array in (*sessions, *lengths))
        self._loaded, self._held = loaded, (sessions, lengths)
        self._turns = _Turns(*addresses, weights, fill, lending.most, K1, B, mean, longest)
        self._at = ctypes.addressof(self._turns)

    @classmethod
    def of(
        cls,
        sessions: Sessions,
        lengths: tuple[NDArray[np.float32], Column],
        lending: Lending,
        mean: float,
    ) -> "TurnLoops | None":
        """Return the loops over some turns; None where nobody compiled them."""
        loaded = kernel()
        return None if loaded is None else cls(loaded, sessions, lengths, lending, mean)

    def merged(self, terms: Sequence[Term]) -> tuple[Rows, Column]:
        """Return the turns that say one of some terms, and how often, each by how it counts."""
        size = sum(len(rows) for rows, *_ in terms)
        rows, counts = np.empty(size, np.int32), np.empty(size)
        postings = _listed(terms)
        n = self._loaded.merged(
            ctypes.addressof(postings), len(terms), address_of(rows), address_of(counts)
        )
        return rows[:n], counts[:n]

    def scored(
        self,
        words: Sequence[Term],
        wider: Sequence[Term],
        saturation: float,
        parts: float,
        n_turns: int,
    ) -> tuple[Column, Column]:
        """Return (t,) what the counts of some words are worth around the turns that say them, each
        word in its turn, rounded to so many parts of one, and what those of `wider` are.

        A word is its turns, how often each says it, and its idf; `saturation` is what a count is
        worth at most. `wider` has for each word what is scored in its place, of no turn if that is
        the word itself; none of them: the two are one.
        """
        exact = SPARE.column(n_turns)
        is_wider = any(len(rows) for rows, *_ in wider)
        loose = SPARE.column(n_turns) if is_wider else exact
        asked, more = _listed(words), _listed(wider)
        self._loaded.bm25_words(
            self._at, ctypes.addressof(asked), ctypes.addressof(more), len(words), saturation,
            parts, n_turns, address_of(exact), address_of(loose) if is_wider else None,
        )  # fmt: skip
        return exact, loose

    def by_session(self, word: Term, n_sessions: int) -> tuple[Rows, Column]:
        """Return the sessions that say a word, ascending, and how often each does."""
        rows, *_ = word
        room = min(len(rows), n_sessions)
        sessions, counts, listed = np.empty(room, np.int32), np.empty(room), _listed([word])
        at = address_of(sessions), address_of(counts)
        n = self._loaded.sessions_with(self._at, ctypes.addressof(listed), *at)
        return sessions[:n], counts[:n]

    def add_sessions(
        self,
        scores: Column,
        sessions: Rows,
        counts: Column,
        factors: tuple[float, float],
        norm: Column,
    ) -> None:
        """Add what the counts of a word are worth to the score of each session that says it."""
        at = address_of(sessions), address_of(counts), len(sessions)
        self._loaded.bm25_sessions(*at, *factors, address_of(norm), address_of(scores))

    def levels(
        self, terms: Sequence[Rows], levels: Sequence[int], shown: NDArray[np.int64]
    ) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Return (h,) the highest level of some terms that some turns say, and that is said around
        them."""
        own, near = np.zeros((2, len(shown)), np.uint8)
        shown = np.ascontiguousarray(shown, np.int64)
        at = address_of(shown), len(shown), address_of(own), address_of(near)
        for rows, level in zip(terms, levels, strict=True):
            self._loaded.said_near(self._at, address_of(rows), len(rows), level, *at)
        return own, near

    def most_around(
        self,
        words: Sequence[tuple[Sequence[Rows], Sequence[int], Column]],
        named: NDArray[np.bool_],
        notes: NDArray[np.int64],
        scores: Column,
    ) -> tuple[float, float] | None:
        """Return the most that is said around a turn which has a score: of others, of those named.

        Of each of `words` its terms, their levels and what each level is worth. None: these are
        too many for marks.
        """
        if sum(len(worth) - 1 for *_, worth in words) > _BITS:
            return None
        marked, bits, of_word, worth = list[Said](), list[int](), list[int](), list[float]()
        for terms, levels, values in words:
            if not terms:
                continue
            bits += [len(worth) - 1 + level for level in levels]  # level 1 is the first bit
            marked += [(rows, None, 0.0) for rows in terms]
            of_word.append(((1 << len(values) - 1) - 1) << len(worth))
            worth += values[1:].tolist()
        masks, values, most = np.array(of_word, np.uint64), np.array(worth), np.zeros(2)
        postings, places = _listed(marked), np.array(bits, np.int64)
        self._loaded.most_around(
            self._at, ctypes.addressof(postings), address_of(places), len(bits),
            address_of(notes), address_of(scores), address_of(named), address_of(masks),
            len(masks), address_of(values), address_of(most),
        )  # fmt: skip
        return float(most[0]), float(most[1])


def _listed(terms: Iterable[Said]) -> "ctypes.Array[_Postings]":
    """Return some terms as the loops take them; their arrays must outlive it."""
    made = []
    for rows, counts, like in terms:
        is_whole = counts is not None and counts.dtype == np.float32
        at = address_of(counts)
        here = (at, None) if is_whole else (None, at)
        made.append(_Postings(address_of(rows), *here, len(rows), like))
    return (_Postings * len(made))(*made)
