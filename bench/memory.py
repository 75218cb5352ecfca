"""What ingest, search and memory cost as a memory grows. One JSON line each; no timed test.

python -m bench.memory                    # 1,000, 6,000 and 100,000 turns, rule encoder
python -m bench.memory --encoder minilm   # the share of encoding in ingest
python -m bench.memory --vectors          # 384-dim vectors and the signs of tokens: peak memory
"""

import multiprocessing
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import bm25s
import numpy as np

from bench.harness import ms, parser, report, seconds
from bench.invented import invented_questions, invented_turns
from graphmem.arrays import Matrix, TokenVectors
from graphmem.contracts import Encoder, TokenEncoder, identity_of
from graphmem.memory import Memory
from graphmem.providers.encoders.wrapper import EncoderWrapper
from graphmem.registry import open_encoder, open_extractor, open_store
from graphmem.text import word_spans
from graphmem.types import Scope
from graphmem.vectors import unit_rows

SIZES = (1_000, 6_000, 100_000)
ADDED = 100
ASKED = 100


class TimedEncoder(EncoderWrapper):
    """Any encoder, with the seconds it took."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(encoder)
        self.seconds = 0.0

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Encode, and add to the seconds."""
        start = time.perf_counter()
        rows = self._encoder.encode(texts)
        self.seconds += time.perf_counter() - start
        return rows


class TimedTokenEncoder(TimedEncoder):
    """An encoder that gives vectors of tokens, with the seconds it took."""

    _encoder: TokenEncoder

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Encode, and add to the seconds."""
        start = time.perf_counter()
        found = self._encoder.encode_tokens(texts)
        self.seconds += time.perf_counter() - start
        return found


class RandomEncoder:
    """Dense rows from a seed: the memory of real vectors and tokens without their time."""

    name, dim, keeps_vectors = "bench-random@1", 384, True

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return unit rows seeded by the texts' lengths and places."""
        seeds = [len(text) + 977 * i for i, text in enumerate(texts)]
        return unit_rows(np.array([_noise(1, seed)[0] for seed in seeds]).reshape(-1, 384))

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return the row, and a token a word."""
        found = []
        for whole, text in zip(self.encode(texts), texts, strict=True):
            spans = np.array(word_spans(text), np.int32).reshape(-1, 2)
            found.append(TokenVectors(whole, _noise(len(spans), len(text)), spans))
        return found


def _noise(n: int, seed: int) -> Matrix:
    return np.random.default_rng(seed).standard_normal((n, 384), np.float32)


def main() -> None:
    """Run what was asked for."""
    command = parser(__doc__)
    command.add_argument("--encoder", default="rules")
    command.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    command.add_argument("--vectors", action="store_true")
    options = command.parse_args()
    report(bench="import", seconds=import_seconds())
    with tempfile.TemporaryDirectory() as folder:
        for n in options.sizes:
            encoder = RandomEncoder() if options.vectors else open_encoder(options.encoder)
            timed = TimedTokenEncoder if isinstance(encoder, TokenEncoder) else TimedEncoder
            grown(Path(folder) / f"{n}.db", n, timed(encoder))


def grown(path: Path, n: int, encoder: TimedEncoder) -> None:
    """Measure one size: ingest, ingest again, add, search, peak memory."""
    memory = Memory(
        open_store(str(path)), Scope("bench"), encoder=encoder, extractor=open_extractor("rules")
    )
    memory.store.set_encoder(identity_of(encoder))
    first = seconds(lambda: memory.ingest_turns(invented_turns(n)))
    encoding, encoder.seconds = encoder.seconds, 0.0
    again = seconds(lambda: memory.ingest_turns(invented_turns(n)))
    report(
        bench="ingest", turns=n, encoder=encoder.name, turns_per_second=round(n / first),
        share_without_encoding=round(1 - encoding / first, 3),
        second_times_faster=round(first / again, 1),
        bytes_per_turn=round(sum(f.stat().st_size for f in path.parent.glob(f"{path.name}*")) / n),
    )  # fmt: skip
    moment = datetime(2030, 1, 1, tzinfo=UTC)
    adds = [
        seconds(
            partial(memory.add, f"Ana mended the kettle number {i}.", speaker="Ana", said_at=moment)
        )
        for i in range(ADDED)
    ]
    report(bench="add", notes=n, ms_p50=ms(adds, 50), ms_p95=ms(adds, 95))
    opening = seconds(lambda: memory.search("warm up"))
    memory.add("One more thing happened.", speaker="Ana", said_at=moment)
    refresh = seconds(lambda: memory.search("warm up"))
    questions = invented_questions(ASKED)
    encoder.seconds = 0.0
    asked = [seconds(partial(memory.search, q, k=10)) for q in questions]
    without = [took - encoder.seconds / ASKED for took in asked]
    peak = peak_mb()
    report(
        bench="search", notes=n, encoder=encoder.name,
        ms_p50=ms(without, 50), ms_p95=ms(without, 95),
        encoding_ms=round(1000 * encoder.seconds / ASKED, 2),
        first_snapshot_seconds=round(opening, 2),
        refresh_after_one_turn_ms=round(1000 * refresh, 1),
        bm25s_ms_p50=ms(peer(n, questions), 50), peak_mb=peak,
    )  # fmt: skip
    memory.close()
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as fresh:
        report(bench="reopened", notes=n, **fresh.submit(reopened, path, encoder).result())


def reopened(path: Path, encoder: TimedEncoder) -> dict[str, int]:
    """Open a memory in a fresh process and refresh it three times; return MiB (Linux only)."""
    memory = Memory(
        open_store(str(path)), Scope("bench"), encoder=encoder, extractor=open_extractor("rules")
    )
    memory.search("warm up")
    opened = resident()
    for i in range(3):
        memory.add(
            f"And number {i} happened.", speaker="Ana", said_at=datetime(2031, 1, 1, tzinfo=UTC)
        )
        memory.search("warm up")
    held = resident()
    memory.close()
    return {
        "opened_mb": opened["VmRSS"], "opening_peak_mb": opened["VmHWM"],
        "refreshed_mb": held["VmRSS"], "peak_mb": held["VmHWM"],
    }  # fmt: skip


def resident() -> dict[str, int]:
    """Return the resident size of this process, now and at most, in MiB (`VmRSS`, `VmHWM`)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return {
        key: int(rest.split()[0]) // 1024
        for key, _, rest in (line.partition(":") for line in lines)
        if key in ("VmRSS", "VmHWM")
    }


def peer(n: int, questions: Sequence[str]) -> list[float]:
    """Return the seconds of plain BM25 (bm25s) for the same questions over the same turns."""
    index = bm25s.BM25()
    index.index(
        bm25s.tokenize([turn.text for turn in invented_turns(n)], show_progress=False),
        show_progress=False,
    )
    return [
        seconds(
            lambda: index.retrieve(
                bm25s.tokenize(q, show_progress=False),  # noqa: B023 # called before the next q
                k=10,
                show_progress=False,
            )
        )
        for q in questions
    ]


def import_seconds() -> float:
    """Return the median time that `import graphmem; graphmem.Memory` adds to starting Python."""

    def start(code: str) -> float:
        return statistics.median(
            seconds(lambda: subprocess.run([sys.executable, "-c", code], check=True))
            for _ in range(5)
        )

    return round(start("import graphmem; graphmem.Memory") - start("pass"), 3)


def peak_mb() -> int:
    """Return the largest resident size of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
