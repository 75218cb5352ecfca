"""What a run shows in Prefect's interface: counts, names of files, and problems."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from graphmem.changes import Change, Edit, EntityTarget, LinkTarget, NoteField
from graphmem.receipts import Receipt, counted

ROWS = 500
"""Files and kinds of problems that are shown."""


def key_of(*names: str) -> str:
    """Return a key as Prefect wants it: lower case, digits and dashes."""
    return re.sub(r"[^a-z0-9]+", "-", "-".join(names).lower()).strip("-")


def show_counts(key: str, counts: Mapping[str, float | int | str], description: str) -> None:
    """Publish names and numbers as a table of two columns."""
    rows = [{"what": name, "count": value} for name, value in counts.items()]
    create_table_artifact(key=key, table=rows, description=description)


def show_receipt(key: str, receipt: Receipt, description: str) -> None:
    """Publish a receipt: its counts, its files, and what was left out and why."""
    counts = {name.strip(): value for name, value in counted(receipt)}
    stages = {f"seconds to {name}": round(value, 3) for name, value in receipt.stages}
    seconds = {"seconds": round(receipt.seconds, 3), **stages}
    show_counts(key, {"files": receipt.files, **counts, **seconds}, description)
    files = [
        {"file": one.name, "format": one.format, "sessions": one.sessions, "turns": one.turns}
        for one in receipt.read[:ROWS]
    ]
    show_rows(f"{key}-files", files, "What came out of each file")
    problems = [
        {
            "what": "skipped" if one.skipped else "note",
            "count": one.count,
            "message": one.message,
            "where": ", ".join(one.places),
        }
        for one in receipt.problem_groups[:ROWS]
    ]
    show_rows(f"{key}-problems", problems, "What was left out, or taken with a caveat")


def show_edit(key: str, edit: Edit, description: str) -> None:
    """Publish what an edit changed, by kind, and the run that `graphmem undo` takes back."""
    made = Counter(_what(change) for change in edit.changes)
    shown = {"notes looked at": edit.looked_at, "notes added": len(edit.added)}
    shown |= dict(sorted(made.items()))
    if edit.rejected:
        shown["refused"] = len(edit.rejected)
    run = "none, this is a dry run" if edit.is_dry_run else edit.run_id
    show_counts(key, {**shown, "run": run}, description)


def _what(change: Change) -> str:
    match change.target:
        case LinkTarget(kind=kind):
            return f"links: {kind}"
        case NoteField(field=field):
            return f"notes: {field}"
        case EntityTarget():
            return "names"


def show_text(key: str, markdown: str, description: str) -> None:
    """Publish a text in Markdown."""
    create_markdown_artifact(key=key, markdown=markdown, description=description)


def show_rows(key: str, rows: Sequence[Mapping[str, object]], description: str) -> None:
    """Publish rows as a table, if there are any."""
    if rows:
        create_table_artifact(key=key, table=[dict(row) for row in rows], description=description)
