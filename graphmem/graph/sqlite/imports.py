"""What the last imports into a scope did, in a column of its row."""

import sqlite3

from graphmem.graph.records import imports_text, read_imports
from graphmem.graph.sqlite import statements as sql
from graphmem.graph.sqlite.values import as_text
from graphmem.receipts import ImportReport, with_import
from graphmem.types import ScopeKey


def imports_of(db: sqlite3.Connection, scope: ScopeKey) -> tuple[ImportReport, ...]:
    """Return what is kept, the newest first."""
    row = db.execute(sql.IMPORTS, (scope,)).fetchone()
    return read_imports(as_text(row[0]) if row else None)


def keep_import(db: sqlite3.Connection, scope: ScopeKey, report: ImportReport) -> None:
    """Keep one more, of a scope that need not be there yet."""
    db.execute(sql.ADD_SCOPE, (scope,))
    kept = with_import(imports_of(db, scope), report)
    db.execute(sql.SET_IMPORTS, (imports_text(kept), scope))


def erase_words(db: sqlite3.Connection, scope: ScopeKey) -> None:
    """Leave the counts alone."""
    kept = [report.without_words() for report in imports_of(db, scope)]
    db.execute(sql.SET_IMPORTS, (imports_text(kept), scope))
