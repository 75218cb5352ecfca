"""`python -m flows.deploy`: what prefect.yaml says, its work pool, and the end of dead runs.

A worker that is killed leaves its run "Running" for ever, and the next one waits. So runs send
heartbeats, and an automation marks as crashed those that fell silent; the next one then starts.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import cast

from prefect.automations import Automation
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate, WorkPoolUpdate
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.exceptions import ObjectAlreadyExists
from prefect.settings import PREFECT_API_URL
from prefect.workers.process import ProcessWorker

from graphmem.errors import ConfigError, GraphmemError, StoreUnavailableError

POOL = "graphmem"
TAG = "graphmem"
"""Of every deployment in prefect.yaml: the automation ends no other run of the server."""
SILENT_SECONDS = 90
"""Three heartbeats of PREFECT_FLOWS_HEARTBEAT_FREQUENCY=30."""
HEARTBEAT = "prefect.flow-run.heartbeat"
ENDS = ("Completed", "Failed", "Cancelled", "Crashed")


def dead_runs(silent_seconds: float) -> Automation:
    """Return the automation that marks a run as crashed when it sent no heartbeat for so long."""
    return Automation(
        name="graphmem: end runs of dead workers",
        description="A run of graphmem that sends no heartbeat is crashed; the next one may start.",
        trigger=EventTrigger(
            posture=Posture.Proactive,
            after={HEARTBEAT},
            expect={HEARTBEAT, *(f"prefect.flow-run.{end}" for end in ENDS)},
            match={"prefect.resource.id": "prefect.flow-run.*"},
            match_related={"prefect.resource.id": f"prefect.tag.{TAG}"},
            for_each={"prefect.resource.id"},
            threshold=1,
            within=timedelta(seconds=silent_seconds),
        ),
        actions=[
            ChangeFlowRunState(
                state=StateType.CRASHED,
                name="Crashed",
                message="no heartbeat: its worker died",
                force=False,
            )
        ],
    )


def secrets_of(pairs: Sequence[str]) -> dict[str, str]:
    """Return environment variables whose values are Prefect's Secret blocks: `VARIABLE=BLOCK`.

    Held is the reference alone; the worker puts the value in when a run begins.
    """
    found = {}
    for pair in pairs:
        variable, _, block = pair.partition("=")
        if not re.fullmatch(r"[A-Z_][A-Z0-9_]*", variable) or not re.fullmatch(
            r"[a-z0-9-]+", block
        ):
            raise ConfigError("--secret takes VARIABLE=BLOCK: NEO4J_PASSWORD=neo4j-password")
        found[variable] = "{{ prefect.blocks.secret." + block + " }}"
    return found


def make_pool(name: str, secrets: dict[str, str]) -> None:
    """Make the pool of local processes, or bring it up to date.

    The secrets stand in the pool: a deployment's own job variables are filled in, and kept, when it
    is deployed. Raises StoreUnavailableError if no server answers.
    """
    template = ProcessWorker.get_default_base_job_template()
    template["variables"]["properties"]["env"]["default"] = secrets
    with get_client(sync_client=True) as client:
        silence = client.api_healthcheck()
        if silence is not None:
            raise StoreUnavailableError(f"{PREFECT_API_URL.value()} does not answer: {silence}")
        try:
            client.create_work_pool(
                WorkPoolCreate(name=name, type="process", base_job_template=template)
            )
        except ObjectAlreadyExists:
            client.update_work_pool(name, WorkPoolUpdate(base_job_template=template))


def put(automation: Automation) -> None:
    """Make an automation, or bring the one of its name up to date."""
    try:
        there = cast(Automation, Automation.read(name=automation.name))
    except ValueError:
        automation.create()
        return
    automation.id = there.id
    automation.update()


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, and deploy what the working folder's prefect.yaml says."""
    parser = argparse.ArgumentParser(prog="python -m flows.deploy", description=__doc__)
    parser.add_argument("--silent-seconds", type=float, default=SILENT_SECONDS)
    parser.add_argument(
        "--secret",
        action="append",
        default=[],
        metavar="VARIABLE=BLOCK",
        help="an environment variable of the runs, and the Secret block that holds its value",
    )
    given = parser.parse_args(arguments)
    if not PREFECT_API_URL.value():
        raise ConfigError("no Prefect server is named; type: prefect server start --no-ui, and set "
                          "PREFECT_API_URL=http://127.0.0.1:4200/api")  # fmt: skip
    make_pool(POOL, secrets_of(given.secret))
    put(dead_runs(given.silent_seconds))
    command = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"]
    environment = {**os.environ, "PWD": str(Path.cwd())}
    sys.exit(subprocess.run(command, env=environment, check=False).returncode)


if __name__ == "__main__":
    try:
        main()
    except GraphmemError as error:
        sys.exit(f"Error: {error}")
