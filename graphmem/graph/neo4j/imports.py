"""What the last imports into a scope did, in a property of its node."""

from graphmem.graph.neo4j import statements
from graphmem.graph.neo4j.driver import Run
from graphmem.graph.records import imports_text, read_imports
from graphmem.receipts import ImportReport, with_import
from graphmem.types import ScopeKey


def imports_of(run: Run, scope: ScopeKey) -> tuple[ImportReport, ...]:
    """Return what is kept, the newest first."""
    rows = run(statements.IMPORTS, {"scope": scope})
    return read_imports(rows[0][0] if rows else None)


def keep_import(run: Run, scope: ScopeKey, report: ImportReport) -> None:
    """Keep one more, of a scope that need not be there yet."""
    kept = with_import(imports_of(run, scope), report)
    run(statements.SET_IMPORTS, {"scope": scope, "imports": imports_text(kept)})


def erase_words(run: Run, scope: ScopeKey) -> None:
    """Leave the counts alone."""
    kept = [report.without_words() for report in imports_of(run, scope)]
    if kept:
        run(statements.SET_IMPORTS, {"scope": scope, "imports": imports_text(kept)})
