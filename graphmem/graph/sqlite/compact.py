"""Rewriting a file after a delete, in steps that whoever opens the file next can finish.

A delete leaves `meta.compact` behind in its own transaction: `pages:TOKEN` says that erased text
may stand in any page, `log:TOKEN` that the pages are rewritten and only the log still holds it.
"""

import sqlite3

from graphmem.graph.sqlite import statements as sql


def mark_due(db: sqlite3.Connection) -> None:
    """Note, inside the transaction of a delete, that the file has to be rewritten."""
    db.execute(sql.MARK_COMPACTION)


def is_due(db: sqlite3.Connection) -> bool:
    """Tell whether a delete was not followed by a rewritten file and an empty log."""
    return db.execute(sql.META, ("compact",)).fetchone() is not None


def finish(db: sqlite3.Connection) -> bool:
    """Rewrite the file and empty its log, outside a transaction; False if a reader keeps the log.

    Stopped anywhere, a second call goes on. Raises sqlite3.OperationalError: busy, or disk full.
    """
    (mark,) = db.execute(sql.META, ("compact",)).fetchone() or ("",)
    step, _, token = mark.partition(":")
    if step != "log":
        db.execute("VACUUM")
        db.execute(sql.PAGES_REWRITTEN, (f"log:{token}", mark))
    (is_busy, _, _) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if is_busy:
        return False
    db.execute(sql.COMPACTED, (f"log:{token}",))
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return True


def give_pages_back(db: sqlite3.Connection) -> None:
    """Shrink a file by the pages that nothing uses, outside a transaction.

    A script: `execute` takes one step of the statement, which is one page.
    """
    db.executescript("PRAGMA incremental_vacuum")
