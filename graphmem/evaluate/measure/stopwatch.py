"""Seconds of a block of code, the encoder's share apart."""

from dataclasses import dataclass
from time import perf_counter
from typing import Self

from graphmem.evaluate.systems.encoding import TimedEncoder


@dataclass(frozen=True, slots=True)
class Took:
    """What a block took."""

    seconds: float
    """Without the encoder."""
    encode_seconds: float
    """The encoder's."""

    def shared_by(self, n: int) -> "Took":
        """Return what each of n questions took that were asked at once."""
        return Took(self.seconds / n, self.encode_seconds / n)


class Stopwatch:
    """Measures a block: `took` is there when it is over."""

    def __init__(self, encoder: TimedEncoder) -> None:
        self._encoder = encoder

    def __enter__(self) -> Self:
        self._lookup, self._model = self._encoder.lookup_seconds, self._encoder.model_seconds
        self._start = perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        whole = perf_counter() - self._start
        lookup = self._encoder.lookup_seconds - self._lookup
        self.took = Took(whole - lookup, self._encoder.model_seconds - self._model)
