"""Seconds of a block of code, the encoder's share apart."""

from time import perf_counter
from typing import Self

from graphmem.evaluate.systems.encoding import TimedEncoder


class Stopwatch:
    """Measures a block, the encoder's part apart."""

    def __init__(self, encoder: TimedEncoder) -> None:
        self._encoder = encoder

    def __enter__(self) -> Self:
        self._lookup, self._model = self._encoder.lookup_seconds, self._encoder.model_seconds
        self._start = perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        whole = perf_counter() - self._start
        self.seconds = whole - (self._encoder.lookup_seconds - self._lookup)
        self.encode_seconds = self._encoder.model_seconds - self._model
