"""`graphmem-ingest`: remember a folder, a portion of its files a task."""

from pathlib import Path
from typing import Annotated

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from pydantic import Field

from flows.artifacts import show_receipt
from flows.parameters import HERE, WHOLE, Place, Source
from flows.retries import DELAY, RETRIES, is_transient
from graphmem.ingest import joined
from graphmem.ingest.found import find_files, portions
from graphmem.receipts import Receipt

KEY = "graphmem-ingest"
"""Of the artifact; `graphmem-ingest-files` and `graphmem-ingest-problems` stand beside it."""


@task(
    retries=RETRIES,
    retry_delay_seconds=DELAY,
    retry_condition_fn=is_transient,
    cache_policy=NO_CACHE,
)
def ingest_portion(folder: Path, files: tuple[Path, ...], place: Place, source: Source) -> Receipt:
    """Remember some files of a folder; again is no harm, as what is there already is left."""
    with place.open() as memory:
        return memory.ingest(
            *files,
            root=folder,
            format=source.format,
            collection=source.collection,
            timezone=source.timezone,
            date_order=source.date_order,
        )


@flow(name="graphmem-ingest")
def ingest_folder(
    folder: Path,
    files: list[str] | None = None,
    place: Place = HERE,
    source: Source = WHOLE,
    files_per_task: Annotated[int, Field(ge=1)] = 25,
) -> Receipt:
    """Remember the files of a folder, or those named below it, and show the receipt.

    A run that was stopped is simply run again. If a portion fails for good, the receipt tells of
    those before it.
    """
    found = find_files(folder, pattern=source.pattern, names=files, settled_by=source.settled_by())
    receipts = [found.receipt()]
    try:
        for portion in portions(found.files, size=files_per_task):
            receipts += [ingest_portion.submit(folder, portion, place, source).result()]
    finally:
        receipt = joined(receipts)
        show_receipt(KEY, receipt, f"What was read in {folder}")
    return receipt
