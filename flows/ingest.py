"""`graphmem-ingest`: remember a folder, a portion of its files a task."""

from collections import deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated

from prefect import flow
from prefect.futures import PrefectFuture
from pydantic import Field

from flows.artifacts import show_receipt
from flows.parameters import HERE, WHOLE, Place, Source
from flows.retries import retried
from graphmem.ingest import Prepared, joined
from graphmem.ingest.found import find_files, portions
from graphmem.receipts import Receipt

KEY = "graphmem-ingest"
"""Of the artifact; `graphmem-ingest-files` and `graphmem-ingest-problems` stand beside it."""


@retried
def prepare_portion(
    folder: Path, files: tuple[Path, ...], place: Place, source: Source
) -> Prepared:
    """Extract and encode what the store lacks of some files, on whatever machine this runs."""
    with place.open() as memory:
        return memory.prepare(
            *files,
            root=folder,
            format=source.format,
            collection=source.collection,
            timezone=source.timezone,
            date_order=source.date_order,
        )


@retried
def ingest_portion(
    folder: Path,
    files: tuple[Path, ...],
    place: Place,
    source: Source,
    prepared: Prepared | None = None,
) -> Receipt:
    """Remember some files of a folder; again is no harm, as what is there already is left."""
    with place.open() as memory:
        return memory.ingest(
            *files,
            root=folder,
            format=source.format,
            collection=source.collection,
            timezone=source.timezone,
            date_order=source.date_order,
            prepared=prepared,
        )


@flow(name="graphmem-ingest")
def ingest_folder(
    folder: Path,
    files: list[str] | None = None,
    place: Place = HERE,
    source: Source = WHOLE,
    files_per_task: Annotated[int, Field(ge=1)] = 25,
    ahead: Annotated[int, Field(ge=0)] = 0,
) -> Receipt:
    """Remember the files of a folder, or those named below it, and show the receipt.

    With `ahead`, so many portions are extracted and encoded at a time by tasks of their own, which
    a task runner may spread over processes and machines; they are written here, one by one.

    A run that was stopped is simply run again. If a portion fails for good, the receipt tells of
    those before it.
    """
    found = find_files(folder, pattern=source.pattern, names=files, settled_by=source.settled_by())
    cut = portions(found.files, size=files_per_task)
    receipts = [found.receipt()]
    try:
        for portion, future in _begun(folder, cut, place, source, ahead):
            prepared = future.result() if future else None
            receipts += [ingest_portion(folder, portion, place, source, prepared)]
    finally:
        receipt = joined(receipts)
        show_receipt(KEY, receipt, f"What was read in {folder}")
    return receipt


Portion = tuple[Path, ...]


def _begun(
    folder: Path, cut: list[Portion], place: Place, source: Source, ahead: int
) -> Iterator[tuple[Portion, PrefectFuture[Prepared] | None]]:
    """Yield each portion with the task that prepares it; `ahead` of them are begun by then."""
    if not ahead:
        yield from ((portion, None) for portion in cut)
        return
    rest = iter(cut)
    begun: deque[tuple[Portion, PrefectFuture[Prepared]]] = deque()
    while True:
        for portion in islice(rest, ahead - len(begun)):
            begun.append((portion, prepare_portion.submit(folder, portion, place, source)))
        if not begun:
            return
        yield begun.popleft()
