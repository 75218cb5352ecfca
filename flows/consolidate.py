"""`graphmem-consolidate`: topics and insights of what several sessions say."""

from prefect import flow

from flows.artifacts import show_edit
from flows.parameters import HERE, Place
from flows.retries import retried
from graphmem.changes import Edit

KEY = "graphmem-consolidate"


@retried
def consolidate(place: Place) -> Edit:
    """Write the notes that are missing, and put away those that would not be made any more."""
    with place.open_existing() as memory:
        return memory.consolidate()


@flow(name="graphmem-consolidate")
def consolidate_memory(place: Place = HERE) -> Edit:
    """Consolidate a memory; twice is once."""
    edit = consolidate(place)
    show_edit(KEY, edit, f"What was consolidated in {place.url}")
    return edit
