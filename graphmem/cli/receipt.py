"""How a receipt is printed: counts, what came out of each file, what was left out and why.

What a store keeps of the last imports is printed alike.
"""

from collections.abc import Iterable, Sequence

from rich.table import Table

from graphmem.cli.options import console, shown
from graphmem.receipts import ImportReport, ProblemGroup, Receipt, counted
from graphmem.text import how_many

FILES_SHOWN = 20
IMPORTS_SHOWN = 6


def print_receipt(receipt: Receipt) -> None:
    """Print what a call did as a table, then what it met."""
    table = Table(show_header=False, box=None, pad_edge=False)
    for name, count in counted(receipt):
        table.add_row(name, f"{count:,}")
    table.add_row("seconds", f"{receipt.seconds:.2f}")
    out = console()
    out.print(table)
    for report in receipt.read[:FILES_SHOWN]:
        sessions = how_many(report.sessions, "sessions")
        counts = [
            f"{report.format}, {how_many(report.turns, 'turns')} in {sessions}",
            f"{report.without_speaker:,} without speaker" if report.without_speaker else "",
            f"{report.without_date:,} without date" if report.without_date else "",
        ]
        out.print(shown(f"{report.name}: {', '.join(filter(None, counts))}"))
    if receipt.files > FILES_SHOWN:
        out.print(f"and {how_many(receipt.files - FILES_SHOWN, 'more files')}; --json names them")
    print_problems(receipt.problem_groups)


def print_imports(imports: Sequence[ImportReport]) -> None:
    """Print what the last imports brought and met, the newest first."""
    out = console()
    for one in imports[:IMPORTS_SHOWN]:
        counts = f"{one.episodes_added:,} of {one.episodes_read:,} added"
        head = f"imported {one.at:%Y-%m-%d %H:%M}: {how_many(one.files, 'files')}, {counts}"
        told = sum(group.count for group in one.problem_groups)
        untold = f", {how_many(one.problems - told, 'problems')} not told" * (one.problems > told)
        out.print(shown(head + untold))
        print_problems(one.problem_groups, indent="  ")


def print_problems(groups: Iterable[ProblemGroup], *, indent: str = "") -> None:
    """Print what was left out or taken with a caveat, a line a kind, with the first places."""
    out = console()
    for group in groups:
        what = "skipped" if group.skipped else "note"
        if group.count == 1:
            line = f"{what}: {group.places[0]}: {group.message}"
        else:
            more = ", …" if group.count > len(group.places) else ""
            line = (
                f"{what}, {group.count:,} times: {group.message} ({', '.join(group.places)}{more})"
            )
        out.print(indent + line, markup=False)
