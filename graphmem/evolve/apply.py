"""Proposals checked, journalled and applied in one transaction."""

from collections.abc import Sequence
from datetime import datetime

from graphmem.changes import Edit, Proposal
from graphmem.contracts import GraphStore
from graphmem.evolve.check import Checker, Limits
from graphmem.evolve.dry_run import in_one_go
from graphmem.types import ScopeKey


def apply(
    store: GraphStore,
    scope: ScopeKey,
    proposals: Sequence[Proposal],
    *,
    run_id: str,
    at: datetime,
    limits: Limits | None = None,
    dry_run: bool = False,
) -> Edit:
    """Do what of the proposals fits the store; return the changes, and what was rejected and why.

    Nobody else writes between check and journal. What is so already makes no change: doing it
    twice is doing it once. With `dry_run` nothing is written. Raises what the store raises.
    """

    def work() -> Edit:
        checker = Checker(store, scope, run_id, at, limits or Limits())
        checker.check(proposals)
        if checker.changes:
            store.apply(checker.changes)
        return Edit(
            run_id=run_id,
            changes=tuple(checker.changes),
            rejected=tuple(checker.rejected),
            is_dry_run=dry_run,
        )

    return in_one_go(store, work, dry_run=dry_run)
