"""A real Prefect server on loopback, and the user's folder: prefect.yaml, flows, an inbox.

Prefect runs in processes of its own: this one only asks over HTTP, so it loads none of it.
"""

import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

QUIET = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
    "PREFECT_SERVER_CONCURRENCY_INITIAL_DEPLOYMENT_LEASE_DURATION": "30",
    "PREFECT_WORKER_QUERY_SECONDS": "1",
    "PREFECT_LOGGING_LEVEL": "WARNING",
}
"""What docs/prefect.md says to set, and shorter waits."""


DEPLOY = ("--silent-seconds", "40", "--secret", "GRAPHMEM_SCOPE=me")
"""Whose memory it is comes to the runs from a Secret block, and from nowhere else."""


_HOME = tempfile.TemporaryDirectory(prefix="graphmem-prefect-")
atexit.register(_HOME.cleanup)
os.environ.setdefault("PREFECT_HOME", _HOME.name)
"""Prefect makes its folder when it is imported: not in the home of who runs the tests."""


def needs_prefect() -> None:
    """Skip without the extra."""
    if find_spec("prefect") is None:
        pytest.skip("needs the extra `flows`: pip install 'graphmem[flows]'")


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return this process's environment with Prefect's home elsewhere, and quiet."""
    ours = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "GRAPHMEM_"))}
    return {**ours, **QUIET, "PREFECT_HOME": str(home), "PYTHONPATH": str(ROOT), **more}


def until(what: str, happened: Callable[[], Any], *, seconds: float) -> Any:
    """Return what `happened` gives as soon as it is true; fail, saying what was awaited."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := happened():
            return value
        time.sleep(0.5)
    pytest.fail(f"{what}: not within {seconds:.0f} s")


@dataclass(frozen=True)
class Server:
    """A Prefect server, and the folder from which was deployed to it."""

    api: str
    folder: Path
    environment: dict[str, str]

    def ask(self, path: str, body: object = None) -> Any:
        """Return what the server answers; `body` is posted.

        A server that waits for its own database answers 503, "try again": so does Prefect's client.
        """
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.api + path, data=data, headers={"Content-Type": "application/json"}
        )
        for wait in (1, 2, 4, 8, 16):
            try:
                return _answer(request)
            except urllib.error.HTTPError as error:
                if error.code != HTTPStatus.SERVICE_UNAVAILABLE:
                    raise
                error.close()
            time.sleep(wait)
        return _answer(request)

    def deployment(self, name: str) -> dict[str, Any]:
        """Return a deployment by `FLOW/NAME`."""
        return self.ask(f"/deployments/name/{name}")

    def runs(self, name: str) -> list[dict[str, Any]]:
        """Return the runs of a deployment so far."""
        wanted = {"deployments": {"id": {"any_": [self.deployment(name)["id"]]}}}
        found: list[dict[str, Any]] = self.ask("/flow_runs/filter", wanted)
        return found

    def start(self, name: str, parameters: dict[str, Any]) -> str:
        """Ask for a run of a deployment; return its id."""
        id_ = self.deployment(name)["id"]
        run = self.ask(f"/deployments/{id_}/create_flow_run", {"parameters": parameters})
        return run["id"]

    def state(self, run: str) -> str:
        """Return the name of a run's state."""
        return self.ask(f"/flow_runs/{run}")["state"]["name"]

    def ended(self, run: str, *, seconds: float = 240) -> str:
        """Wait for the end of a run; return the name of its state."""
        ends = {"Completed", "Failed", "Crashed", "Cancelled", "TimedOut"}
        return until(
            f"run {run} ends", lambda: (s := self.state(run)) in ends and s, seconds=seconds
        )

    def table(self, run: str, key: str) -> list[dict[str, Any]]:
        """Return the rows of the table that a run published under a key."""
        wanted = {"artifacts": {"key": {"any_": [key]}, "flow_run_id": {"any_": [run]}}}
        (found,) = self.ask("/artifacts/filter", wanted)
        return json.loads(found["data"])

    def counts(self, run: str, key: str) -> dict[str, Any]:
        """Return a table of two columns as what it says."""
        return {row["what"]: row["count"] for row in self.table(run, key)}

    def run(self, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a module in the folder, with more variables; return what it said."""
        return subprocess.run(
            [sys.executable, "-m", *command], cwd=self.folder, env=self.environment | more,
            capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip

    def script(self, code: str) -> subprocess.CompletedProcess[str]:
        """Run a line of Python in the folder; return what it said."""
        return subprocess.run(
            [sys.executable, "-c", code], cwd=self.folder, env=self.environment,
            capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip

    def begin(self, *command: str, log: Path) -> subprocess.Popen[bytes]:
        """Start a module in the folder, in a process group of its own."""
        with log.open("ab") as out:
            return subprocess.Popen(
                [sys.executable, "-m", *command], cwd=self.folder, env=self.environment,
                stdout=out, stderr=out, start_new_session=True,
            )  # fmt: skip


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process with those that it started, by the number of its own group."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def free_port() -> int:
    """Return a port on loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with what prefect.yaml says deployed, from a folder as a user has one."""
    needs_prefect()
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "flows", folder / "flows", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "prefect.yaml", folder)
    shutil.copytree(ROOT / "data" / "samples", folder / "inbox")
    (folder / "graphmem.toml").write_text('store = "memory.db"\n')
    port = free_port()
    api = f"http://127.0.0.1:{port}/api"
    made = Server(api, folder, environment(folder / "home", PREFECT_API_URL=api))
    log = folder / "server.log"
    process = made.begin(
        *("prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port), "--no-ui"),
        log=log,
    )
    try:
        until("the server answers", lambda: _is_up(made), seconds=180)
        kept = made.script(
            "from prefect.blocks.system import Secret; Secret(value='ana').save('me')"
        )
        assert kept.returncode == 0, kept.stderr
        deployed = made.run("flows.deploy", *DEPLOY)
        assert deployed.returncode == 0, deployed.stdout + deployed.stderr
        yield made
    finally:
        end(process)


@pytest.fixture
def worker(server: Server) -> Iterator[subprocess.Popen[bytes]]:
    """A worker of the pool, of processes."""
    process = start_worker(server)
    yield process
    end(process)


def start_worker(server: Server) -> subprocess.Popen[bytes]:
    """Start a worker; whoever asked ends it."""
    command = ("prefect", "worker", "start", "--pool", "graphmem", "--type", "process")
    return server.begin(*command, log=server.folder / "worker.log")


def _answer(request: urllib.request.Request) -> Any:
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read() or b"null")


def _is_up(server: Server) -> bool:
    try:
        return bool(server.ask("/health"))
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
