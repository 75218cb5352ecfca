"""When a task is tried again: only after an error that may pass without a change."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.tasks import exponential_backoff

P = ParamSpec("P")
R = TypeVar("R")

RETRIES = 3
DELAY: Callable[[int], list[float]] = exponential_backoff(2)
"""2, 4 and 8 seconds; a store waits for another writer by itself before it says that it is busy."""


def is_transient(_task: object, _run: object, state: State[Any]) -> bool:
    """Tell whether a failed task may succeed later: graphmem's errors say so themselves."""
    error = state.result(raise_on_failure=False)
    return bool(getattr(error, "transient", False))


def retried(work: Callable[P, R]) -> Task[P, R]:
    """Make a task of a function, tried again after errors that may pass; its result is not kept."""
    return task(
        retries=RETRIES,
        retry_delay_seconds=DELAY,
        retry_condition_fn=is_transient,
        cache_policy=NO_CACHE,
    )(work)
