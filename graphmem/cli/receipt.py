"""How a receipt is printed: counts, what came out of each file, what was left out and why."""

from rich.table import Table

from graphmem.cli.options import console, shown
from graphmem.receipts import Receipt, counted
from graphmem.text import how_many

FILES_SHOWN = 20


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
    print_problems(receipt)


def print_problems(receipt: Receipt) -> None:
    """Print what was left out or taken with a caveat, a line a kind, with the first places."""
    out = console()
    for group in receipt.problem_groups:
        what = "skipped" if group.skipped else "note"
        if group.count == 1:
            line = f"{what}: {group.places[0]}: {group.message}"
        else:
            more = ", …" if group.count > len(group.places) else ""
            line = (
                f"{what}, {group.count:,} times: {group.message} ({', '.join(group.places)}{more})"
            )
        out.print(line, markup=False)
