"""Run the ingest flow on a cluster of two processes on loopback: `on_dask.py FOLDER STORE`."""

import sys
from pathlib import Path

from dask.distributed import Client, LocalCluster
from prefect_dask import DaskTaskRunner

from flows.ingest import ingest_folder
from flows.parameters import Place


def has_extracted() -> bool:
    """Tell, in a worker, whether names and facts were looked for in it."""
    return "graphmem.rules.extractor" in sys.modules


def main() -> None:
    folder, store = sys.argv[1:]
    with (
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            host="127.0.0.1",
        ) as cluster,
        Client(cluster) as client,
    ):
        mapped = ingest_folder.with_options(
            task_runner=DaskTaskRunner(address=cluster.scheduler_address)
        )
        place = Place(store=store, scope="ana")
        receipt = mapped(Path(folder), place=place, files_per_task=1, ahead=4)
        used = sum(client.run(has_extracted).values())
    sys.stdout.write(f"{receipt.episodes_added} added, {used} processes\n")


if __name__ == "__main__":
    main()
