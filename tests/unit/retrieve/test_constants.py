"""The table of constants in docs/retrieval.md says what the code has, all of it."""

import ast
import importlib
import pkgutil
from collections.abc import Mapping
from pathlib import Path

import graphmem.rankers.power
import graphmem.retrieve
from graphmem.retrieve.passages.weights import Linear
from tests.conftest import ROOT

MOVE_NO_SCORE = {
    "tables.FORMAT", "found.WORDS_QUOTED", "turns.explain.REASONS", "pagerank.explain.LONGEST_PATH",
    "turns.explain.SMALLEST_SHARE", "turns.when_said.NEAR_DAY", "turns.explain.QUOTED_LENGTH",
    "shown.LONG", "shown.PART", "context.NEIGHBOUR", "context.SHORTEST",
    "passages.index.SINGLE_MAX", "turns.kernels.DENSE", "turns.kernels.BLOCK", "turns.kernels.GAP",
    "turns.neighbours.REACH", "turns.held._ROUNDING", "turns.loops._PLACES",
    "turns.loops._BITS", "turns.bm25._PARTS", "turns.late_interaction._MOST_IN_A_BYTE",
    "words.coverage._CHUNK", "question.period.DAY_SECONDS", "repeats.FEW", "repeats.BEGINNING",
    "repeats_loop.ROOM", "fillers._UNKNOWN", "fillers._FILLER", "fillers._NONE", "metadata.EXACT",
    "words.sparse.LONG", "metadata.LONGEST_TEXT", "question.written._LOOK_BACK",
    "words.counts.FEW", "words.counts.AT_HAND", "words.trigrams.FEW", "words.ragged.LONG_RUN",
    "question.calendar_forms._FEWEST", "question.calendar_forms._MOST",
    "question.calendar_forms._FIRST_OF_LAST_CENTURY",
    "question.calendar_parts._PLACES", "question.calendar_parts._THIRDS",
    "question.calendar_parts._SLACK", "question.calendar_parts.AWAY",
    "question.counted_times._FEW", "question.counted_times._LENGTHS", "question.named_times._AWAY",
    "question.respelled._DAY_NAMES", "question.respelled._NUMBER_NAMES",
    "turns.newer.LEAST_MARKED", "words.similar.NOTHING_WRITTEN", "words.terms._AS_HIRAGANA",
    "turns.told._WEEK",
    "turns.told._WEEKEND",
    "turns.sorts._VALUES",
    "turns.reference._ASIDE",
    "turns.reference._PRESENT",
    "turns.reference._NAMED",
    "turns.reference._FIRST",
    "turns.reference._STATES",
    "turns.reference._MOST_KEPT",
    "pagerank.search.SMALL", "names.again.MOST", "names.came._BLOCK",
    "names.occurrences._AT_ONCE", "words.index._AT_ONCE", "words.said.FEW",
    "words.vocabulary._AT_HAND",
    "names.occurrences._FEW", "repeats.AS_RARE", "repeats.MANY", "repeats.SOME",
    "turns.codes._AT_ONCE", "turns.codes._LEAST_SQUARE", "turns.codes._LONGEST",
    "turns.codes._MOST", "turns.codes._PARTS", "turns.cosines._AT_ONCE", "turns.cosines._HALF",
    "turns.cosines._LEAST_SQUARE", "turns.cosines._LONGEST", "turns.scaled.LEAST_DEVIATION",
    "turns.spare.MOST", "turns.spare.ROOM", "turns.spare._OF_NOBODY",
    "turns.told_days._FIRST_WEEKDAY", "turns.told_days._LENGTHS", "turns.told_days._WEEK",
    "words.known.MANY", "words.spliced.MOST_ADDED", "words.spliced.MOST_RUNS",
    "words.vocabulary.FEW_GONE",
}  # fmt: skip
"""How things are laid out, read, shown or added up: what a number says of the words of a date, or
which hit is marked, weighs none."""


def shown(value):
    """Return a constant as the table writes it; None for what is no number or made of numbers."""
    if isinstance(value, bool | str):
        return None
    if isinstance(value, int | float):
        return f"{value:g}"
    if isinstance(value, Linear):
        return f"{value.intercept:g} + {shown(value.weights)}"
    if isinstance(value, Mapping):
        pairs = [(key, shown(one)) for key, one in value.items()]
        return ", ".join(f"{k} {v}" for k, v in pairs) if all(v for _, v in pairs) else None
    if isinstance(value, tuple) and value and all(map(_is_pair_of_numbers, value)):
        return shown({f"{pair[0]:+d}": round(pair[1], 6) for pair in value})
    return None


def _is_pair_of_numbers(one):
    return isinstance(one, tuple) and all(isinstance(part, int | float) for part in one)


def in_code():
    """Return every constant that a module of retrieve/ defines, by `module.NAME`."""
    found = {"rankers.power.DAMPING": shown(graphmem.rankers.power.DAMPING)}
    for info in pkgutil.walk_packages(graphmem.retrieve.__path__, "graphmem.retrieve."):
        module = importlib.import_module(info.name)
        tree = ast.parse(Path(module.__file__).read_text("utf-8"))
        for statement in tree.body:
            targets = (
                statement.targets if isinstance(statement, ast.Assign)
                else [statement.target] if isinstance(statement, ast.AnnAssign) else []
            )  # fmt: skip
            names = [node.id for t in targets for node in ast.walk(t) if isinstance(node, ast.Name)]
            for name in names:
                text = shown(getattr(module, name)) if name.upper() == name else None
                if text is not None:
                    found[f"{info.name.removeprefix('graphmem.retrieve.')}.{name}"] = text
    return {name: text for name, text in found.items() if name not in MOVE_NO_SCORE}


def in_table():
    """Return the same as the documents have it."""
    text = (ROOT / "docs" / "retrieval.md").read_text("utf-8")
    section = text.partition("\n## Constants\n")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| `")]
    return {row[0].strip().strip("`"): row[1].strip() for row in rows}


def test_every_constant_that_moves_a_score_stands_in_the_table_with_its_value():
    assert in_table() == in_code()


def test_what_is_left_out_of_the_table_is_there():
    for name in MOVE_NO_SCORE:
        module, _, constant = name.rpartition(".")
        assert hasattr(importlib.import_module(f"graphmem.retrieve.{module}"), constant)
