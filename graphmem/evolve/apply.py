"""Proposals checked, journalled and applied in one transaction."""

from collections.abc import Sequence
from datetime import datetime

from graphmem.changes import Edit, Proposal
from graphmem.contracts import GraphStore
from graphmem.evolve.check import Checker, Limits
from graphmem.evolve.dry_run import in_one_go
from graphmem.evolve.gate import Gate
from graphmem.types import ScopeKey


def apply(
    store: GraphStore,
    scope: ScopeKey,
    proposals: Sequence[Proposal],
    *,
    run_id: str,
    at: datetime,
    limits: Limits | None = None,
    gate: Gate | None = None,
    dry_run: bool = False,
) -> Edit:
    """Do what of the proposals fits the store; return the changes, and what was rejected and why.

    A `gate` leaves out what would lose a probe.

    Nobody else writes between check and journal. What is so already makes no change: doing it
    twice is doing it once. With `dry_run` nothing is written. Raises what the store raises.
    """

    def work() -> Edit:
        checker = Checker(store, scope, run_id, at, limits or Limits())
        checker.check(proposals)
        carry_out(checker, gate)
        return Edit(
            run_id=run_id,
            changes=tuple(checker.changes),
            rejected=tuple(checker.rejected),
            dropped=tuple(checker.dropped),
            is_dry_run=dry_run,
        )

    return in_one_go(store, work, dry_run=dry_run)


def carry_out(checker: Checker, gate: Gate | None) -> None:
    """Apply what was checked in the open transaction; what a gate drops is no change any more."""
    if not checker.changes:
        return
    if gate is None:
        checker.store.apply(checker.changes)
        return
    checker.dropped = gate.apply(checker.changes)
    gone = {one.change.id for one in checker.dropped}
    checker.changes = [change for change in checker.changes if change.id not in gone]
