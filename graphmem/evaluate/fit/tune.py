"""Fits the weights that search ships with: of passages on folders, of turns on LoCoMo files."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from graphmem.contracts import Progress
from graphmem.errors import ConfigError, InputError
from graphmem.evaluate.data.locomo import load_locomo
from graphmem.evaluate.data.retrieval import load_retrieval
from graphmem.evaluate.fit import passage_training, turn_training
from graphmem.evaluate.systems.encoding import TimedEncoder
from graphmem.retrieve.passages.weights import TABLES

Recalls = Mapping[str, Mapping[str, float] | None]
"""Mean recall@k in percent by set or conversation; None where there is no other to fit on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuned:
    """A fitted table, and what it finds where it was not fitted."""

    name: str
    """The file that it ships as."""
    table: Mapping[str, Any]
    """JSON values only."""
    held_out: Recalls
    """With weights fitted on the other sets or conversations."""

    def write(self, folder: Path, *, force: bool = False) -> Path:
        """Write the table; InputError if a file that is no such table would be replaced."""
        path = folder / self.name
        _check_replaceable(path, force=force)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(orjson.dumps(self.table, option=orjson.OPT_INDENT_2) + b"\n")
        return path


def tune(
    paths: Sequence[Path], encoder: TimedEncoder, *, token_signs: bool, progress: Progress
) -> Tuned:
    """Fit the weights of passages on folders, or those of turns on LoCoMo files.

    Raises ConfigError if both are given, InputError for a set without a question to learn from.
    """
    files = [path for path in paths if path.is_file()]
    if files and len(files) < len(paths):
        raise ConfigError("give folders of passages, or LoCoMo files; each fits its own table")
    if files:
        return _tune_turns(files, encoder, token_signs=token_signs, progress=progress)
    return _tune_passages(paths, encoder, progress)


def _check_replaceable(path: Path, *, force: bool) -> None:
    """Raise InputError if there is a file at `path` that is no table of weights."""
    if force or not path.exists():
        return
    try:
        found = json.loads(path.read_bytes())
    except ValueError:
        found = None
    if not isinstance(found, dict) or not {"data", "format"} <= set(found):
        raise InputError(
            f"{path} is no table of weights, and would be replaced; give another folder to --out, "
            "or --force"
        )


def _tune_passages(folders: Sequence[Path], encoder: TimedEncoder, progress: Progress) -> Tuned:
    sets, data = [], []
    for done, folder in enumerate(folders):
        progress(f"reading {folder.name}", done, len(folders))
        dataset = load_retrieval(folder)
        data.append(dataset.hash)
        (pool,) = dataset.pools
        sets.append(passage_training.training_set(replace(pool, name=folder.name), encoder))
    encoder.flush()
    progress("fitting", len(folders), len(folders))
    named = encoder.name if encoder.keeps_vectors else ""
    return Tuned(
        name=TABLES[bool(named)],
        table=passage_training.fit_document_table(sets, data=data, encoder=named),
        held_out=passage_training.held_out_recall(sets, encoder=named),
    )


def _tune_turns(
    files: Sequence[Path], encoder: TimedEncoder, *, token_signs: bool, progress: Progress
) -> Tuned:
    progress("asking", 0, len(files))
    datasets = [load_locomo(file) for file in files]
    questions = turn_training.training_questions(datasets, encoder, token_signs=token_signs)
    encoder.flush()
    if questions is None:
        raise InputError(f"{files[0]} has no question whose evidence can be read")
    progress("fitting", len(files), len(files))
    name, table = turn_training.fit_turn_table(questions)
    return Tuned(name=name, table=table, held_out=turn_training.held_out_recall(questions))
