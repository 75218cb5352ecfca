"""What takes time to derive of a snapshot's turns, and what of it serves for the next snapshot."""

from dataclasses import dataclass, replace

from graphmem.arrays import GraphSnapshot
from graphmem.contracts import Encoder, TokenEncoder
from graphmem.retrieve.turns.index import TurnIndex
from graphmem.retrieve.turns.indexing import turn_index
from graphmem.retrieve.turns.late_interaction import TokenIndex, token_index
from graphmem.retrieve.turns.vectors import TurnVectors, turn_vectors
from graphmem.retrieve.turns.windows import windows_of
from graphmem.retrieve.words.index import WordIndex


@dataclass(frozen=True, slots=True)
class TurnParts:
    """What takes time to derive of a snapshot's turns."""

    index: TurnIndex
    vectors: TurnVectors | None
    """None: the encoder keeps no vectors."""
    tokens: TokenIndex | None
    """None: not every turn has the signs of its tokens, or the encoder does not tell them."""

    @classmethod
    def of(
        cls,
        snapshot: GraphSnapshot,
        words: WordIndex,
        encoder: Encoder,
        before: "TurnParts | None" = None,
    ) -> "TurnParts | None":
        """Derive them; None if the snapshot holds no turn. `before` makes it cheaper alone."""
        if not snapshot.is_turn.any():
            return None
        index = turn_index(snapshot, words.notes, before=before.index if before else None)
        windows = windows_of(index.notes, index.lengths, words, index.of_length)
        index = replace(index, windows=windows)
        has_tokens = isinstance(encoder, TokenEncoder)
        known, counted = (before.vectors, before.tokens) if before else (None, None)
        tokens = token_index(snapshot.vectors, encoder.dim, counted) if has_tokens else None
        return cls(index, turn_vectors(snapshot, index, known), tokens)

    def without_vectors(self) -> "TurnParts":
        """Return what serves as `before` and holds no vectors but such as stay where they are."""
        is_light = self.vectors is not None and self.vectors.is_light
        return self if is_light else TurnParts(self.index, None, None)
