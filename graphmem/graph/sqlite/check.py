"""What SQLite itself can tell of damage, and what the references between rows show."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path

from graphmem.graph.sqlite.connect import uri_of
from graphmem.graph.sqlite.schema import TABLES

MOST = 20
"""Findings of SQLite that are listed."""

_REFERENCES: tuple[tuple[str, str, str], ...] = (
    ("session", "scope_no", "scope"),
    ("episode", "session_no", "session"),
    ("note", "session_no", "session"),
    ("note", "episode_no", "episode"),
    ("note", "maker_no", "maker"),
    ("origin", "note_no", "note"),
    ("origin", "episode_no", "episode"),
    ("name", "scope_no", "scope"),
    ("mention", "note_no", "note"),
    ("mention", "name_no", "name"),
    ("claim", "note_no", "note"),
    ("claim", "subject_no", "name"),
    ("claim", "object_no", "name"),
    ("vector", "note_no", "note"),
    ("token", "note_no", "note"),
    ("link", "source_no", "note"),
    ("link", "target_no", "note"),
    ("tombstone", "scope_no", "scope"),
)
"""Table, column, and the table whose number the column holds."""

_SPANS_OUTSIDE = """SELECT count(*) FROM (SELECT t.start, t.end, coalesce(n.text, e.text) AS text
        FROM {table} AS t CROSS JOIN note AS n ON n.no = t.note_no
        CROSS JOIN episode AS e ON e.no = n.episode_no
        WHERE n.text IS NOT NULL OR n.kind IN ('turn', 'passage'))
    WHERE NOT (0 <= start AND start <= end AND end <= length(text))
    AND instr(text, char(0)) = 0"""

_COUNTS: Mapping[str, str] = {
    "{n} rows of table change whose note_no is in no row of table note": """SELECT count(*)
        FROM change AS c WHERE note_no IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM note WHERE no = c.note_no)""",
    "{n} rows of table need whose seq is in no row of table change": """SELECT count(*)
        FROM need AS d WHERE NOT EXISTS (SELECT 1 FROM change WHERE seq = d.seq)""",
    "{n} spans of table mention outside of their texts": _SPANS_OUTSIDE.format(table="mention"),
    "{n} spans of table claim outside of their texts": _SPANS_OUTSIDE.format(table="claim"),
    "{n} notes of table note without an origin": """SELECT count(*) FROM note
        WHERE NOT EXISTS (SELECT 1 FROM origin WHERE note_no = note.no)""",
    "{n} sessions with several notes of kind session in table note": """SELECT count(*) FROM
        (SELECT 1 FROM note WHERE kind = 'session' GROUP BY session_no HAVING count(*) > 1)""",
    "{n} sessions of table session without an episode": """SELECT count(*) FROM session
        WHERE NOT EXISTS (SELECT 1 FROM episode WHERE session_no = session.no)""",
    "{n} names of table name that no mention and no claim uses": """SELECT count(*) FROM name
        WHERE NOT EXISTS (SELECT 1 FROM mention WHERE name_no = name.no)
        AND NOT EXISTS (SELECT 1 FROM claim WHERE subject_no = name.no)
        AND NOT EXISTS (SELECT 1 FROM claim WHERE object_no = name.no)""",
    "{n} episodes that are live and deleted, in tables episode and tombstone": """SELECT count(*)
        FROM episode AS e JOIN tombstone AS t ON t.scope_no = e.scope_no AND t.episode_id = e.id""",
    "{n} notes of table note in another session than their first episode": """SELECT count(*)
        FROM note AS n JOIN episode AS e ON e.no = n.episode_no
        WHERE n.session_no <> e.session_no OR n.scope_no <> e.scope_no""",
}


def findings(db: sqlite3.Connection, *, full: bool) -> Iterator[str]:
    """Yield what is wrong, a line each, inside a transaction; `full` compares the indexes too."""
    pragma = "integrity_check" if full else "quick_check"
    yield from _rows(db, f"PRAGMA {pragma}({MOST})", "SQLite finds: {n}", good="ok")
    for table, column, home in _REFERENCES:
        says = f"{{n}} rows of table {table} whose {column} is in no row of table {home}"
        statement = f"""SELECT count(*) FROM {table} AS t WHERE NOT EXISTS
            (SELECT 1 FROM {home} AS h WHERE h.no = t.{column})"""
        yield from _rows(db, statement, says, good=0)
    for says, statement in _COUNTS.items():
        yield from _rows(db, statement, says, good=0)


def table_of_damage(path: Path) -> str | None:
    """Return the first table in which SQLite finds damage, if it can tell."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(uri_of(path, "ro"), uri=True)) as db:
        return next((table for table in TABLES if not _is_sound(db, table)), None)
    return None


def _rows(db: sqlite3.Connection, statement: str, says: str, *, good: object) -> Iterator[str]:
    """Yield what a statement finds, or that the tables it reads are too damaged to be read."""
    try:
        found = [value for (value,) in db.execute(statement)]
    except sqlite3.Error as error:
        yield f"{says.format(n='unknown')}: {error}"
        return
    yield from (says.format(n=" ".join(str(value).split())) for value in found if value != good)


def _is_sound(db: sqlite3.Connection, table: str) -> bool:
    try:
        return db.execute(f"PRAGMA quick_check({table})").fetchall() == [("ok",)]
    except sqlite3.Error:
        return False
