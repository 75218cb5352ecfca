"""ProbingMemory: what somebody found useful, which no rule may put out of reach."""

from abc import ABC
from collections.abc import Callable, Collection, Sequence
from uuid import uuid4

from graphmem.changes import Edit, Proposal
from graphmem.config import require_text
from graphmem.editing import EditableMemory
from graphmem.errors import InputError
from graphmem.evolve import (
    Gate,
    Probe,
    answering,
    apply,
    in_one_go,
    no_more_answering,
    probed_notes,
    probes_of,
)
from graphmem.retrieve import Asked

FIRST_HITS = 5
"""Hits of its question among which a useful note must stay."""


class ProbingMemory(EditableMemory, ABC):
    """A memory whose evolutions and sweeps are held to what its searches were good for."""

    def useful(
        self,
        question: str,
        *ids: str,
        off: bool = False,
        reason: str = "useful",
        dry_run: bool = False,
    ) -> Edit:
        """Say that notes answered a question, so that no rule puts them out of its first five hits.

        `evolve` and `forget` then leave out any change that would; what a person does by hand is
        not held back. `off` takes the word back. Raises InputError if no id is given, if something
        has superseded a note, or if 200 questions are kept already.
        """
        require_text("question", question)
        if not question.strip():
            raise InputError("a blank question finds nothing: say what was asked")
        if not ids:
            raise InputError("say which notes answered it: useful(question, id, …)")

        def work() -> Edit:
            notes = list({note.id: note for note in map(self._note, ids)}.values())
            if off:
                made = no_more_answering(question, notes, reason=reason)
            else:
                made = answering(question, notes, self.probes(), reason=reason)
            return self._applied(made, dry_run)

        return in_one_go(self.store, work, dry_run=dry_run)

    def probes(self) -> list[Probe]:
        """Return the questions that are kept, each with the note that answers it, sorted."""
        return probes_of(probed_notes(self.store, self.scope.key))

    def _gate(self) -> Gate:
        """Return what holds changes to the probes of this memory."""
        return Gate(store=self.store, scope=self.scope.key, rehearse=self._rehearsed)

    def _gated(self, proposals: Sequence[Proposal], dry_run: bool) -> Edit:
        """Do what rules propose, but what would lose a probe."""
        return apply(
            self.store,
            self.scope.key,
            proposals,
            run_id=uuid4().hex,
            at=self._clock(),
            gate=self._gate(),
            dry_run=dry_run,
        )

    def _rehearsed(self) -> Callable[[str], Collection[str]]:
        """Return a search of this transaction's state, which leaves no trace in the memory."""
        engines = self._engines.rehearsal()

        def search(question: str) -> set[str]:
            asked = Asked(
                text=question,
                k=FIRST_HITS,
                now=self._clock(),
                zone=self._zone,
                asker=self.scope.user,
            )
            found = engines.at(None).search(asked)
            return {id_ for one in found for id_ in (one.note, *one.repeats)}

        return search
