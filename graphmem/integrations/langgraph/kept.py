"""The versions of a namespace's items as they were read last: a list of them costs one read."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Generic, TypeVar

from graphmem.contracts import GraphStore
from graphmem.types import ScopeKey

T = TypeVar("T")

MOST = 64
"""Namespaces that are kept; the one that was asked for longest ago goes first."""


class Kept(Generic[T]):
    """What was read of a scope, until somebody writes it."""

    def __init__(self, store: GraphStore) -> None:
        self._store, self._lock = store, Lock()
        self._read: OrderedDict[ScopeKey, tuple[str, Sequence[T]]] = OrderedDict()

    def of(self, scope: ScopeKey, read: Callable[[], Sequence[T]]) -> Sequence[T]:
        """Return what `read` returns, or returned since the scope was written last."""
        version = self._store.version_token(scope)
        with self._lock:
            known, found = self._read.get(scope, ("", ()))
            if known == version:
                self._read.move_to_end(scope)
                return found
        found = read()
        with self._lock:
            self._read[scope] = version, found
            self._read.move_to_end(scope)
            while len(self._read) > MOST:
                self._read.popitem(last=False)
        return found

    def drop(self, scope: ScopeKey) -> None:
        """Let go of a scope: what was erased must not be kept."""
        with self._lock:
            self._read.pop(scope, None)
