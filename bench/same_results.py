"""Whether search and ingest give what they gave before: hashes of hits and of dumps, compared.

    python -m bench.same_results ../shared/data                    # compare with the kept hashes
    python -m bench.same_results ../shared/data --write            # keep those of this tree
    python -m bench.same_results ../shared/data --encoder minilm --only locomo5

The kept hashes (`bench/same_results.json`) are of one machine: the last bits of a score differ
between processors, so write them with the tree before a change, compare with the tree after it.
Prints one JSON line a set; exits 1 if one differs. `hits` are ids, scores and paths of the first
ten, `reasons` their words too, `dump` is the store's logical content.
"""

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from bench.harness import parser, report
from graphmem.answers import Hit
from graphmem.evaluate.data.locomo import load_locomo
from graphmem.evaluate.data.retrieval import load_retrieval
from graphmem.evaluate.systems.source_files import write_source
from graphmem.graph import dump
from graphmem.memory import Memory

K = 10
KEPT = Path(__file__).with_suffix(".json")
SAMPLES = Path(__file__).resolve().parent.parent / "data" / "samples"
RETRIEVERS = ("walk", "pagerank")


@dataclass(frozen=True, slots=True)
class Asked:
    """A source to ingest, and what is asked of it."""

    sources: tuple[Path, ...]
    questions: tuple[str, ...]


def main() -> None:
    """Ingest and ask each set, print its hashes, compare or keep them."""
    command = parser(__doc__)
    command.add_argument("data", type=Path)
    command.add_argument("--encoder", default="rules")
    command.add_argument("--only", help="one set's name")
    command.add_argument("--write", action="store_true", help="keep the hashes instead")
    options = command.parse_args()
    kept: dict[str, dict[str, str]] = json.loads(KEPT.read_text()) if KEPT.is_file() else {}
    differs = False
    with tempfile.TemporaryDirectory() as folder:
        for name, asked in _sets(options.data, Path(folder)):
            if options.only not in (None, name):
                continue
            found = hashes(asked, options.encoder)
            key = f"{name} {options.encoder}"
            before = kept.get(key, {})
            same = {part: before.get(part) == value for part, value in found.items()}
            differs |= not all(same.values())
            report(bench="same results", set=key, same=same)
            kept[key] = found
    if options.write:
        KEPT.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")
    elif differs:
        sys.exit(1)


def hashes(asked: Asked, encoder: str) -> dict[str, str]:
    """Return the hash of all hits, of their reasons, and of the store."""
    hits, reasons, lines = (blake2b(digest_size=12) for _ in range(3))
    with Memory.open("ram:", scope="same", encoder=encoder) as memory:
        memory.ingest(*asked.sources)
        for line in dump(memory.store):
            lines.update(line.encode() + b"\n")
        for question in asked.questions:
            for retriever in RETRIEVERS:
                found = memory.search(question, k=K, retriever=retriever)
                hits.update(json.dumps([_facts(hit) for hit in found]).encode())
                words = [[*hit.why, *(path.text for path in hit.paths)] for hit in found]
                reasons.update(json.dumps(words).encode())
    return {"hits": hits.hexdigest(), "reasons": reasons.hexdigest(), "dump": lines.hexdigest()}


def _facts(hit: Hit) -> Sequence[object]:
    return hit.note.id, repr(hit.score), [(path.steps, repr(path.score)) for path in hit.paths]


def _sets(data: Path, folder: Path) -> Iterator[tuple[str, Asked]]:
    rows = (SAMPLES / "questions.jsonl").read_text("utf-8").splitlines()
    samples = tuple(json.loads(row)["question"] for row in rows)
    yield "samples", Asked((SAMPLES / "dialogues", SAMPLES / "documents"), samples)
    locomo = data / "locomo5" / "locomo5.json"
    if locomo.is_file():
        pools = load_locomo(locomo).pools
        asked = tuple(question.text for pool in pools for question in pool.questions)
        yield "locomo5", Asked((locomo,), asked)
        yield "mixed", Asked((locomo, SAMPLES / "documents"), (*asked[:60], *samples))
    for name in ("musique_train100", "hotpot_train100", "2wiki_train500"):
        if (data / name).is_dir():
            (pool,) = load_retrieval(data / name).pools
            (folder / name).mkdir()
            source = write_source(pool.passages, folder / name)
            yield name, Asked((source,), tuple(question.text for question in pool.questions))


if __name__ == "__main__":
    main()
