"""Backing a memory up: a store that is a file is copied whole while it is used."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from graphmem.contracts import GraphStore
from graphmem.errors import ConfigError, StoreUnavailableError
from graphmem.graph.sqlite.store import SqliteStore
from graphmem.graph.transfer.move import export

PREFIX = "graphmem-"
_OURS = re.compile(rf"{PREFIX}\d{{8}}T\d{{6}}Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One backup of a row of them."""

    file: Path
    records: Mapping[str, int]
    removed: tuple[Path, ...] = ()
    """Older backups that made room."""


def back_up(store: GraphStore, path: Path) -> Mapping[str, int]:
    """Copy a SQLite store to a new file that can be opened as it is; return its rows by table.

    Raises ConfigError for a store that is no file, or if something is at `path`; else what
    `SqliteStore.back_up` raises.
    """
    if not isinstance(store, SqliteStore):
        raise ConfigError(
            "this store is no file, so it cannot be copied as one; type: graphmem store export FILE"
        )
    return store.back_up(path)


def keep_backup(store: GraphStore, folder: Path, *, now: datetime, keep: int) -> Kept:
    """Back a store up into a folder as `graphmem-TIME.db`, and keep the newest `keep` of these.

    A store on a server is exported, `graphmem-TIME.jsonl`. Older ones are removed only after the
    new one is whole, and nothing else of the folder is touched. Raises what `back_up` and `export`
    raise, StoreUnavailableError for a folder that cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailableError(f"{folder} cannot be made: {error.strerror}") from error
    suffix = ".db" if isinstance(store, SqliteStore) else ".jsonl"
    at = now.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()
    file = folder / f"{PREFIX}{at.replace('-', '').replace(':', '')}Z{suffix}"
    records = back_up(store, file) if suffix == ".db" else export(store, file).records
    old = sorted(path for path in folder.glob(f"{PREFIX}*{suffix}") if _OURS.fullmatch(path.stem))
    removed = [path for path in old if path != file][: max(0, len(old) - keep)]
    for path in removed:
        path.unlink()
    return Kept(file=file, records=records, removed=tuple(removed))
