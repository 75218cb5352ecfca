"""Read, derive, write as one transaction, though deriving is slow and done before it begins."""

from collections.abc import Callable
from typing import TypeVar

from graphmem.contracts import GraphStore
from graphmem.errors import StoreError
from graphmem.fair_queue import PYTHON
from graphmem.reading import WatchedStore
from graphmem.types import ScopeKey

Plan = TypeVar("Plan")
Done = TypeVar("Done")


def in_one_transaction(
    store: GraphStore,
    scope: ScopeKey,
    *,
    plan: Callable[[], Plan],
    write: Callable[[Plan], Done],
) -> tuple[Plan, Done]:
    """Return what was planned from the stored records and what writing it returned.

    `plan` runs before the store makes others wait. If the scope was written since, what it read may
    not be so any more: it runs again inside the transaction (docs/adr/0005-one-writer.md). Raises
    what either raises, StoreBusyError if another writer does not finish in time.
    """
    token = store.version_token(scope)
    made: list[Plan] = []
    try:
        with PYTHON.turn(is_next=_is_waited_for(store)):
            made.append(plan())
    except (StoreError, LookupError):
        # Records that went away between two reads; if nobody wrote, the error is the caller's.
        if store.version_token(scope) == token:
            raise

    def finish() -> tuple[Plan, Done]:
        is_up_to_date = bool(made) and store.version_token(scope) == token
        with PYTHON.turn(is_next=_is_waited_for(store)):
            planned = made[0] if is_up_to_date else plan()
            return planned, write(planned)

    return store.atomically(finish)


def _is_waited_for(store: GraphStore) -> bool:
    """Tell whether other writers wait until this thread has done its transaction."""
    return isinstance(store, WatchedStore) and store.is_in_transaction
