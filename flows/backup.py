"""`graphmem-backup`: a copy of the store while it is used, and the newest of them kept."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from prefect import flow
from pydantic import Field

from flows.artifacts import show_counts
from flows.parameters import HERE, Place
from flows.retries import retried
from graphmem.graph.transfer.backup import Kept, keep_backup
from graphmem.registry import open_store

KEY = "graphmem-backup"


@retried
def back_up(folder: Path, place: Place, keep: int) -> Kept:
    """Write one backup, of all scopes of the store."""
    with closing(open_store(place.url, must_exist=True)) as store:
        return keep_backup(store, folder, now=datetime.now(UTC), keep=keep)


@flow(name="graphmem-backup")
def back_up_store(folder: Path, place: Place = HERE, keep: Annotated[int, Field(ge=1)] = 7) -> Kept:
    """Copy a file, or export a server's store, into a folder; the newest `keep` stay there."""
    kept = back_up.submit(folder, place, keep).result()
    removed = ", ".join(path.name for path in kept.removed) or "none"
    shown: dict[str, float | int | str] = {
        "file": kept.file.name,
        **kept.records,
        "older ones removed": removed,
    }
    show_counts(KEY, shown, f"Backup of {place.url}")
    return kept
