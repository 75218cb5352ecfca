"""What encoders that wrap another one share: they are known as the one inside."""

from graphmem.contracts import Encoder


class EncoderWrapper:
    """Holds an encoder and has its identity: a store cannot tell the two apart.

    A subclass defines `encode`, and `encode_tokens` only if the encoder inside has it.
    """

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.dim, self.keeps_vectors = encoder.name, encoder.dim, encoder.keeps_vectors
        self._encoder = encoder
