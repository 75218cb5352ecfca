"""Writing a store again with the vectors of an encoder: joins encoder, stages and transfer."""

from contextlib import closing

from graphmem.config import Settings
from graphmem.contracts import Progress, identity_of
from graphmem.graph.transfer import move
from graphmem.ingest import with_vectors
from graphmem.registry import open_encoder, open_store


def reembed(
    source: str, target: str, *, encoder: str, progress: Progress | None = None
) -> move.Moved:
    """Write a store into another, made new, with the vectors of an encoder; return what was moved.

    Run again if it was interrupted. With the encoder that the store has, turns that were written
    before token signs were kept get them. Raises what opening either raises, and what
    `move.reembed` does.
    """
    chosen = open_encoder(encoder)
    token_signs = Settings.here().token_signs
    with closing(open_store(source, must_exist=True)) as old, closing(open_store(target)) as new:
        return move.reembed(
            old,
            new,
            encoder=identity_of(chosen),
            remake=lambda records: with_vectors(
                records, chosen if chosen.keeps_vectors else None, token_signs=token_signs
            ),
            progress=progress,
        )
