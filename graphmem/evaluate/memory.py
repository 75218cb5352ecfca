"""Asks a memory that is there one's own questions, and scores what it finds by its evidence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import perf_counter

from graphmem.answers import Hit
from graphmem.contracts import Clock, Progress, utc_now
from graphmem.errors import GraphmemError
from graphmem.evaluate.data.asked import AskedQuestion, read_asked
from graphmem.evaluate.data.datasets import Dataset, Passage, Pool, Question, content_hash
from graphmem.evaluate.data.gold import GoldIndex
from graphmem.evaluate.data.reading import Oddities
from graphmem.evaluate.measure.metrics import DEPTH
from graphmem.evaluate.measure.outcomes import TRACE_DEPTH, IndexCost, Outcome, SystemResult
from graphmem.evaluate.report.build import summarise
from graphmem.evaluate.report.figures import Report
from graphmem.evaluate.systems.base import Ranked
from graphmem.memory import Memory
from graphmem.types import EpisodeId

NAME = "graphmem"
"""What a memory is called among the systems of a report."""


@dataclass(slots=True)
class AskingClock:
    """Says when a question is asked: the moment that it stands at, else that of the world."""

    moment: datetime | None = None

    def __call__(self) -> datetime:
        """Return the moment, aware UTC."""
        return self.moment or utc_now()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """What was asked, what came back, and the report of both."""

    dataset: Dataset
    result: SystemResult
    report: Report


def evaluate_memory(
    path: Path,
    open_memory: Callable[[Clock], Memory],
    *,
    progress: Progress,
    name: str | None = None,
) -> Evaluated:
    """Ask the questions of a file and return the report, called `name` or as the file is.

    `progress` hears how many are done.

    `open_memory` opens the memory with a clock, which stands at each question's `now`. Gold that
    the memory does not hold stays gold, and counts as lost. Raises InputError for a file without
    questions.
    """
    odd, name = Oddities(), name or path.stem
    asked = read_asked(path, odd)
    clock = AskingClock()
    with open_memory(clock) as memory:
        index = GoldIndex(
            memory.store.scan("episode", memory.scope.key),
            memory.store.scan("session", memory.scope.key),
        )
        run = _Run(memory, clock, index, odd, name)
        pairs = []
        for done, question in enumerate(asked, 1):
            pairs.append(run.ask(question))
            progress(name, done, len(asked))
        encoder = memory.encoder.name
        passages = tuple(sorted(run.passages(), key=lambda passage: passage.id))
    questions = tuple(question for question, _ in pairs)
    dataset = Dataset(
        name=name,
        pools=(Pool(name=name, passages=passages, questions=questions),),
        hash=content_hash(path.read_bytes(), *(p.id.encode() for p in passages)),
        counts=dict(odd.counts),
        problems=tuple(odd.problems),
    )
    outcomes = tuple(outcome for _, outcome in pairs)
    nothing = IndexCost(seconds=0.0, encode_seconds=0.0, bytes=None)
    result = SystemResult(name=NAME, can_abstain=True, outcomes=outcomes, costs=(nothing,))
    return Evaluated(
        dataset=dataset, result=result, report=summarise(dataset, [result], encoder=encoder)
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """One memory that is asked, and where its episodes are."""

    memory: Memory
    clock: AskingClock
    index: GoldIndex
    odd: Oddities
    pool: str
    labels: dict[EpisodeId, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for episode in self.index.episodes:
            self.labels[episode.id] = self.index.label(episode)

    def ask(self, asked: AskedQuestion) -> tuple[Question, Outcome]:
        """Search once as a person does, and once deep, to know where the rest of the gold is."""
        self.clock.moment = asked.now
        failed = ""
        ranked: Ranked = ()
        deep: Ranked = ()
        start = perf_counter()
        try:
            ranked = self._search(asked, DEPTH)
        except GraphmemError as error:
            failed = str(error)
        seconds = perf_counter() - start
        if not failed:
            deep = self._search(asked, TRACE_DEPTH)
        places = {label: rank for rank, (label, _) in enumerate(deep, 1)}
        question = self._scored(asked, places)
        outcome = Outcome(
            pool=self.pool,
            question=asked.id,
            ranked=ranked,
            search_ms=1_000 * seconds,
            encode_ms=0.0,
            channels={"hits": tuple(places)[:DEPTH]},
            gold_ranks={"hits": {id_: places[id_] for id_ in question.gold if id_ in places}},
            failed=failed,
        )
        return question, outcome

    def passages(self) -> list[Passage]:
        """Return the memory's episodes as a report shows them."""
        return [
            Passage(
                id=self.labels[episode.id],
                text=episode.text,
                title=episode.title or "",
                speaker=episode.speaker or "",
                session=self.index.session_name(episode.session_id),
                said_at=episode.said_at.isoformat() if episode.said_at else "",
            )
            for episode in self.index.episodes
        ]

    def _search(self, asked: AskedQuestion, k: int) -> Ranked:
        hits = self.memory.search(
            asked.text,
            k=k,
            as_of=asked.as_of,
            asker=asked.asker,
            history=asked.history,
            timezone=asked.timezone,
        )
        return self._ranked(hits)

    def _ranked(self, hits: Sequence[Hit]) -> Ranked:
        """Return the episodes behind hits; the first hit of an episode counts."""
        found: dict[str, float] = {}
        for hit in hits:
            for episode in hit.episodes:
                found.setdefault(self.labels.get(episode.id, episode.id), hit.score)
        return tuple(found.items())

    def _scored(self, asked: AskedQuestion, places: Mapping[str, int]) -> Question:
        """Return the question with the gold that was found best of what would do."""
        gold = []
        for group in asked.gold or ():
            meant = [self.labels[id_] for item in group for id_ in self.index.resolve(item)]
            if not meant:
                shown = " or ".join(map(str, group))
                self.odd.note(
                    "gold_missing", asked.id, f"gold {shown} is not in the memory: counted as lost"
                )
                meant = [str(group[0]) if group else ""]
            gold.append(min(meant, key=lambda label: places.get(label, TRACE_DEPTH + 1)))
        return Question(
            id=asked.id,
            text=asked.text,
            gold=tuple(dict.fromkeys(gold)),
            answer=asked.answer,
            category=asked.category,
            unanswerable=asked.gold == (),
        )
