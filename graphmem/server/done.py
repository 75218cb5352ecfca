"""What is known of a request when it is over: who, which verb, whose memory, how; no content."""

from collections.abc import Callable
from dataclasses import dataclass

from graphmem.server.call import Call
from graphmem.server.grants import Right
from graphmem.types import ScopeKey

REFUSED = (401, 403, 421, 429)
"""The statuses of requests that were turned away at the door."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One request that is over."""

    who: str | None
    """The name of its token or session; None: nobody knows."""
    verb: str
    """Empty: no memory was asked for."""
    right: Right | None
    scope: ScopeKey | None
    """Only one that the caller may have: what else was asked for may be anything."""
    status: int
    seconds: float

    @classmethod
    def of(cls, call: Call, status: int, seconds: float) -> "Done":
        """Return what is known of a call that was answered so."""
        grant = call.grant
        mine = call.scope if grant and call.scope in grant.scopes else None
        return cls(
            who=grant.name if grant else None,
            verb=call.verb,
            right=call.right,
            scope=mine,
            status=status,
            seconds=seconds,
        )

    @property
    def is_for_audit(self) -> bool:
        """Whether a memory was asked for, or somebody was turned away."""
        return bool(self.verb) or self.status in REFUSED


Watcher = Callable[[Done], None]
"""Hears of each request when it is over, in the server's loop: it must not take long."""
