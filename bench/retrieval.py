"""Time of the harness: all questions of a set through six systems, once vectors are cached.

    python bench/retrieval.py ../shared/data/2wiki_train500 --encoder minilm --vectors /tmp/vectors

The first run encodes; run it twice. Prints one JSON line.
"""

import argparse
import json
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from graphmem.cli.evaluate_systems import Bench
from graphmem.evaluate.datasets import load_retrieval
from graphmem.evaluate.encoding import TimedEncoder
from graphmem.evaluate.report import summarise
from graphmem.evaluate.run import RunLog, run
from graphmem.registry import open_encoder, open_extractor

SYSTEMS = "bm25,dense,sum,hipporag2,linearrag,graphmem"
LIMIT_SECONDS = 300


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--encoder", default="rules")
    parser.add_argument("--systems", default=SYSTEMS)
    parser.add_argument("--vectors", type=Path)
    options = parser.parse_args()
    dataset = load_retrieval(options.folder)
    encoder = TimedEncoder(open_encoder(options.encoder), options.vectors)
    begin = perf_counter()
    with ExitStack() as stack:
        bench = Bench(
            encoder=encoder,
            extractor=open_extractor("rules"),
            given=None,
            folder=Path(stack.enter_context(TemporaryDirectory())),
            stack=stack,
        )
        specs = bench.specs(options.systems)
        results = run(dataset, specs, encoder=encoder, log=RunLog(), progress=lambda *_: None)
        report = summarise(dataset, results, encoder=encoder.name)
    seconds = perf_counter() - begin
    shown = ("recall@5", "search_ms_p50", "index_seconds", "index_encode_seconds")
    line = {
        "set": dataset.name,
        "questions": dataset.questions,
        "encoder": encoder.name,
        "seconds": round(seconds, 1),
        "within_limit": seconds <= LIMIT_SECONDS,
        "systems": {n: {key: s[key] for key in shown} for n, s in report["systems"].items()},
    }
    print(json.dumps(line))


if __name__ == "__main__":
    main()
