"""Files as version 7 wrote them, kept as SQL, and all that its code read of them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import get_args

from graphmem.contracts import GraphStore, RecordKind
from graphmem.graph.dump import dump
from graphmem.graph.records import KEYED_BY_NOTE, canonical, json_value
from graphmem.graph.sqlite.schema import APPLICATION_ID, PAGE_BYTES

FOLDER = Path(__file__).parent / "version7"
NAMES = ("records", "talk")
"""`records`: one of each kind; `talk`: what ingesting and evolving left, composed notes too."""


def made_by_version7(path: Path, name: str) -> Path:
    """Make a file of version 7."""
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        db.execute("PRAGMA auto_vacuum = INCREMENTAL")
        db.executescript((FOLDER / f"{name}.sql").read_text("utf-8"))
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("PRAGMA user_version = 7")
        db.commit()
    return path


def expected(name: str) -> list[str]:
    """Return what version 7 read of its file."""
    return (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()


def everything(store: GraphStore) -> Iterator[str]:
    """Yield every record with every field, as lines; of vectors and tokens the digests."""
    for scope in sorted(store.scopes()):
        for kind in get_args(RecordKind):
            for record in store.scan(kind, scope) if kind not in KEYED_BY_NOTE else ():
                yield f"{kind} {canonical(json_value(record))}"
    yield from (f"dump {line}" for line in dump(store))
