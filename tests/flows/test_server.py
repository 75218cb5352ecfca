"""The user's path on a real server: start, deploy, run what is scheduled, with a worker."""

import json
import os
import shutil
import signal
import subprocess
import urllib.error
from contextlib import closing, suppress
from pathlib import Path

import pytest

from graphmem import Memory
from graphmem.errors import StoreError
from graphmem.graph import dump
from graphmem.registry import open_store
from graphmem.types import ScopeKey
from tests.conftest import SAMPLES
from tests.flows.conftest import DEPLOY, Server, end, start_worker, until

pytestmark = [pytest.mark.flows, pytest.mark.timeout(1800)]
NIGHTLY = "graphmem-ingest/nightly"
KEY = "graphmem-ingest"


def dumped(server: Server, store: str) -> list[str]:
    with Memory.open(server.folder / store, scope="ana", must_exist=True) as memory:
        return list(dump(memory.store))


def test_what_is_deployed_has_schedules_triggers_and_one_writer(server: Server) -> None:
    nightly = server.deployment(NIGHTLY)
    assert [each["schedule"]["cron"] for each in nightly["schedules"]] == ["0 3 * * *"]
    assert nightly["concurrency_options"]["collision_strategy"] == "ENQUEUE"
    assert nightly["global_concurrency_limit"]["limit"] == 1
    names = {each["name"] for each in server.ask("/automations/filter", {})}
    assert "graphmem: end runs of dead workers" in names
    assert any("inbox" in name for name in names)


def test_deploying_again_changes_nothing(server: Server) -> None:
    before = sorted(each["name"] for each in server.ask("/automations/filter", {}))
    again = server.run("flows.deploy", *DEPLOY)
    assert again.returncode == 0, again.stdout + again.stderr
    assert sorted(each["name"] for each in server.ask("/automations/filter", {})) == before


def test_the_scheduled_ingest_of_the_samples_adds_all_then_nothing(
    server: Server, worker: subprocess.Popen[bytes]
) -> None:
    first = server.start(NIGHTLY, {})
    assert server.ended(first) == "Completed"
    added = server.counts(first, KEY)
    assert added["added"] == added["episodes read"] > 300
    assert added["facts added"] > 0
    spent = [added[f"seconds to {stage}"] for stage in ("extract", "encode", "write")]
    assert 0 < sum(spent) <= added["seconds"] + 0.01
    assert len(server.table(first, f"{KEY}-files")) == added["files"]

    second = server.start(NIGHTLY, {})
    assert server.ended(second) == "Completed"
    again = server.counts(second, KEY)
    assert again["added"] == 0
    assert again["already there"] == again["episodes read"] == added["episodes read"]

    other = server.start(NIGHTLY, {"folder": "inbox", "place": {"store": "other.db"}})
    assert server.ended(other) == "Completed"
    with Memory.open(server.folder / "plain.db", scope="ana") as memory:
        memory.ingest(server.folder / "inbox")
    assert dumped(server, "other.db") == dumped(server, "plain.db")

    until("an ingest starts an evolve that finds the notes", lambda: evolved(server), seconds=180)


def evolved(server: Server) -> bool:
    """Tell whether a run of evolve that an ingest started has looked at what was ingested.

    Each ingest starts one; which of them runs first, and finds all the notes new, is not ours.
    """
    runs = server.runs("graphmem-evolve/after-ingest")
    ended = [run["id"] for run in runs if run["state"]["name"] == "Completed"]
    return any(server.counts(run, "graphmem-evolve")["notes looked at"] > 300 for run in ended)


def test_what_arrives_in_a_watched_folder_is_ingested_and_nothing_else_is_read(
    server: Server, worker: subprocess.Popen[bytes]
) -> None:
    name = "arrived.md"
    shutil.copy(SAMPLES / "documents" / "river.md", server.folder / "inbox" / name)
    told = server.script("from flows.watch import tell; tell('inbox', ['arrived.md'])")
    assert told.returncode == 0, told.stderr

    inbox = "graphmem-ingest/inbox"
    (run,) = until("the event starts a run", lambda: server.runs(inbox), seconds=60)
    assert run["parameters"]["files"] == [name]
    assert server.ended(run["id"]) == "Completed"
    assert [row["file"] for row in server.table(run["id"], f"{KEY}-files")] == [name]


