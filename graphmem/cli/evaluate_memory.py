"""`graphmem evaluate memory | samples`: one's own questions, of one's own memory or the samples."""

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.progress import Progress, TaskID

from graphmem import __version__
from graphmem.cli.options import (
    JsonOption,
    ScopeOption,
    StoreOption,
    console,
    print_json,
    shown,
)
from graphmem.cli.tables import print_table
from graphmem.contracts import Clock, utc_now
from graphmem.evaluate.data.samples import SampleSet, sample_sets
from graphmem.evaluate.memory import NAME, Evaluated, evaluate_memory
from graphmem.evaluate.report.breakdown import TOP
from graphmem.evaluate.report.files import ReportFolder
from graphmem.memory import Memory
from graphmem.text import clip

MISSED = 20
"""Questions whose gold was not found that are printed."""

OutOption = Annotated[Path | None, typer.Option("--out", help="Folder for the report.")]
ForceOption = Annotated[
    bool, typer.Option("--force", help="Replace files in --out that graphmem did not write.")
]


def memory(
    questions: Annotated[
        Path, typer.Argument(help="A line a question: question, gold; asker, history, as_of, now.")
    ],
    store: StoreOption = None,
    scope: ScopeOption = None,
    out: OutOption = None,
    force: ForceOption = False,
    as_json: JsonOption = False,
) -> None:
    """Ask a memory the questions of a file, and score what it finds by the evidence they name.

    Evidence is an id, a source's own name of a turn, or words as they stand in it.
    """
    folder = ReportFolder(out, force=force, made=made_line()) if out else None
    if folder:
        folder.check([questions.stem])

    def opened(clock: Clock) -> Memory:
        return Memory.open(store, scope=scope, clock=clock, must_exist=True)

    found = _with_bar([lambda heard: evaluate_memory(questions, opened, progress=heard)])
    _finish(found, folder, out, as_json=as_json)
    if not as_json:
        _print_missed(found[0])


def samples(
    encoder: Annotated[
        str, typer.Option("--encoder", help="rules, minilm, onnx:FOLDER, ...")
    ] = "rules",
    out: OutOption = None,
    force: ForceOption = False,
    as_json: JsonOption = False,
) -> None:
    """Remember the samples that graphmem brings in a memory of its own, and ask their questions."""
    sets = sample_sets()
    folder = ReportFolder(out, force=force, made=made_line()) if out else None
    if folder:
        folder.check([name for each in sets for name in each.questions])
    with TemporaryDirectory(prefix="graphmem-") as place:
        runs = [
            run for each in sets for run in _runs(each, Path(place) / f"{each.name}.db", encoder)
        ]
        found = _with_bar(runs)
    _finish(found, folder, out, as_json=as_json)


def made_line() -> str:
    """Return what a report says of its making: version, date, and the command as it was typed."""
    typed = shlex.join(["graphmem", *sys.argv[1:]])
    return f"graphmem {__version__}, {utc_now():%Y-%m-%d %H:%M} UTC: {typed}"


Heard = Callable[[str, int, int | None], None]
Run = Callable[[Heard], Evaluated]


def _runs(sources: SampleSet, store: Path, encoder: str) -> list[Run]:
    """Remember a set in a new store; return what asks each of its files of questions."""
    with Memory.open(store, scope=sources.name, encoder=encoder) as made:
        made.ingest(*sources.sources)

    def opened(clock: Clock) -> Memory:
        return Memory.open(store, scope=sources.name, clock=clock)

    def run(name: str, path: Path) -> Run:
        return lambda heard: evaluate_memory(path, opened, progress=heard, name=name)

    return [run(name, path) for name, path in sources.questions.items()]


def _with_bar(runs: list[Run]) -> list[Evaluated]:
    with Progress(console=console(stderr=True), transient=True) as bar:
        found = []
        for run in runs:
            task = bar.add_task("asking", total=None)

            def heard(what: str, done: int, total: int | None, task: TaskID = task) -> None:
                bar.update(task, description=shown(what), completed=done, total=total)

            found.append(run(heard))
    return found


def _finish(
    found: list[Evaluated], folder: ReportFolder | None, out: Path | None, *, as_json: bool
) -> None:
    """Write the reports where they are wanted, and print them."""
    for each in found:
        if folder:
            folder.write(each.report, each.dataset, [each.result])
    if as_json:
        reports = [each.report for each in found]
        print_json(reports[0] if len(reports) == 1 else {"datasets": reports})
        return
    _print_table(found)
    for each in found:
        for problem in each.report["input"]["problems"][:10]:
            console().print(f"note: {problem}", markup=False)
        if each.report["worth"]:
            console().print(f"{each.dataset.name}: {each.report['worth']}", markup=False)
        if out:
            console().print(f"report: {out / each.dataset.name}.html", markup=False)


def _print_table(found: list[Evaluated]) -> None:
    """Print how many questions have evidence first and within the first few, with intervals."""
    encoder = found[0].report["encoder"]
    shares = ("first", f"within {TOP}", f"all within {TOP}")
    rows = []
    for each in found:
        figures = each.report["systems"][NAME]["found"]
        asked = figures["questions"]
        rows.append(
            (each.dataset.name, asked, *(_share(figures[share], asked) for share in shares))
        )
    title = f"evidence found, encoder {encoder}; in brackets 95 % intervals"
    print_table(("questions", "scored", *shares), rows, title=title, whole=shares)


def _share(figure: dict[str, list[float] | int | None], whole: int) -> str:
    """Return `17 (64-95 %)`: how many, and the 95 % interval of the share."""
    bounds = figure["interval"]
    between = f" ({bounds[0]:.0f}-{bounds[1]:.0f} %)" if isinstance(bounds, list) and whole else ""
    return f"{figure['questions']}{between}"


def _print_missed(each: Evaluated) -> None:
    """Print the questions without evidence among what a person sees first, and where it is."""
    out = console()
    outcomes = {outcome.question: outcome for outcome in each.result.outcomes}
    texts = {passage.id: passage.content for passage in each.dataset.pools[0].passages}
    missed = [
        question
        for question in each.dataset.pools[0].questions
        if question.is_scored
        and not set(question.gold) & {id_ for id_, _ in outcomes[question.id].ranked[:TOP]}
    ]
    for question in missed[:MISSED]:
        out.print(f"missed {question.id}: {question.text}", markup=False)
        ranks = outcomes[question.id].gold_ranks.get("hits", {})
        for id_ in question.gold:
            place = f"at {ranks[id_]}" if id_ in ranks else "not found"
            text = clip(texts.get(id_, "not in the memory"), 80)
            out.print(f"  {id_} {place}: {text}", markup=False)
    if len(missed) > MISSED:
        out.print(f"and {len(missed) - MISSED} more", markup=False)
