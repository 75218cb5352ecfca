"""graphmem itself as a system under test, through the verbs that its users have: ingest and search.

It is given files, as a user would give them: a corpus of passages, or one conversation without its
questions. Nothing of a question or its gold reaches it.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from graphmem.answers import Hits
from graphmem.asking.readonly import BLOCK
from graphmem.contracts import Encoder, Extractor, identity_of
from graphmem.evaluate.data.datasets import Passage
from graphmem.evaluate.systems.base import Channels, Ranked, best
from graphmem.evaluate.systems.channels import SourceEngine, channels_of, source_engine
from graphmem.evaluate.systems.source_files import write_source
from graphmem.memory import Memory
from graphmem.registry import open_store
from graphmem.types import Scope


class GraphmemSystem:
    """Ranks the source ids of the episodes behind a memory's hits.

    It counts as one that cannot abstain: a search finds nothing only where no word, date or speaker
    asked for speaks for any note, which is rare in a dialogue. How far the best score tells whether
    anything answers is measured apart (docs/retrieval.md, `bench/calibration.py`).
    """

    can_abstain = False

    def __init__(
        self,
        open_memory: Callable[[Sequence[Passage]], Memory],
        folder: Path,
        *,
        retriever: str = "walk",
        name: str = "graphmem",
        store: Path | None = None,
    ) -> None:
        """Write source files to `folder`; `store` is the file whose size is the index's.

        `open_memory` is given the passages of the pool only for the sake of given extractions.
        """
        self.name = name
        self._open, self._folder, self._store = open_memory, folder, store
        self._retriever = retriever
        self.block = BLOCK if retriever == "pagerank" else 1
        self._engine: SourceEngine | None = None

    def index(self, passages: Sequence[Passage]) -> None:
        """Ingest the passages as a file, and search once so that what is lazy is made."""
        self._memory = self._open(passages)
        if passages:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._memory.ingest(write_source(passages, self._folder))
        self._memory.search("warm", k=1, retriever=self._retriever)

    def search(self, question: str, *, k: int) -> Ranked:
        """Return the passages behind the first k hits; the first hit of a passage counts."""
        (ranked,) = self.search_each([question], k=k)
        return ranked

    def search_each(self, questions: Sequence[str], *, k: int) -> list[Ranked]:
        """Return what `search` finds for each question."""
        each = self._memory.search_each(questions, k=k, retriever=self._retriever)
        return [_passages_of(hits, k) for hits in each]

    def channels(self, question: str, *, depth: int) -> Channels:
        """Return the channels of the memory's search, and its own deep ranking."""
        return {**self._ranked_by_channel(question, depth), "hits": self.search(question, k=depth)}

    def index_bytes(self) -> int | None:
        """Return the size of the store's file and of its write-ahead log."""
        if self._store is None:
            return None
        files = (self._store, self._store.with_name(self._store.name + "-wal"))
        return sum(path.stat().st_size for path in files if path.is_file())

    def _ranked_by_channel(self, question: str, depth: int) -> Channels:
        if not question.strip():
            return {}
        if self._engine is None:
            self._engine = source_engine(self._memory)
        engine, ids, order = self._engine.engine, self._engine.ids, self._engine.order
        return {
            name: tuple(hit for hit in best(ids, values[order], k=depth) if hit[1] > 0)
            for name, values in channels_of(engine, question).items()
        }


def _passages_of(hits: Hits, k: int) -> Ranked:
    found: dict[str, float] = {}
    for hit in hits:
        for episode in hit.episodes:
            found.setdefault(episode.source_id, hit.score)
    return tuple(found.items())[:k]


def open_memory(
    store: Path,
    encoder: Encoder,
    extractor: Extractor,
    stack: ExitStack,
    *,
    token_signs: bool,
) -> Memory:
    """Open a new memory in a file; `stack` closes it."""
    graph = open_store(str(store))
    stack.callback(graph.close)
    graph.set_encoder(identity_of(encoder))
    scope = Scope(user="evaluate")
    return Memory(graph, scope, encoder=encoder, extractor=extractor, token_signs=token_signs)
