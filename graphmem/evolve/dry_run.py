"""A dry run is the real thing, taken back before anybody sees it: so it tells what would happen."""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from graphmem.contracts import GraphStore

T = TypeVar("T")


class _TakenBackError(Exception):
    """Ends a transaction whose outcome is wanted and whose writes are not."""


def in_one_go(store: GraphStore, work: Callable[[], T], *, dry_run: bool) -> T:
    """Return what `work` returns; all that it does to the store is one transaction.

    With `dry_run` the store is as before, and others have waited as for a write. Raises what the
    work or the store raises.
    """
    if not dry_run:
        return store.atomically(work)
    outcome: list[T] = []

    def tried() -> None:
        outcome[:] = [work()]
        raise _TakenBackError

    with suppress(_TakenBackError):
        store.atomically(tried)
    return outcome[0]
