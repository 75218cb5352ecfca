"""Dialogues as the weights of turns are fitted on them: channels, gold, tables, recall."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.evaluate.data.datasets import Dataset, Pool
from graphmem.evaluate.fit.turns import Example, fit_weights
from graphmem.evaluate.systems.encoding import TimedEncoder
from graphmem.evaluate.systems.memory_system import open_memory
from graphmem.evaluate.systems.source_files import write_source
from graphmem.memory import Memory
from graphmem.registry import open_extractor
from graphmem.retrieve import Asked, Engine
from graphmem.retrieve.tables import FORMAT
from graphmem.retrieve.turns.channels import Channels
from graphmem.retrieve.turns.index import TurnIndex
from graphmem.retrieve.turns.kernels import Column
from graphmem.retrieve.turns.weights import TABLES, Weights, untrained

DEPTHS = (5, 10)
"""The k of the recalls that are returned."""


@dataclass(frozen=True, slots=True)
class TurnQuestion:
    """One question against the turns of its conversation."""

    pool: str
    category: str
    channels: Mapping[str, Column]
    """Each channel's value at each turn, sentences and tokens read where the untrained formula
    leads: so that a fit depends on no earlier one."""
    gold: tuple[int, ...]
    """The turns that hold the evidence."""
    shipped: Column | None = None
    """Each turn's score by the table that ships; None: it was not asked for."""

    @property
    def n_turns(self) -> int:
        """How many turns the conversation has."""
        return len(next(iter(self.channels.values())))


@dataclass(frozen=True, slots=True)
class TurnQuestions:
    """Training questions whose channels are the same ones, at least one."""

    questions: tuple[TurnQuestion, ...]
    encoder: str
    data: tuple[str, ...]
    """Hashes of the files."""

    @property
    def with_vectors(self) -> bool:
        """Whether the encoder keeps vectors."""
        return "vector_own" in self.questions[0].channels

    @property
    def with_tokens(self) -> bool:
        """Whether the store keeps the signs of tokens."""
        return "late_near" in self.questions[0].channels

    @property
    def untrained(self) -> Weights:
        """The formula that fitting starts from and is held near."""
        return untrained(with_vectors=self.with_vectors, with_tokens=self.with_tokens)


def training_questions(
    datasets: Sequence[Dataset],
    encoder: TimedEncoder,
    *,
    token_signs: bool,
    with_shipped: bool = False,
) -> TurnQuestions | None:
    """Ask every question that has readable evidence; None if there is none.

    `with_shipped` asks each once more with the table that ships, which takes as long again.
    """
    several = len(datasets) > 1
    pools = [
        replace(pool, name=f"{dataset.name}/{pool.name}") if several else pool
        for dataset in datasets
        for pool in dataset.pools
    ]
    asked = [
        one
        for pool in pools
        for one in _asked(pool, encoder, token_signs=token_signs, with_shipped=with_shipped)
    ]
    data = tuple(dataset.hash for dataset in datasets)
    return TurnQuestions(tuple(asked), encoder.name, data) if asked else None


def fit_turn_table(training: TurnQuestions) -> tuple[str, dict[str, Any]]:
    """Fit the weights on all questions; return the name of the table that ships, and the table."""
    table: dict[str, Any] = {
        "data": list(training.data),
        "encoder": training.encoder if training.with_vectors else "",
        "format": FORMAT,
        "questions": len(training.questions),
        "weights": _fitted(training.questions, training.untrained),
    }
    return TABLES[training.with_vectors + training.with_tokens], table


def held_out_scores(training: TurnQuestions) -> list[Column]:
    """Return each question's scores of its turns by weights fitted on the other conversations."""
    of_pool: dict[str, Weights] = {}
    for pool in dict.fromkeys(one.pool for one in training.questions):
        others = [one for one in training.questions if one.pool != pool]
        of_pool[pool] = _fitted(others, training.untrained)
    return [scores_with(of_pool[one.pool], one) for one in training.questions]


def held_out_recall(training: TurnQuestions) -> dict[str, dict[str, float] | None]:
    """Return recall on each conversation and on all, in percent, weights fitted on the others."""
    names = [one.pool for one in training.questions]
    if len(set(names)) < 2:
        return dict.fromkeys(names)
    found = recalls(training, held_out_scores(training))
    groups = {name: np.array(names) == name for name in dict.fromkeys(names)}
    groups["all"] = np.ones(len(names), np.bool_)
    return {
        group: {
            f"recall@{k}": 100 * float(value)
            for k, value in zip(DEPTHS, found[rows].mean(axis=0), strict=True)
        }
        for group, rows in groups.items()
    }


def scores_with(weights: Weights, one: TurnQuestion) -> Column:
    """Return each turn's score by some weights."""
    return Channels.of(one.channels, one.n_turns).weighted_sum(weights)


def recalls(training: TurnQuestions, scores: Sequence[Column]) -> NDArray[np.float64]:
    """Return (questions, DEPTHS) the share of each question's gold among the best k turns."""
    found = np.zeros((len(scores), len(DEPTHS)))
    for row, (one, values) in enumerate(zip(training.questions, scores, strict=True)):
        best = np.argsort(-values, kind="stable")
        found[row] = [len(set(best[:k].tolist()) & set(one.gold)) / len(one.gold) for k in DEPTHS]
    return found


def _asked(
    pool: Pool, encoder: TimedEncoder, *, token_signs: bool, with_shipped: bool
) -> Iterator[TurnQuestion]:
    """Ingest a conversation as a user would, and ask its questions."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="graphmem-")))
        memory = open_memory(
            folder / "memory.db", encoder, open_extractor("rules"), stack, token_signs=token_signs
        )
        if pool.passages:
            memory.ingest(write_source(pool.passages, folder))
        engine = Engine.of(memory.store.snapshot((memory.scope.key,), None), encoder=encoder)
        shipped = engine.turns
        place = _places(memory, shipped.index) if shipped is not None else {}
    if shipped is None:
        return
    start = untrained(
        with_vectors=shipped.vectors is not None, with_tokens=shipped.tokens is not None
    )
    first = replace(shipped, weights=start)
    for question in pool.questions:
        gold = tuple(place[id_] for id_ in question.gold if id_ in place)
        if gold and not question.unanswerable:
            asked = engine.reader.read(Asked(text=question.text))
            by_table = shipped.scores(asked).scores if with_shipped else None
            yield TurnQuestion(
                pool=pool.name,
                category=question.category,
                channels=dict(first.scores(asked).channels),
                gold=gold,
                shipped=None if by_table is None else by_table[engine.snapshot.is_turn],
            )


def _places(memory: Memory, turns: TurnIndex) -> dict[str, int]:
    """Return the place of each turn by the source's own id."""
    scope = memory.scope.key
    episodes = memory.store.scan("episode", scope)
    notes = memory.store.scan("note", scope)
    named = {episode.id: episode.source_id for episode in episodes}
    origin = {note.id: note.origins[0] for note in notes}
    return {named[origin[id_]]: place for place, id_ in enumerate(turns.ids)}


def _fitted(asked: Sequence[TurnQuestion], start: Weights) -> dict[str, float]:
    names = sorted(asked[0].channels) if asked else sorted(start)
    examples = [
        Example(np.stack([one.channels[name] for name in names], axis=1), one.gold) for one in asked
    ]
    return fit_weights(examples, names, untrained=start)
