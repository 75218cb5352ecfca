"""`graphmem evaluate tune PATH...`: fits the weights of search over documents or turns."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
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
from graphmem.cli.evaluate_turns import lessons_of, turn_table, unseen_turns
from graphmem.cli.options import JsonOption, console, print_json
from graphmem.config import Settings
from graphmem.errors import ConfigError, InputError
from graphmem.evaluate.data.datasets import Pool, load_retrieval
from graphmem.evaluate.data.locomo import load_locomo
from graphmem.evaluate.fit.examples import edge_rows, root_rows
from graphmem.evaluate.fit.passages import Rows, document_table, joined
from graphmem.evaluate.measure.metrics import recall
from graphmem.evaluate.report.markdown import show
from graphmem.evaluate.systems.encoding import TimedEncoder
from graphmem.evaluate.systems.memory_system import write_source
from graphmem.evaluate.systems.token_encoding import timed_encoder
from graphmem.registry import open_encoder, open_extractor
from graphmem.retrieve.passages.features import Vector, ask
from graphmem.retrieve.passages.index import Passages
from graphmem.retrieve.passages.search import walk_passages
from graphmem.retrieve.passages.weights import read_document_model

Heard = Callable[[str], None]
"""Told what is being done."""

Unseen = dict[str, dict[str, float] | None]
"""Recall on each set, in percent, with weights fitted on the others; None for one alone."""

Tuned = tuple[str, dict[str, Any], Unseen]
"""The name of a table, the table, and what it is worth."""

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
    paths: Annotated[
        list[Path],
        typer.Argument(help="Folders with corpus.jsonl and questions.jsonl, or LoCoMo files."),
    ],
    encoder: Annotated[
        str, typer.Option("--encoder", help="rules fits the table without vectors.")
    ] = "rules",
    out: Annotated[
        Path, typer.Option("--out", help="Folder for the table, and for cached vectors.")
    ] = Path("tuned"),
    as_json: JsonOption = False,
) -> None:
    """Fit the weights of search, and write them as a table with the data's hash.

    Folders fit those of documents, LoCoMo files those of turns. With two folders or conversations
    or more, each is also searched with weights fitted on the others alone: that is what to expect
    of questions that were never seen.
    """
    files = [path for path in paths if path.is_file()]
    if files and len(files) < len(paths):
        raise ConfigError("give folders of passages, or LoCoMo files; each fits its own table")
    timed = timed_encoder(open_encoder(encoder), out / "vectors")
    with Console(stderr=True).status("reading") as status:
        fit = _tune_turns if files else _tune_documents
        name, table, unseen = fit(paths, timed, status.update)
    path = out / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(orjson.dumps(table, option=orjson.OPT_INDENT_2) + b"\n")
    if as_json:
        print_json({"table": str(path), "data": table["data"], "unseen": unseen})
    else:
        _print(unseen, path)


def _tune_documents(folders: Sequence[Path], encoder: TimedEncoder, heard: Heard) -> Tuned:
    lessons, data = [], []
    for folder in folders:
        heard(f"learning from {folder.name}")
        dataset = load_retrieval(folder)
        data.append(dataset.hash)
        (pool,) = dataset.pools
        lessons.append(lesson_of(replace(pool, name=folder.name), encoder))
    encoder.flush()
    heard("fitting")
    with_vectors = not encoder.derived
    table = table_of(lessons, data=data, with_vectors=with_vectors)
    unseen = {lesson.name: _unseen(lesson, lessons, with_vectors) for lesson in lessons}
    return ("documents_vectors.json" if with_vectors else "documents_words.json"), table, unseen


def _tune_turns(files: Sequence[Path], encoder: TimedEncoder, heard: Heard) -> Tuned:
    heard("asking")
    settings = Settings.here()
    datasets = [load_locomo(file) for file in files]
    lessons = lessons_of(datasets, encoder, token_signs=settings.token_signs)
    encoder.flush()
    if lessons is None:
        raise InputError(f"{files[0]} has no question whose evidence can be read")
    heard("fitting")
    name, table = turn_table(lessons)
    return name, table, unseen_turns(lessons)


def lesson_of(pool: Pool, encoder: TimedEncoder) -> Lesson:
    """Remember the passages in a store of their own, and take the rows of its questions.

    The store's file is named after the data set, so ids, and with them the pairs that are drawn,
    are the same wherever this runs.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="graphmem-"))) / pool.name
        folder.mkdir()
        memory = open_memory(
            folder / "memory.db", encoder, open_extractor("rules"), stack, token_signs=False
        )
        if pool.passages:
            memory.ingest(write_source(pool.passages, folder))
        trace = traced(memory)
    passages = trace.engine.passages
    place = dict(zip(trace.ids, trace.order.tolist(), strict=True))
    gold = {q.id: sorted({place[id_] for id_ in q.gold if id_ in place}) for q in pool.questions}
    scored = [question for question in pool.questions if gold[question.id]]
    if passages is None or not scored:
        raise InputError(f"{pool.name} has no question whose gold is in its corpus")
    vectors: list[Vector | None] = [None] * len(scored)
    if passages.note_vectors is not None:
        vectors = list(encoder.encode([question.text for question in scored]))
    questions = tuple((q.text, v, gold[q.id]) for q, v in zip(scored, vectors, strict=True))
    roots, edges = _rows(passages, questions)
    return Lesson(name=pool.name, passages=passages, questions=questions, roots=roots, edges=edges)


def _rows(passages: Passages, questions: Sequence[Question]) -> tuple[Rows, Rows]:
    random = np.random.default_rng(0)
    roots, edges = [], []
    for text, vector, gold in questions:
        asked = ask(passages, text, vector)
        roots.append(root_rows(asked, gold))
        edges.append(edge_rows(passages, asked, gold, random))
    return joined(roots), joined(edges)


def table_of(
    lessons: Sequence[Lesson], *, data: Sequence[str], with_vectors: bool
) -> dict[str, Any]:
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
    table = table_of(others, data=(), with_vectors=with_vectors)
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


def _print(unseen: Unseen, path: Path) -> None:
    table = Table(title="with weights fitted on the other sets", title_justify="left")
    figured = {name: figures for name, figures in unseen.items() if figures}
    columns = next(iter(figured.values()), {})
    for column in ("set", *columns):
        table.add_column(column, justify="left" if column == "set" else "right")
    for name, figures in figured.items():
        table.add_row(name, *(show(figures[column]) for column in columns))
    if table.row_count:
        console().print(table)
    console().print(f"table: {path}", markup=False)
