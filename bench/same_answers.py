"""The same questions asked of the same memory in RAM, in SQLite and in Neo4j. One JSON line a set.

python -m bench.same_answers ../shared/data              # 500 of 2wiki_train500, 500 of locomo5
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from bench.harness import parser, report
from graphmem.answers import Hit
from graphmem.contracts import GraphStore, identity_of
from graphmem.evaluate.data.datasets import Pool
from graphmem.evaluate.data.locomo import load_locomo
from graphmem.evaluate.data.retrieval import load_retrieval
from graphmem.evaluate.systems.source_files import write_source
from graphmem.graph.neo4j.store import Neo4jStore
from graphmem.memory import Memory
from graphmem.registry import open_encoder, open_extractor, open_store
from graphmem.types import Scope
from scripts.neo4j_server import running

K = 10
TOLERANCE = 1e-6


def main() -> None:
    """Ask every set of every store."""
    command = parser(__doc__)
    command.add_argument("data", type=Path)
    command.add_argument("--questions", type=int, default=500, help="of each set")
    command.add_argument("--encoder", default="rules")
    options = command.parse_args()
    sets = {
        "2wiki_train500": load_retrieval(options.data / "2wiki_train500").pools,
        "locomo5": load_locomo(options.data / "locomo5" / "locomo5.json").pools,
    }
    with running(heap="1g") as server:
        environment = {"NEO4J_USER": server.user, "NEO4J_PASSWORD": server.password}
        for name, pools in sets.items():
            asked, wrong = 0, list[str]()
            for number, pool in enumerate(pools):
                share = options.questions // len(pools)
                with three_stores(Neo4jStore(server.uri, environment=environment)) as stores:
                    texts = [question.text for question in pool.questions][:share]
                    scope = Scope(f"{name} {number}")
                    wrong += differences(pool, texts, stores, scope, options.encoder)
                    asked += len(texts)
            line = {"bench": "same answers", "set": name, "encoder": options.encoder,
                    "questions": asked, "different": len(wrong), "first": wrong[:3]}  # fmt: skip
            report(**line)


@contextmanager
def three_stores(server: GraphStore) -> Iterator[list[GraphStore]]:
    """Give an empty store in RAM, one in a file, and the given one; close all."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        made = [open_store("ram:"), open_store(folder / "memory.db"), server]
        yield [stack.enter_context(closing(store)) for store in made]


def differences(
    pool: Pool,
    questions: Sequence[str],
    stores: Sequence[GraphStore],
    scope: Scope,
    encoder: str = "rules",
) -> list[str]:
    """Return the questions to which a store answers otherwise than the first does.

    Equal are the same ids in the same order, with scores that differ by 1e-6 at most.
    """
    encoders = open_encoder(encoder)
    memories = [
        Memory(store, scope, encoder=encoders, extractor=open_extractor("rules"))
        for store in stores
    ]
    with tempfile.TemporaryDirectory() as folder:
        source = write_source(pool.passages, Path(folder))
        for memory in memories:
            memory.store.set_encoder(identity_of(encoders))
            memory.ingest(source)
    return [
        question
        for question in questions
        if not _agree([memory.search(question, k=K) for memory in memories])
    ]


def _agree(answers: Sequence[Sequence[Hit]]) -> bool:
    first, *others = [[(hit.note.id, hit.score) for hit in hits] for hits in answers]
    return all(
        [id_ for id_, _ in other] == [id_ for id_, _ in first]
        and all(abs(a - b) <= TOLERANCE for (_, a), (_, b) in zip(other, first, strict=True))
        for other in others
    )


if __name__ == "__main__":
    main()