def test_the_watcher_tells_what_is_there_once(server: Server) -> None:
    drop = server.folder / "drop"
    drop.mkdir()
    (drop / "a.txt").write_text("Lena: The ferry is late.\nPaul: Again.\n")
    watched = server.run("flows.watch", "drop", "--name", "drop", "--once", "--settle", "0")
    assert watched.returncode == 0, watched.stderr

    def told() -> list[dict[str, dict[str, object]]]:
        wanted = {"filter": {"event": {"name": ["graphmem.inbox.arrived"]},
                             "resource": {"id": ["graphmem.inbox.drop"]}}}  # fmt: skip
        return server.ask("/events/filter", wanted)["events"]

    (event,) = until("the event is there", told, seconds=30)
    assert event["payload"] == {"count": 1, "files": ["a.txt"]}


def test_a_secret_in_a_parameter_is_refused_by_the_server_and_kept_nowhere(server: Server) -> None:
    url = "neo4j://neo4j:hunter22@localhost:7687"
    with pytest.raises(urllib.error.HTTPError) as refused:
        server.start(NIGHTLY, {"folder": "inbox", "place": {"store": url}})
    refused.value.close()
    assert refused.value.code == 409
    runs = server.ask("/flow_runs/filter", {})
    assert "hunter22" not in str(runs)


def test_a_secret_of_a_block_is_kept_as_a_reference_alone(server: Server) -> None:
    pool = server.ask("/work_pools/graphmem")["base_job_template"]
    assert pool["variables"]["properties"]["env"]["default"] == {
        "GRAPHMEM_SCOPE": "{{ prefect.blocks.secret.me }}"
    }


@pytest.mark.slow
def test_a_killed_workers_run_is_crashed_and_the_next_ends_where_a_clean_one_does(
    server: Server,
) -> None:
    talks, store = server.folder / "talks", server.folder / "killed.db"
    write_talks(talks)
    parameters = {
        "folder": "talks",
        "place": {"store": "killed.db"},
        "files_per_task": 1,
    }
    worker = start_worker(server)
    try:
        old = server.start(NIGHTLY, parameters)
        until("a part is written", lambda: episodes(store) >= 3 * TURNS, seconds=240)
        kill(worker)
    finally:
        end(worker)
    written = episodes(store)
    assert written < FILES * TURNS
    assert server.state(old) == "Running"

    worker = start_worker(server)
    try:
        new = server.start(NIGHTLY, parameters)
        assert server.ended(old, seconds=240) == "Crashed"
        assert server.ended(new, seconds=240) == "Completed"
    finally:
        end(worker)
    counts = server.counts(new, KEY)
    assert counts["already there"] >= written
    assert counts["episodes read"] == FILES * TURNS
    with Memory.open(server.folder / "clean.db", scope="ana") as memory:
        memory.ingest(talks)
    assert dumped(server, "killed.db") == dumped(server, "clean.db")


FILES, TURNS = 20, 100
"""A task each: the first three are written when the worker is killed."""


def write_talks(folder: Path) -> None:
    """Write files of turns with names and dates of their own."""
    folder.mkdir()
    for file in range(FILES):
        lines = [
            {
                "session": f"tour {file}",
                "id": f"T{file}:{turn}",
                "speaker": ("Signe", "Tove")[turn % 2],
                "text": f"On stage {turn} we saw {('Arne', 'Odd', 'Liv')[turn % 3]} at Rjukan.",
                "said_at": f"2024-{1 + file % 12:02d}-{1 + turn % 28:02d}T10:{turn % 60:02d}:00Z",
            }
            for turn in range(TURNS)
        ]
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (folder / f"tour{file:02d}.jsonl").write_text(text)


def episodes(store: Path) -> int:
    """Return how many episodes a store holds by now; 0 before it is there."""
    try:
        with closing(open_store(store, must_exist=True)) as opened:
            return opened.stats(ScopeKey("ana"))["episode"]
    except StoreError:
        return 0


def kill(worker: subprocess.Popen[bytes]) -> None:
    """Kill a worker and the runs that it started, each by its number."""
    for pid in [worker.pid, *children(worker.pid)]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def children(pid: int) -> list[int]:
    """Return the processes below a process."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = status.read_text().rpartition(")")[2].split()
            parents[int(status.parent.name)] = int(fields[1])
    own = [child for child, parent in parents.items() if parent == pid]
    return [*own, *(below for child in own for below in children(child))]
