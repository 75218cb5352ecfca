"""Figures that stand in several documents are the same in all of them."""

import re

import pytest

from tests.conftest import ROOT


def rows(document: str, first_cell: str) -> list[list[str]]:
    """Return the cells of each row, in all tables of a document, that starts with `first_cell`."""
    text = (ROOT / document).read_text("utf-8")
    lines = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip(" *") for cell in line] for line in lines]
    return [row[1:] for row in cells if row[0].replace("**", "").startswith(first_cell)]


def row(document: str, first_cell: str) -> list[str]:
    """Return the one such row."""
    (found,) = rows(document, first_cell)
    return found


def part(cell: str, *, of: int) -> str:
    """Return the figure of one encoder from `rules / MiniLM`, bold taken away."""
    return cell.replace("*", "").split("/")[of].strip()


@pytest.mark.parametrize(
    ("encoder", "place"), [("no encoder", 0), ("MiniLM", 1)], ids=["rules", "minilm"]
)
def test_graphmem_on_passages_has_one_figure_in_all_documents(encoder: str, place: int) -> None:
    readme = row("README.md", f"graphmem, {encoder}")[:3]
    retrieval = row("docs/retrieval.md", f"graphmem, {encoder}, unseen")
    evaluation = [
        part(cell, of=place) for cell in row("docs/evaluation.md", "graphmem, unseen")[:3]
    ]
    assert readme == retrieval == evaluation


@pytest.mark.parametrize(
    ("encoder", "place"), [("no encoder", 0), ("MiniLM", 1)], ids=["rules", "minilm"]
)
def test_graphmem_on_turns_has_one_figure_in_all_documents(encoder: str, place: int) -> None:
    at_5, at_10 = row("docs/retrieval.md", f"{encoder}, one conversation left out")
    assert row("README.md", f"graphmem, {encoder}")[3] == at_10
    shown = part(row("docs/evaluation.md", "graphmem, unseen")[3], of=place)
    assert shown == f"{at_5} ({at_10})"


def test_bm25_has_one_figure_in_all_documents() -> None:
    passages = row("README.md", "BM25")
    turns = row("docs/retrieval.md", "BM25 on turns")
    retrieval = next(found for found in rows("docs/retrieval.md", "BM25") if len(found) == 3)
    evaluation = row("docs/evaluation.md", "bm25")
    assert passages == [*retrieval, turns[1]]
    assert evaluation == [*retrieval, f"{turns[0]} ({turns[1]})"]


@pytest.mark.parametrize("recipe", ["HippoRAG 2", "LinearRAG"])
def test_a_recipe_has_one_figure_in_all_documents(recipe: str) -> None:
    readme = row("README.md", f"{recipe} recipe")
    name = recipe.lower().replace(" ", "")
    evaluation = [part(cell, of=1) for cell in row("docs/evaluation.md", f"{name}, rules / MiniLM")]
    in_brackets = re.search(r"\((.*)\)", evaluation[3])
    assert in_brackets is not None
    assert readme == [*evaluation[:3], in_brackets.group(1)]
    for found in rows("docs/retrieval.md", f"{recipe} recipe"):
        if "/" in found[0]:
            assert [part(cell, of=1) for cell in found[:3]] == readme[:3]


UNSEEN = (
    "MuSiQue dev", "HotpotQA dev", "2Wiki dev", "2Wiki with 6,119 passages", "PopQA",
    "LoCoMo, conversations 5-9",
)  # fmt: skip
"""In the order of the README's columns."""


@pytest.mark.parametrize(
    ("encoder", "place"), [("no encoder", 1), ("MiniLM", 2)], ids=["rules", "minilm"]
)
def test_unseen_sets_have_one_figure_in_all_documents(encoder: str, place: int) -> None:
    readme = row("README.md", f"graphmem unseen, {encoder}")
    table = [exact_row("docs/retrieval.md", name) for name in UNSEEN]
    assert readme == [cells[place] for cells in table]


def exact_row(document: str, first_cell: str) -> list[str]:
    """Return the cells after the first of the one row whose first cell is just that."""
    text = (ROOT / document).read_text("utf-8")
    lines = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    (found,) = (line[1:] for line in lines if line[0].strip() == first_cell)
    return [cell.strip(" *") for cell in found]
