"""The exception tree. Each message says what was got, what would do, and what to type.

GraphmemError
  - ConfigError              a setting, an option or an argument that cannot be
    - UnknownBackendError    a name or URL that nobody registered
    - PluginError            a store, encoder or extractor that lacks what its Protocol asks
    - MissingExtraError      an optional library that is not installed
    - ScopeError             no scope given, or a record of another scope asked for
  - InputError               a file or a turn that cannot be read
  - ExtractionError          an extractor that answers what it must not
  - StoreError               the store refused
    - MissingRecordError     an id that names nothing in this scope
    - DependentChangesError  later changes depend on what is to be undone
    - EncoderMismatchError   the store's vectors come from another encoder
    - StoreVersionError      the file was made by a newer graphmem
    - StoreDamagedError      what is stored is not what was written
    - StoreBusyError         another process is writing (transient)
      - MovedError           what is being read was deleted meanwhile (transient)
    - StoreUnavailableError  the server or the disk is not there (transient)
  - NoConvergenceError       an iteration that did not settle

Transient means that the same call may succeed later without a change: `error.transient` says so.
"""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the end of a message about an unknown name: what there is, and what is spelled alike.

    `known: ram, sqlite`, and `did you mean 'sqlite'?` before it where a name is near.
    """
    names = list(known)
    near = get_close_matches(name, names, n=1)
    listed = ", ".join(names)
    return f"did you mean {near[0]!r}? Known: {listed}" if near else f"known: {listed}"


class GraphmemError(Exception):
    """Base of every error graphmem raises on purpose."""

    transient = False
    """True when the same call may succeed later without a change."""


class ConfigError(GraphmemError):
    """Raised when a setting, an option or an argument has no meaning."""


class UnknownBackendError(ConfigError):
    """Raised when a name or URL answers to nothing that is registered."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind, self.name, self.known = kind, name, sorted(known)
        super().__init__(f"no {kind} answers to {name!r}; {did_you_mean(name, self.known)}")


class PluginError(ConfigError):
    """Raised when a part that was given or registered lacks a member of its Protocol."""


class MissingExtraError(ConfigError):
    """Raised when a part is chosen whose optional library is not installed."""

    def __init__(self, part: str, extra: str) -> None:
        super().__init__(f"{part} needs the extra {extra!r}; type: pip install 'graphmem[{extra}]'")


class ScopeError(ConfigError):
    """Raised when no scope is given: memory is never everybody's."""


class InputError(GraphmemError):
    """Raised when a file, a message list or a single turn cannot be read at all."""


class ExtractionError(GraphmemError):
    """Raised when an extractor breaks its contract: a missing answer or a span outside its note."""


class StoreError(GraphmemError):
    """Raised when a store cannot do what was asked."""


class MissingRecordError(StoreError):
    """Raised when an id names no record in this scope."""

    def __init__(self, kind: str, ids: Iterable[str]) -> None:
        self.ids = tuple(ids)
        shown = ", ".join(self.ids[:5]) + (", …" if len(self.ids) > 5 else "")
        super().__init__(f"no {kind} with id {shown} in this scope")


class DependentChangesError(StoreError):
    """Raised when later changes depend on one that is to be undone."""

    def __init__(self, id_: str, later: Iterable[str]) -> None:
        self.ids = tuple(later)
        """The later changes."""
        super().__init__(
            f"{id_} cannot be undone alone, later changes depend on it: {', '.join(self.ids)}; "
            "undo those first, or all of them: cascade=True, --cascade"
        )


class EncoderMismatchError(StoreError):
    """Raised when a store is opened with an encoder that did not make its vectors."""

    def __init__(self, stored: str, asked: str) -> None:
        super().__init__(
            f"this store's vectors were made by {stored!r}, not {asked!r}; open it with "
            f"--encoder {stored}, or type: graphmem store reembed NEW_STORE --encoder {asked}"
        )


class StoreVersionError(StoreError):
    """Raised when a store was written by a newer graphmem than this one."""


class StoreDamagedError(StoreError):
    """Raised when what is stored is not what was written."""

    def __init__(self, where: str, why: object) -> None:
        shown = " ".join(str(why).split())[:200]
        super().__init__(
            f"{where} is damaged: {shown}; type: graphmem doctor --full, "
            "then: graphmem store salvage NEW.db"
        )


class StoreBusyError(StoreError):
    """Raised when another process holds the write lock for too long."""

    transient = True


class MovedError(StoreBusyError):
    """Raised when another transaction deletes what is being read; the store reads again itself."""


class StoreUnavailableError(StoreError):
    """Raised when the disk is full or read-only, or the server does not answer."""

    transient = True


class NoConvergenceError(GraphmemError):
    """Raised when an iteration reaches its limit before it settles."""
