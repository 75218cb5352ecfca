"""The systems that `graphmem evaluate` can run, by name."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from graphmem.contracts import Extractor
from graphmem.errors import ConfigError, did_you_mean
from graphmem.evaluate.data.datasets import Passage, content_hash
from graphmem.evaluate.systems.base import System, SystemSpec
from graphmem.evaluate.systems.baselines import Bm25, Dense, MinMaxSum
from graphmem.evaluate.systems.encoding import TimedEncoder
from graphmem.evaluate.systems.extractions import ExtractedBy, GivenExtractions, GivenExtractor
from graphmem.evaluate.systems.hipporag2 import HippoRag2
from graphmem.evaluate.systems.linearrag import LinearRag
from graphmem.evaluate.systems.memory_system import GraphmemSystem, open_memory
from graphmem.memory import Memory

SYSTEMS = ("bm25", "dense", "sum", "hipporag2", "linearrag", "graphmem", "pagerank")
"""In the order of a report. `pagerank` is graphmem's other retriever, which takes triples too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemFactory:
    """Makes systems that share one encoder, one source of facts and one folder for their files."""

    encoder: TimedEncoder
    extractor: Extractor
    given: GivenExtractions | None
    folder: Path
    """For stores and source files; each system has a folder of its own in it."""
    stack: ExitStack
    """Closes the stores."""
    token_signs: bool
    """Whether graphmem keeps the signs of the tokens of turns."""

    def specs(self, names: str) -> list[SystemSpec]:
        """Return the systems named, in the order of SYSTEMS. Raises ConfigError."""
        asked = {name.strip() for name in names.split(",") if name.strip()}
        if asked == {"all"}:
            asked = set(SYSTEMS)
        for name in sorted(asked - set(SYSTEMS)):
            raise ConfigError(f"no system is called {name!r}; {did_you_mean(name, SYSTEMS)}")
        if not asked:
            raise ConfigError(f"--systems names none; known: {', '.join(SYSTEMS)}")
        return [self._spec(name) for name in SYSTEMS if name in asked]

    def _spec(self, name: str) -> SystemSpec:
        given = str(sorted(self.given.triples.items())) if self.given else self.extractor.name
        settings = "" if name == "bm25" else self.encoder.name
        if name in {"hipporag2", "linearrag", "pagerank"}:
            settings += " " + content_hash(given.encode())
        if name in {"graphmem", "pagerank"}:
            settings += f" token_signs={self.token_signs}"
        return SystemSpec(name=name, make=lambda: self._make(name), settings=settings)

    def _make(self, name: str) -> System:
        rules = ExtractedBy(self.extractor)
        source = self.given or rules
        match name:
            case "bm25":
                return Bm25()
            case "dense":
                return Dense(self.encoder)
            case "sum":
                return MinMaxSum(self.encoder)
            case "hipporag2":
                return HippoRag2(self.encoder, source.facts_of)
            case "linearrag":
                return LinearRag(self.encoder, source.names_of, rules.question_names)
            case "pagerank":
                return self._graphmem("pagerank")
        return self._graphmem("walk")

    def _graphmem(self, retriever: str) -> GraphmemSystem:
        folder = next(f for n in count() if not (f := self.folder / f"{retriever}{n}").exists())
        folder.mkdir()
        store = folder / "memory.db"
        name = "graphmem" if retriever == "walk" else retriever

        def opened(passages: Sequence[Passage]) -> Memory:
            extractor = self.extractor
            if self.given and retriever == "pagerank":
                extractor = GivenExtractor(self.given, passages)
            return open_memory(
                store, self.encoder, extractor, self.stack, token_signs=self.token_signs
            )

        return GraphmemSystem(opened, folder, retriever=retriever, name=name, store=store)
