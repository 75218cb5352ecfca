"""The compiled loop of `repeats.c`, where a compiler was there when graphmem was installed."""

import ctypes

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import GraphSnapshot
from graphmem.rankers.kernel import address_of, kernel
from graphmem.retrieve.fillers import Fillers
from graphmem.retrieve.kept import Kept
from graphmem.retrieve.words.tokens import Tokens

ROOM = 1_024
"""Words that nobody looked at yet which one call of the loop tells at most."""


class _Texts(ctypes.Structure):
    _fields_ = (
        *(
            (name, ctypes.c_void_p)
            for name in (
                "sentences", "base", "added", "word_of", "fillers", "is_turn", "speaker", "ends",
                "more_ends", "first", "at",
            )
        ),
        ("n_base", ctypes.c_int64),
        ("n_ends", ctypes.c_int64),
        ("n_runs", ctypes.c_int64),
    )  # fmt: skip


class RepeatsLoop:
    """Compares the words of notes, fillers left out."""

    def __init__(
        self, loaded: ctypes.CDLL, snapshot: GraphSnapshot, tokens: Tokens, fillers: Fillers
    ) -> None:
        rows, word_of = tokens.sentences, tokens.vocabulary.word_of[tokens.sentences.surface_of]
        known, lying = np.frombuffer(fillers.known, np.uint8), rows.ends.lying
        arrays = (
            tokens.sentence_indptr, rows.base, rows.added, word_of, known, snapshot.is_turn,
            snapshot.speaker, lying.base, lying.added, lying.first, lying.at,
        )  # fmt: skip
        self._loaded, self._tokens, self._fillers, self._held = loaded, tokens, fillers, arrays
        sizes = len(rows.base), len(lying.base), len(lying.first)
        self._texts = _Texts(*(address_of(array) for array in arrays), *sizes)
        self._at = ctypes.addressof(self._texts)

    @classmethod
    def of(cls, snapshot: GraphSnapshot, tokens: Tokens, fillers: Fillers) -> "RepeatsLoop | None":
        """Return the loop over the texts of a snapshot; None where nobody compiled it."""
        loaded = kernel()
        return None if loaded is None else cls(loaded, snapshot, tokens, fillers)

    def same(self, note: int, among: NDArray[np.int32], kept: Kept) -> list[int]:
        """Return which of some notes, that are kept, say the same, by the same speaker."""
        tokens = self._tokens
        said = tokens.vocabulary.word_of[tokens.words_of(note)]
        self._fillers.learn(said.tolist())
        found, unknown = np.empty(len(among), np.int32), np.empty(ROOM, np.int32)
        among = np.ascontiguousarray(among, np.int32)
        arrays = address_of(among), len(among), address_of(kept), address_of(found)
        while True:
            n = self._loaded.said_again(self._at, note, *arrays, address_of(unknown), ROOM)
            if n >= 0:
                same: list[int] = found[:n].tolist()
                return same
            self._fillers.learn(unknown[:-n].tolist())
