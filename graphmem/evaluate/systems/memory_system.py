"""graphmem itself as a system under test, through the verbs that its users have: ingest and search.

It is given files, as a user would give them: a corpus of passages, or one conversation without its
questions. Nothing of a question or its gold reaches it.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from graphmem.evaluate.data.datasets import Passage, said_order
from graphmem.evaluate.systems.base import Channels, Ranked
from graphmem.types import Hit


class MemoryLike(Protocol):
    """What the system needs of a memory."""

    def ingest(self, source: Path) -> object:
        """Take in a file."""
        ...

    def search(self, question: str, *, k: int) -> Sequence[Hit]:
        """Return at most k hits, best first."""
        ...

    def channels(self, question: str, *, depth: int) -> Channels:
        """Return what each channel of the search ranked, under the source's own ids."""
        ...


class GraphmemSystem:
    """Ranks the source ids of the episodes behind a memory's hits.

    It cannot abstain: a memory returns what is nearest, and the scores of its hits do not tell a
    question that nothing answers (AUROC .48 on LoCoMo's category 5). That is the reader's task.
    """

    can_abstain = False

    def __init__(
        self,
        open_memory: Callable[[Sequence[Passage]], MemoryLike],
        folder: Path,
        *,
        name: str = "graphmem",
        store: Path | None = None,
    ) -> None:
        """Write source files to `folder`; `store` is the file whose size is the index's.

        `open_memory` is told the passages of the pool only for the sake of given extractions.
        """
        self.name = name
        self._open, self._folder, self._store = open_memory, folder, store

    def index(self, passages: Sequence[Passage]) -> None:
        """Ingest the passages as a file, and search once so that what is lazy is made."""
        self._memory = self._open(passages)
        if passages:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._memory.ingest(write_source(passages, self._folder))
        self._memory.search("warm", k=1)

    def search(self, question: str, *, k: int) -> Ranked:
        """Return the passages behind the first k hits; the first hit of a passage counts."""
        found: dict[str, float] = {}
        for hit in self._memory.search(question, k=k):
            for episode in hit.episodes:
                found.setdefault(episode.source_id, hit.score)
        return tuple(found.items())[:k]

    def channels(self, question: str, *, depth: int) -> Channels:
        """Return the channels of the memory's search, and its own deep ranking."""
        hits = self.search(question, k=depth)
        return {**self._memory.channels(question, depth=depth), "hits": hits}

    def index_bytes(self) -> int | None:
        """Return the size of the store's file and of its write-ahead log."""
        if self._store is None:
            return None
        files = (self._store, self._store.with_name(self._store.name + "-wal"))
        return sum(path.stat().st_size for path in files if path.is_file())


def write_source(passages: Sequence[Passage], folder: Path) -> Path:
    """Write passages as `corpus.jsonl`, or turns as a LoCoMo file of one conversation."""
    if any(passage.speaker for passage in passages):
        path = folder / "conversation.json"
        path.write_text(json.dumps([_conversation(passages)], ensure_ascii=False), "utf-8")
        return path
    path = folder / "corpus.jsonl"
    rows = ({"id": p.id, "title": p.title, "text": p.text} for p in passages)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def _conversation(turns: Sequence[Passage]) -> dict[str, Any]:
    talk: dict[str, Any] = {}
    for place, speaker in enumerate(sorted({turn.speaker for turn in turns})[:2]):
        talk[f"speaker_{'ab'[place]}"] = speaker
    for turn in sorted(turns, key=said_order):
        if turn.said_at:
            talk[f"{turn.session}_date_time"] = turn.said_at
        row = {"speaker": turn.speaker, "dia_id": turn.id, "text": turn.text}
        if turn.caption:
            row["blip_caption"] = turn.caption
        talk.setdefault(turn.session, []).append(row)
    return {"sample_id": "conversation", "conversation": talk}
