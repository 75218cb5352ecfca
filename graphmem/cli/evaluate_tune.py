"""`graphmem evaluate tune DIR...`: fits the weights of document search."""

import hashlib
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import numpy as np
import orjson
import typer
from rich.console import Console
from rich.table import Table

from graphmem.cli.evaluate_channels import traced
from graphmem.cli.evaluate_systems import open_memory
from graphmem.cli.options import JsonOption, console, print_json
from graphmem.errors import InputError
from graphmem.evaluate.datasets import Dataset, load_retrieval
from graphmem.evaluate.encoding import TimedEncoder
from graphmem.evaluate.markdown import show
from graphmem.evaluate.memory_system import write_source
from graphmem.evaluate.metrics import recall
from graphmem.evaluate.tune import Rows, document_table, joined
from graphmem.registry import open_encoder, open_extractor
from graphmem.retrieve.asked import Vector, ask
from graphmem.retrieve.documents import walk_passages
from graphmem.retrieve.examples import edge_rows, root_rows
from graphmem.retrieve.models import read_document_model
from graphmem.retrieve.passages import Passages

Question = tuple[str, Vector | None, list[int]]
"""Its text, its vector if there are any, and the places of its gold among the passages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A data set as the models are fitted on it."""

    name: str
    passages: Passages
    questions: tuple[Question, ...]
    roots: Rows
    edges: Rows


def tune(
    folders: Annotated[
        list[Path], typer.Argument(help="Folders with corpus.jsonl and questions.jsonl.")
    ],
    encoder: Annotated[
        str, typer.Option("--encoder", help="rules fits the table without vectors.")
    ] = "rules",
    out: Annotated[
        Path, typer.Option("--out", help="Folder for the table, and for cached vectors.")
    ] = Path("tuned"),
    as_json: JsonOption = False,
) -> None:
    """Fit the weights of document search, and write them as a table with the data's hash.

    With two folders or more, each is also searched with weights fitted on the others alone: that
    is what to expect of questions that were never seen.
    """
    timed = TimedEncoder(open_encoder(encoder), out / "vectors")
    lessons = []
    with Console(stderr=True).status("reading") as status:
        for folder in folders:
            status.update(f"learning from {folder.name}")
            lessons.append(_lesson(load_retrieval(folder), timed))
        timed.flush()
        status.update("fitting")
        table = _table(lessons, data=_hash(folders), with_vectors=not timed.derived)
        unseen = {lesson.name: _unseen(lesson, lessons, not timed.derived) for lesson in lessons}
    path = out / ("documents_words.json" if timed.derived else "documents_vectors.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(orjson.dumps(table, option=orjson.OPT_INDENT_2) + b"\n")
    if as_json:
        print_json({"table": str(path), "data": table["data"], "unseen": unseen})
    else:
        _print(unseen, path)


def _lesson(dataset: Dataset, encoder: TimedEncoder) -> Lesson:
    """Remember the passages in a store of their own, and take the rows of its questions.

    The store's file is named after the data set, so ids, and with them the pairs that are drawn,
    are the same wherever this runs.
    """
    (pool,) = dataset.pools
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="graphmem-"))) / dataset.name
        folder.mkdir()
        memory = open_memory(folder / "memory.db", encoder, open_extractor("rules"), stack)
        if pool.passages:
            memory.ingest(write_source(pool.passages, folder))
        trace = traced(memory)
    passages = trace.engine.passages
    place = dict(zip(trace.ids, trace.order.tolist(), strict=True))
    gold = {q.id: sorted({place[id_] for id_ in q.gold if id_ in place}) for q in pool.questions}
    scored = [question for question in pool.questions if gold[question.id]]
    if passages is None or not scored:
        raise InputError(f"{dataset.name} has no question whose gold is in its corpus")
    vectors: list[Vector | None] = [None] * len(scored)
    if passages.note_vectors is not None:
        vectors = list(encoder.encode([question.text for question in scored]))
    questions = tuple((q.text, v, gold[q.id]) for q, v in zip(scored, vectors, strict=True))
    roots, edges = _rows(passages, questions)
    return Lesson(
        name=dataset.name, passages=passages, questions=questions, roots=roots, edges=edges
    )


def _rows(passages: Passages, questions: Sequence[Question]) -> tuple[Rows, Rows]:
    random = np.random.default_rng(0)
    roots, edges = [], []
    for text, vector, gold in questions:
        asked = ask(passages, text, vector)
        roots.append(root_rows(asked, gold))
        edges.append(edge_rows(passages, asked, gold, random))
    return joined(roots), joined(edges)


def _table(lessons: Sequence[Lesson], *, data: str, with_vectors: bool) -> dict[str, Any]:
    return document_table(
        [lesson.roots for lesson in lessons],
        [lesson.edges for lesson in lessons],
        with_vectors=with_vectors,
        data=data,
    )


def _unseen(held: Lesson, lessons: Sequence[Lesson], with_vectors: bool) -> dict[str, float] | None:
    """Return recall on a set, in percent, fitted on the others; None if it is alone."""
    others = [lesson for lesson in lessons if lesson is not held]
    if not others:
        return None
    table = _table(others, data="", with_vectors=with_vectors)
    model = read_document_model(table, "the table just fitted")
    found = [
        (walk_passages(held.passages, model, text, vector, k=10).notes, gold)
        for text, vector, gold in held.questions
    ]
    return {
        f"recall@{k}": 100
        * float(np.mean([recall([*map(str, n)], [*map(str, g)], k=k) for n, g in found]))
        for k in (1, 2, 5, 10)
    }


def _hash(folders: Sequence[Path]) -> str:
    """Return the SHA-256 of the files' bytes, in the order given."""
    digest = hashlib.sha256()
    for folder in folders:
        for name in ("corpus.jsonl", "questions.jsonl"):
            digest.update((folder / name).read_bytes())
    return digest.hexdigest()


def _print(unseen: dict[str, dict[str, float] | None], path: Path) -> None:
    table = Table(title="with weights fitted on the other sets", title_justify="left")
    for column in ("set", "recall@1", "recall@2", "recall@5", "recall@10"):
        table.add_column(column, justify="left" if column == "set" else "right")
    for name, figures in unseen.items():
        if figures:
            table.add_row(name, *(show(figures[f"recall@{k}"]) for k in (1, 2, 5, 10)))
    if table.row_count:
        console().print(table)
    console().print(f"table: {path}", markup=False)
