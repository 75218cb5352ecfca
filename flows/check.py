"""`graphmem-check`: whether every record of the store can be read; the run fails if not."""

from contextlib import closing

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.artifacts import show_rows
from flows.parameters import HERE, Place
from flows.retries import retried
from graphmem.graph.transfer.examine import examine
from graphmem.registry import open_store

KEY = "graphmem-check"
SHOWN = 100


@retried
def find_faults(place: Place, full: bool) -> list[str]:
    """Return what is wrong with the store, a line each."""
    with closing(open_store(place.url, must_exist=True)) as store:
        return examine(store, full=full)


@flow(name="graphmem-check")
def check_store(place: Place = HERE, full: bool = False) -> State[None]:
    """Read every record once; `full` compares the indexes with the tables as well."""
    faults = find_faults.submit(place, full).result()
    if not faults:
        return Completed(message="every record can be read")
    show_rows(KEY, [{"fault": line} for line in faults[:SHOWN]], f"Faults of {place.url}")
    return Failed(message=f"{len(faults)} faults; type: graphmem doctor --full")
