"""One store, and the memories of the scopes that were asked for, each opened once."""

from collections import OrderedDict
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from graphmem.memory import Memory
from graphmem.types import Scope, ScopeKey

MOST = 256
"""Memories that are kept open: the one that was asked longest ago is let go of first."""


class Memories:
    """The memories of one store, by scope; they share it, its encoder and its extractor."""

    def __init__(self, first: Memory, *, most: int = MOST) -> None:
        self._first, self._most = first, most
        self._opened: OrderedDict[ScopeKey, Memory] = OrderedDict({first.scope.key: first})
        self._lock = Lock()

    @classmethod
    def open(cls, store: str | Path | None, *, scope: Scope | str) -> Self:
        """Open or make a store, as `Memory.open` does, for a scope to begin with."""
        return cls(Memory.open(store, scope=scope))

    def of(self, scope: ScopeKey) -> Memory:
        """Return the memory of a scope, who may have it is not asked here."""
        with self._lock:
            found = self._opened.get(scope)
            if found is None:
                found = self._opened[scope] = self._first.of(Scope.parse(scope))
            self._opened.move_to_end(scope)
            while len(self._opened) > self._most:
                self._opened.popitem(last=False)
            return found

    def counts(self) -> dict[str, int]:
        """Return how many records of each kind the store holds, over all scopes."""
        totals: dict[str, int] = {}
        with self._first.store.one_state() as state:
            for scope in state.scopes():
                for kind, n in state.stats(scope).items():
                    if kind != "bytes":
                        totals[kind] = totals.get(kind, 0) + n
        return totals

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._first.close()
