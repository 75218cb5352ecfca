"""When a task is tried again: only after an error that may pass without a change."""

from collections.abc import Callable
from typing import Any

from prefect.client.schemas.objects import State
from prefect.tasks import exponential_backoff

RETRIES = 3
DELAY: Callable[[int], list[float]] = exponential_backoff(2)
"""2, 4 and 8 seconds; a store waits for another writer by itself before it says that it is busy."""


def is_transient(_task: object, _run: object, state: State[Any]) -> bool:
    """Tell whether a failed task may succeed later: graphmem's errors say so themselves."""
    error = state.result(raise_on_failure=False)
    return bool(getattr(error, "transient", False))
