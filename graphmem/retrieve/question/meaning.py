"""The question's vectors: all that an encoder gives of it, in one call."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import TokenVectors
from graphmem.contracts import Encoder, TokenEncoder
from graphmem.fair_queue import PYTHON

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Meaning:
    """The (dim,) unit rows of a question; None where no search of the store reads them."""

    plain: Vector | None = None
    """Of the question as asked: what passages are compared with."""
    voiced: Vector | None = None
    """Of the question in the asked speaker's voice: what turns are compared with."""
    tokens: TokenVectors | None = None
    """The tokens of the voiced question; None if the encoder gives none."""


def meaning_of(encoder: Encoder, *, plain: str | None, voiced: str | None) -> Meaning:
    """Encode what is wanted (None: not wanted); a text that is wanted twice is encoded once."""
    texts = list(dict.fromkeys(text for text in (plain, voiced) if text is not None))
    if not texts:
        return Meaning()
    tokens: dict[str, TokenVectors] = {}
    with PYTHON.aside():  # an encoder computes outside the interpreter, or asks another machine
        if voiced is not None and isinstance(encoder, TokenEncoder):
            tokens = dict(zip(texts, encoder.encode_tokens(texts), strict=True))
            rows = {text: found.whole for text, found in tokens.items()}
        else:
            rows = dict(zip(texts, encoder.encode(texts), strict=True))
    return Meaning(
        plain=None if plain is None else rows[plain],
        voiced=None if voiced is None else rows[voiced],
        tokens=None if voiced is None else tokens.get(voiced),
    )
