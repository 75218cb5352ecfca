"""`python -m flows.deploy`: what prefect.yaml says, its work pool, and the end of dead runs.

A worker that is killed leaves its run "Running" for ever, and the next one waits. So runs send
heartbeats, and an automation marks as crashed those that fell silent; the next one then starts.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import cast

from prefect.automations import Automation
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.exceptions import ObjectAlreadyExists
from prefect.settings import PREFECT_API_URL

from graphmem.errors import ConfigError

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


def make_pool(name: str) -> None:
    """Make the pool of local processes, unless it is there."""
    with get_client(sync_client=True) as client:
        try:
            client.create_work_pool(WorkPoolCreate(name=name, type="process"))
        except ObjectAlreadyExists:
            return


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
    given = parser.parse_args(arguments)
    if not PREFECT_API_URL.value():
        raise ConfigError("no Prefect server is named; type: prefect server start --no-ui, and set "
                          "PREFECT_API_URL=http://127.0.0.1:4200/api")  # fmt: skip
    make_pool(POOL)
    put(dead_runs(given.silent_seconds))
    command = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"]
    environment = {**os.environ, "PWD": str(Path.cwd())}
    sys.exit(subprocess.run(command, env=environment, check=False).returncode)


if __name__ == "__main__":
    main()
