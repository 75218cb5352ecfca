"""What each encoder costs on one thread: opening, many texts, one question. One JSON line each.

    OMP_NUM_THREADS=1 python -m bench.encoders

Each runs in a process of its own, so that opening includes its imports and the peak is its own.
Seconds are of the processor, so that other work on the machine counts less.
"""

import resource
import statistics
import subprocess
import sys
import time

from bench.harness import parser, report
from bench.invented import invented_questions, invented_turns
from graphmem.contracts import Encoder
from graphmem.registry import open_encoder

MODEL = "all-MiniLM-L6-v2"
ENGINES = ("rules", f"onnx:{MODEL}", f"{MODEL} float32", f"{MODEL} bfloat16")
N_TEXTS = 512
N_QUESTIONS = 40


def main() -> None:
    """Measure the engine named on the command line, or all of them."""
    command = parser(__doc__)
    command.add_argument("engine", nargs="?", choices=ENGINES)
    options = command.parse_args()
    if options.engine:
        report(**measured(options.engine))
        return
    for engine in ENGINES:
        subprocess.run([sys.executable, "-m", "bench.encoders", engine], check=True)


def measured(engine: str) -> dict[str, object]:
    """Open one engine and time it."""
    texts = [turn.text for turn in invented_turns(N_TEXTS)]
    start, wall = time.process_time(), time.perf_counter()
    encoder = opened(engine)
    open_cpu, open_wall = time.process_time() - start, time.perf_counter() - wall
    encoder.encode(texts[:8])
    start = time.process_time()
    encoder.encode(texts)
    many = time.process_time() - start
    each = []
    for question in invented_questions(N_QUESTIONS):
        start = time.process_time()
        encoder.encode([question])
        each.append(time.process_time() - start)
    return {
        "encoder": engine,
        "identity": encoder.name,
        "texts_per_cpu_second": round(N_TEXTS / many),
        "question_cpu_ms": round(1e3 * statistics.median(each), 2),
        "open_cpu_seconds": round(open_cpu, 2),
        "open_wall_seconds": round(open_wall, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def opened(engine: str) -> Encoder:
    """Open a registered encoder, or MiniLM with torch at a named precision."""
    name, _, precision = engine.partition(" ")
    if not precision:
        return open_encoder(name)
    from graphmem.providers.encoders.sentence_transformers import SentenceTransformerEncoder

    return SentenceTransformerEncoder(
        name, precision="bfloat16" if precision == "bfloat16" else "float32"
    )


if __name__ == "__main__":
    main()
