"""`python -m flows.watch FOLDER`: tell Prefect what arrives in a folder, so that it is ingested.

It only looks and tells: the deployment `inbox` of prefect.yaml is started by the event.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from prefect.events import emit_event
from prefect.events.worker import EventsWorker
from prefect.settings import PREFECT_API_URL

from graphmem.errors import ConfigError, GraphmemError
from graphmem.ingest.found import EVERYTHING
from graphmem.ingest.inbox import Inbox

EVENT = "graphmem.inbox.arrived"
NAMED = 1_000
"""Files that one event names; of more, or of names that are no text, the folder is read whole."""


def tell(name: str, arrived: Sequence[str]) -> None:
    """Emit that files arrived in the folder of a name."""
    is_named = len(arrived) <= NAMED and all(map(_is_text, arrived))
    emit_event(
        event=EVENT,
        resource={"prefect.resource.id": f"graphmem.inbox.{name}", "prefect.resource.name": name},
        payload={"count": len(arrived), "files": list(arrived) if is_named else None},
    )


def watch(inbox: Inbox, name: str, *, every: float, times: int | None = None) -> None:
    """Look every so many seconds, `times` times or until the process is stopped."""
    done = 0
    while times is None or done < times:
        if done:
            time.sleep(every)
        arrived = inbox.arrived(datetime.now(UTC))
        if arrived:
            tell(name, arrived)
        done += 1


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, and watch."""
    parser = argparse.ArgumentParser(prog="python -m flows.watch", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--name", default="inbox", help="as the trigger in prefect.yaml says it")
    parser.add_argument("--pattern", default=EVERYTHING)
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two looks")
    parser.add_argument(
        "--settle", type=float, default=5.0, help="seconds that a file must not have changed"
    )
    parser.add_argument("--once", action="store_true", help="look once, tell, and end")
    given = parser.parse_args(arguments)
    if not PREFECT_API_URL.value():
        raise ConfigError("no Prefect server is named; set PREFECT_API_URL: an event needs one")
    inbox = Inbox(given.folder, pattern=given.pattern, settles=timedelta(seconds=given.settle))
    try:
        watch(inbox, given.name, every=given.every, times=1 if given.once else None)
    finally:
        EventsWorker.drain_all()


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


if __name__ == "__main__":
    try:
        main()
    except GraphmemError as error:
        sys.exit(f"Error: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
