"""`graphmem-sweep`: archive what matters least: out of search, never out of the record."""

from typing import Annotated

from prefect import flow
from pydantic import Field

from flows.artifacts import show_edit
from flows.parameters import HERE, Place
from flows.retries import retried
from graphmem.changes import Edit

KEY = "graphmem-sweep"


@retried
def sweep(place: Place, keep: float | None, policy: str, dry_run: bool) -> Edit:
    """Archive, or with `dry_run` say what would be."""
    with place.open_existing() as memory:
        return memory.forget(keep=keep, policy=policy, dry_run=dry_run)


@flow(name="graphmem-sweep")
def sweep_memory(
    place: Place = HERE,
    keep: Annotated[float, Field(ge=0, le=1)] | None = None,
    policy: str = "content",
    dry_run: bool = False,
) -> Edit:
    """Archive by what turns say, or until a share is left; `graphmem undo` takes it back."""
    edit = sweep(place, keep, policy, dry_run)
    show_edit(KEY, edit, f"What was archived in {place.url}")
    return edit
