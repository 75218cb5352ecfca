"""EvolvingMemory: what a memory does by itself when asked to, and what it asks a person about."""

from abc import ABC
from collections.abc import Callable
from functools import cached_property
from uuid import uuid4

from graphmem.changes import Edit, Proposal
from graphmem.config import require_type
from graphmem.contracts import Progress
from graphmem.evolve import (
    BATCH,
    Doubt,
    Evolution,
    Known,
    Limits,
    Proposer,
    accepted,
    both_true,
    doubt_of,
    doubts,
    in_one_go,
    not_so,
)
from graphmem.forgetting import ForgettingMemory
from graphmem.steps import step


class EvolvingMemory(ForgettingMemory, ABC):
    """A memory that links new notes to older ones, and asks about what may have changed.

    Search finds the same before and after, with one exception: of two statements that an
    application marked as facts (`add(…, kind="fact")`), the newer one hides the older.
    """

    def evolve(
        self,
        *,
        dry_run: bool = False,
        proposer: Proposer | None = None,
        limits: Limits | None = None,
        progress: Progress | None = None,
        batch: int = BATCH,
    ) -> Edit:
        """Look at the notes that came since the last call, and link them to older ones.

        Proposed are links, lines about what came later, newer facts, and names that are one thing:
        by rules, or by a `proposer`. What may be replaced but is not certain waits in `doubts()`.
        What `limits` or the store forbid is in the edit's `rejected`. The call is one run, which
        `undo` takes back. Each `batch` of notes is one transaction, so a call that was killed goes
        on with the next. `progress` hears how many notes of how many were looked at.
        """

        def work() -> Edit:
            made = Evolution(
                store=self.store,
                scope=self.scope.key,
                run_id=run_id,
                at=self._clock(),
                limits=limits or Limits(),
                proposer=proposer,
                gate=self._gate(),
                batch=max(1, batch),
                known=self._known,
            )
            made.run(progress)
            return Edit(
                run_id=run_id,
                changes=tuple(made.changes),
                rejected=tuple(made.rejected),
                dropped=tuple(made.dropped),
                looked_at=made.looked_at,
                is_dry_run=dry_run,
            )

        run_id = uuid4().hex
        with step("evolve") as done, self._known.lock:
            if dry_run:
                self._known.catch_up(self.store)
            edit = in_one_go(self.store, work, dry_run=True) if dry_run else work()
            done.told(
                run=run_id,
                looked_at=edit.looked_at,
                changes=len(edit.changes),
                rejected=len(edit.rejected),
            )
        return edit

    @cached_property
    def _known(self) -> Known:
        """Return what evolutions have read, kept from one to the next."""
        return Known(self.scope.key)

    def doubts(self) -> list[Doubt]:
        """Return the pairs of notes of which the newer may replace the older: a person decides.

        Answer each by `accept`, `reject` or `keep_both` with its id.
        """
        return doubts(self.store, self.scope.key)

    def accept(self, id_: str, *, reason: str = "accepted", dry_run: bool = False) -> Edit:
        """Answer a doubt by yes: the newer note supersedes the older one."""
        now = self._clock()
        return self._decided(id_, lambda doubt: accepted(doubt, reason=reason, now=now), dry_run)

    def reject(self, id_: str, *, reason: str = "rejected", dry_run: bool = False) -> Edit:
        """Answer a doubt by no: the two notes are not about the same thing."""
        return self._decided(id_, lambda doubt: not_so(doubt, reason=reason), dry_run)

    def keep_both(self, id_: str, *, reason: str = "both are true", dry_run: bool = False) -> Edit:
        """Answer a doubt by neither: both notes are true."""
        return self._decided(id_, lambda doubt: both_true(doubt, reason=reason), dry_run)

    def _decided(
        self, id_: str, proposed: Callable[[Doubt], list[Proposal]], dry_run: bool
    ) -> Edit:
        require_type("the id of a doubt", id_, str)
        return self._applied(proposed(doubt_of(self.store, self.scope.key, id_)), dry_run)
