"""`graphmem-reembed`: the store again, beside the old one, with the vectors of another encoder."""

from prefect import flow

from flows.artifacts import show_counts
from flows.parameters import HERE, Place, StoreUrl
from flows.retries import retried
from graphmem.graph.transfer.move import Moved
from graphmem.reembed import reembed

KEY = "graphmem-reembed"


@retried
def write_again(place: Place, target: str, encoder: str) -> Moved:
    """Write what the target lacks; what a run before wrote is passed over."""
    return reembed(place.url, target, encoder=encoder)


@flow(name="graphmem-reembed")
def reembed_store(target: StoreUrl, encoder: str, place: Place = HERE) -> Moved:
    """Write all scopes into `target`; the old store stays as it is until you point at the new."""
    moved = write_again.submit(place, target, encoder).result()
    counts = {f"{kind}s": n for kind, n in moved.records.items()}
    show_counts(KEY, {**counts, "notes that were there": moved.known}, f"Written with {encoder}")
    return moved
