"""A data set as the passage model is fitted on it, and what fitted weights find on unseen sets."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from graphmem.errors import InputError
from graphmem.evaluate.data.datasets import Pool
from graphmem.evaluate.fit.passage_rows import edge_rows, root_rows
from graphmem.evaluate.fit.passages import Rows, document_table, joined
from graphmem.evaluate.measure.metrics import recall
from graphmem.evaluate.systems.channels import source_engine
from graphmem.evaluate.systems.encoding import TimedEncoder
from graphmem.evaluate.systems.memory_system import open_memory
from graphmem.evaluate.systems.source_files import write_source
from graphmem.registry import open_extractor
from graphmem.retrieve.asked import Asked
from graphmem.retrieve.passages.features import features_of
from graphmem.retrieve.passages.index import Passages
from graphmem.retrieve.passages.search import walk_passages
from graphmem.retrieve.passages.weights import read_passage_model
from graphmem.retrieve.question.question import Question

DEPTHS = (1, 2, 5, 10)

TrainingQuestion = tuple[Question, list[int]]
"""As it is read, and the places of its gold among the passages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingSet:
    """A data set's passages, its questions that have gold, and the rows to fit on."""

    name: str
    passages: Passages
    questions: tuple[TrainingQuestion, ...]
    roots: Rows
    edges: Rows


def training_set(pool: Pool, encoder: TimedEncoder) -> TrainingSet:
    """Ingest a pool's passages into a store of their own, and take the rows of its questions.

    The store's file is named after the data set, so ids, and with them the pairs that are drawn,
    are the same wherever this runs. Raises InputError if no question's gold is in the corpus.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="graphmem-"))) / pool.name
        folder.mkdir()
        memory = open_memory(
            folder / "memory.db", encoder, open_extractor("rules"), stack, token_signs=False
        )
        if pool.passages:
            memory.ingest(write_source(pool.passages, folder))
        source = source_engine(memory)
    search = source.engine.passages
    place = dict(zip(source.ids, source.order.tolist(), strict=True))
    gold = {q.id: sorted({place[id_] for id_ in q.gold if id_ in place}) for q in pool.questions}
    scored = [question for question in pool.questions if gold[question.id]]
    if search is None or not scored:
        raise InputError(f"{pool.name} has no question whose gold is in its corpus")
    questions = tuple((source.engine.reader.read(Asked(text=q.text)), gold[q.id]) for q in scored)
    roots, edges = _rows(search.passages, questions)
    return TrainingSet(
        name=pool.name, passages=search.passages, questions=questions, roots=roots, edges=edges
    )


def fit_document_table(
    sets: Sequence[TrainingSet], *, data: Sequence[str], encoder: str
) -> dict[str, Any]:
    """Return the table of the passage model fitted on these sets; `data` are their hashes.

    `encoder` names what made their vectors; empty: they have none.
    """
    return document_table(
        [one.roots for one in sets],
        [one.edges for one in sets],
        encoder=encoder,
        data=data,
    )


def held_out_recall(
    sets: Sequence[TrainingSet], *, encoder: str
) -> dict[str, dict[str, float] | None]:
    """Return recall on each set, in percent, with weights fitted on the others; None for one alone.

    This is what to expect of questions that were never seen.
    """
    found: dict[str, dict[str, float] | None] = {}
    for held in sets:
        others = [one for one in sets if one is not held]
        if others:
            table = fit_document_table(others, data=(), encoder=encoder)
            found[held.name] = recall_with(table, held)
        else:
            found[held.name] = None
    return found


def recall_with(
    table: Mapping[str, Any], asked: TrainingSet, *, depths: Sequence[int] = DEPTHS
) -> dict[str, float]:
    """Return the mean recall@k of a set's questions, in percent, with a table's weights."""
    model = read_passage_model(table, "the table just fitted")
    found = [
        (list(map(str, walk_passages(asked.passages, model, question, max(depths)).notes)),
         list(map(str, gold)))
        for question, gold in asked.questions
    ]  # fmt: skip
    return {
        f"recall@{k}": 100 * float(np.mean([recall(notes, gold, k=k) for notes, gold in found]))
        for k in depths
    }


def _rows(passages: Passages, questions: Sequence[TrainingQuestion]) -> tuple[Rows, Rows]:
    random = np.random.default_rng(0)
    roots, edges = [], []
    for question, gold in questions:
        features = features_of(passages, question)
        roots.append(root_rows(features, gold))
        edges.append(edge_rows(passages, features, gold, random))
    return joined(roots), joined(edges)
