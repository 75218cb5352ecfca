"""`graphmem-evolve`: compare what is new with what is older, after each ingest and every night."""

from prefect import flow

from flows.artifacts import show_edit
from flows.parameters import HERE, Place
from flows.retries import retried
from graphmem.changes import Edit

KEY = "graphmem-evolve"


@retried
def evolve(place: Place) -> Edit:
    """Let the rules propose changes for the new notes, and make those that are allowed."""
    with place.open_existing() as memory:
        return memory.evolve()


@flow(name="graphmem-evolve")
def evolve_memory(place: Place = HERE) -> Edit:
    """Link new notes to older ones; a second time there is nothing to change."""
    edit = evolve(place)
    show_edit(KEY, edit, f"What was changed in {place.url}")
    return edit
