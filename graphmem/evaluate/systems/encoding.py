"""An encoder that remembers: vectors by content on disk, and the time that encoding took apart.

Systems under test share it, so that none pays for what another encoded, and search can be timed
without the encoder and with it. No pickle: plain arrays, one new file a flush.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Matrix
from graphmem.contracts import Encoder
from graphmem.errors import InputError
from graphmem.files import new_file
from graphmem.ids import text_hash
from graphmem.providers.encoders.wrapper import EncoderWrapper

T = TypeVar("T")

BATCH = 256
"""Texts encoded in one call."""
KEPT_BACK = 4_096
"""New vectors that a stopped run may lose at most."""


class TimedEncoder(EncoderWrapper):
    """Wraps an encoder; what it encoded once it gives back, in this run and in later ones.

    `lookup_seconds` is the time spent inside `encode` so far, `model_seconds` what the model needs
    for the same texts: measured when each was encoded first, and remembered with its vector. Rows
    of an encoder that keeps none are computed each time: that is faster than keeping them.
    """

    def __init__(self, encoder: Encoder, folder: Path | None = None) -> None:
        """Wrap `encoder`; with a folder, vectors are read from it and `flush` writes to it."""
        super().__init__(encoder)
        self.lookup_seconds = 0.0
        self.model_seconds = 0.0
        self._folder = folder / _slug(f"{encoder.name}-{encoder.dim}") if folder else None
        self._rows: dict[str, NDArray[np.float32]] = {}
        self._seconds: dict[str, float] = {}
        self._fresh: list[str] = []
        self._warm = False
        if self._folder and self._folder.is_dir():
            for shard in sorted(self._folder.glob("*.npz")):
                self._read(shard)

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return float32 unit rows (len(texts), dim), encoding only what was never seen."""
        start = perf_counter()
        if not self.keeps_vectors:
            rows = self._encoder.encode(texts)
            self.lookup_seconds += perf_counter() - start
            self.model_seconds += perf_counter() - start
            return rows
        keys = [text_hash(text) for text in texts]
        missing = {k: t for k, t in zip(keys, texts, strict=True) if k not in self._rows}
        if missing:
            self._encode(list(missing), list(missing.values()))
        self.model_seconds += sum(self._seconds[key] for key in keys)
        rows = np.zeros((len(keys), self.dim), np.float32)
        for place, key in enumerate(keys):
            rows[place] = self._rows[key]
        self.lookup_seconds += perf_counter() - start
        return rows

    def flush(self) -> None:
        """Write what was encoded since the last flush to a new file; nothing without a folder."""
        if self._folder is None or not self._fresh:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        names = (self._folder / f"{number:04d}.npz" for number in count())
        shard = next(path for path in names if not path.exists())
        with new_file(shard) as file:
            np.savez(file, allow_pickle=False, **self._arrays())
        self._fresh = []

    def _arrays(self) -> dict[str, NDArray[Any]]:
        """Return what the next file holds."""
        return {
            "keys": np.array(self._fresh),
            "rows": np.stack([self._rows[key] for key in self._fresh]),
            "seconds": np.array([self._seconds[key] for key in self._fresh]),
        }

    def _take(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Remember what a file holds."""
        keys = arrays["keys"].tolist()
        self._rows.update(zip(keys, arrays["rows"], strict=True))
        self._seconds.update(zip(keys, arrays["seconds"].tolist(), strict=True))

    def _encode(self, keys: list[str], texts: list[str]) -> None:
        for key, row in self._timed(keys, texts, self._encoder.encode):
            self._rows[key] = row

    def _timed(
        self, keys: list[str], texts: list[str], encode: Callable[[Sequence[str]], Iterable[T]]
    ) -> Iterator[tuple[str, T]]:
        """Yield what `encode` makes of each text, to be remembered under its key, time noted."""
        self._warm_up()
        for begin in range(0, len(texts), BATCH):
            part = texts[begin : begin + BATCH]
            start = perf_counter()
            found = encode(part)
            each = (perf_counter() - start) / len(part)
            for key, one in zip(keys[begin : begin + BATCH], found, strict=True):
                yield key, one
                self._seconds[key] = each
                self._fresh.append(key)
            if len(self._fresh) >= KEPT_BACK:
                self.flush()

    def _warm_up(self) -> None:
        """Use the model once, so that no text is charged with loading it."""
        if not self._warm:
            self._encoder.encode(["warm"])
            self._warm = True

    def _read(self, shard: Path) -> None:
        try:
            with np.load(shard, allow_pickle=False) as arrays:
                self._take(arrays)
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise InputError(f"{shard} is no file of vectors; delete it ({error})") from error


def _slug(name: str) -> str:
    """Return a folder name for an encoder's name, which may be a path."""
    readable = re.sub(r"[^A-Za-z0-9.-]+", "_", name).strip("._")[-40:]
    return f"{readable}-{text_hash(name)[:8]}"
