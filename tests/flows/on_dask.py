"""Run the ingest flow on a cluster of two processes on loopback: `on_dask.py FOLDER STORE`."""

import sys
from pathlib import Path

from prefect_dask import DaskTaskRunner

from flows.ingest import ingest_folder
from flows.parameters import Place


def main() -> None:
    folder, store = sys.argv[1:]
    cluster = {
        "n_workers": 2,
        "threads_per_worker": 1,
        "processes": True,
        "dashboard_address": None,
        "host": "127.0.0.1",
    }
    mapped = ingest_folder.with_options(task_runner=DaskTaskRunner(cluster_kwargs=cluster))
    receipt = mapped(Path(folder), place=Place(store=store, scope="ana"), files_per_task=5)
    sys.stdout.write(f"{receipt.episodes_added} added\n")


if __name__ == "__main__":
    main()
