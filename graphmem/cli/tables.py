"""Tables whose numbers are never cut: where a window is too narrow, each row is a few lines."""

from collections.abc import Collection, Iterable, Sequence

from rich.cells import cell_len
from rich.table import Table

from graphmem.cli.options import console, shown

Cell = str | int | float | None

NARROWEST = 12
"""Cells of the terminal that a column of text is left at least, unless it needs fewer."""
GAP = 2
"""Between two columns."""


def print_table(
    names: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    title: str = "",
    whole: Sequence[str] = (),
) -> None:
    """Print rows under the names of their columns.

    Columns of numbers, and those in `whole`, keep each cell on one line; the others may wrap.
    """
    body = [tuple(row) for row in rows]
    kept = {
        name
        for place, name in enumerate(names)
        if name in whole or (body and all(_is_number(row[place]) for row in body))
    }
    out = console()
    if title:
        out.print(shown(title), soft_wrap=True)
    if _least_width(names, body, kept) > out.width:
        for row in body:
            _print_lines(names, row)
        return
    table = Table(box=None, pad_edge=False)
    for name in names:
        is_kept = name in kept
        table.add_column(
            shown(name),
            justify="right" if is_kept else "left",
            no_wrap=is_kept,
            overflow="ellipsis" if is_kept else "fold",
        )
    for row in body:
        table.add_row(*(shown(_text(cell)) for cell in row))
    out.print(table)


def _least_width(
    names: Sequence[str], body: Sequence[Sequence[Cell]], kept: Collection[str]
) -> int:
    """Return how narrow the table may be without cutting what must stay whole."""
    width = -GAP
    for place, name in enumerate(names):
        cells = [name, *(_text(row[place]) for row in body)]
        longest = max(map(cell_len, cells))
        width += GAP + (longest if name in kept else min(longest, NARROWEST))
    return width


def _print_lines(names: Sequence[str], row: Sequence[Cell]) -> None:
    """Print one row: its first cell, and under it a line for each other."""
    out = console()
    first, *others = row
    out.print(f"{shown(names[0])} {shown(_text(first))}")
    width = max((len(name) for name in names[1:]), default=0)
    for name, cell in zip(names[1:], others, strict=True):
        out.print(f"  {shown(name.ljust(width))}  {shown(_text(cell))}", soft_wrap=True)


def _is_number(cell: Cell) -> bool:
    return cell is None or isinstance(cell, int | float)


def _text(cell: Cell) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return f"{cell:.1f}"
    return f"{cell:,}" if isinstance(cell, int) else cell
