"""EditableMemory: what a person or an application changes by its word, and takes back."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from graphmem import ingest as stage
from graphmem.asking import ReadOnlyMemory
from graphmem.asking.arguments import When, moment_of
from graphmem.asking.around import atomic_notes
from graphmem.changes import Edit, Proposal
from graphmem.config import require_text, require_type
from graphmem.errors import ConfigError, InputError, MissingRecordError
from graphmem.evolve import (
    aliased,
    apply,
    corrected,
    expired,
    in_one_go,
    merged,
    name_of_update,
    pinned,
    refuse_superseded,
    replaced,
    since,
    take_back,
    undoing,
    unmerged,
)
from graphmem.named import entity_of
from graphmem.receipts import Receipt
from graphmem.types import Entity, Episode, EpisodeId, Note

if TYPE_CHECKING:  # `stage` imports its parts when something is written
    from graphmem.ingest import Tally, Turn

GIVEN_AGAIN = "its id was given again"

EVER = datetime.min.replace(tzinfo=UTC)


class EditableMemory(ReadOnlyMemory, ABC):
    """A memory whose notes and names can be changed by hand.

    Each verb is one run of changes, which `undo` takes back. Nothing that was said is lost: a text
    that no longer holds is out of search now, and is found with `as_of` a time when it did. An
    `id_` is a note's, an episode's, or one that you gave. With `dry_run` nothing is written: the
    `Edit` that is returned tells what would be. An id that is not there raises MissingRecordError.
    """

    def update(
        self,
        id_: str,
        *,
        text: str,
        said_at: When = None,
        speaker: str | None = None,
        reason: str = "updated",
        dry_run: bool = False,
    ) -> Edit:
        """Put a newer text in a note's place. The old one was true until then.

        Use it when something has changed ("I moved"); `correct` is for what was never right. The
        new note is said now by whoever said the old one, unless `said_at` or `speaker` say
        otherwise. Raises InputError if the note is superseded already, or says the same.
        """
        old = self._note(id_)
        at = moment_of("said_at", said_at) or max(self._clock(), since(old) or EVER)
        turn = self._turn_for(old, text, speaker=speaker, said_at=at)

        def proposed(new: Note) -> list[Proposal]:
            return replaced(old, new, reason=reason, at=None, now=at)

        return self._rewritten(turn, proposed, dry_run)

    def correct(
        self, id_: str, *, text: str, reason: str = "corrected", dry_run: bool = False
    ) -> Edit:
        """Put the right text in the place of one that was never right.

        The new text holds from when the old one was said: no `as_of` finds the old one any more.
        """
        old = self._note(id_)
        turn = self._turn_for(old, text, speaker=None, said_at=old.said_at)

        def proposed(new: Note) -> list[Proposal]:
            return corrected(old, new, reason=reason)

        return self._rewritten(turn, proposed, dry_run)

    def replace(
        self,
        old: str,
        new: str,
        *,
        reason: str = "replaced",
        at: When = None,
        dry_run: bool = False,
    ) -> Edit:
        """Let the note `new`, which is there already, take the place of the note `old`.

        `old` was true until `new` holds, or until `at`. Raises InputError if that is before `old`
        was said, or if another note has superseded either.
        """
        made = replaced(
            self._note(old),
            self._note(new),
            reason=reason,
            at=moment_of("at", at),
            now=self._clock(),
        )
        return self._applied(made, dry_run)

    def expire(
        self, id_: str, *, at: When = None, reason: str = "expired", dry_run: bool = False
    ) -> Edit:
        """Say until when a note was true: now, or `at`. Then it is out of search.

        Raises InputError for a time before it was said, or a note that is superseded already.
        """
        moment = moment_of("at", at) or self._clock()
        return self._applied(expired(self._note(id_), at=moment, reason=reason), dry_run)

    def pin(
        self, id_: str, *, off: bool = False, reason: str = "pinned", dry_run: bool = False
    ) -> Edit:
        """Keep a note in search: `forget` never archives it. `off` takes the pin out again."""
        return self._applied(pinned(self._note(id_).id, is_pinned=not off, reason=reason), dry_run)

    def merge(
        self, entity: str, into: str, *, reason: str = "the same", dry_run: bool = False
    ) -> Edit:
        """Say that two named things are one: `entity` is `into`; both keep their names.

        Each is an entity's id or a name that a note uses.
        """
        made = merged(self._entity(entity), self._entity(into), reason=reason)
        return self._applied(made, dry_run)

    def unmerge(self, entity: str, *, reason: str = "not the same", dry_run: bool = False) -> Edit:
        """Say that a named thing, merged with another before, is one of its own after all."""
        return self._applied(unmerged(self._entity(entity), reason=reason), dry_run)

    def alias(
        self, name: str, entity: str, *, reason: str = "another name", dry_run: bool = False
    ) -> Edit:
        """Give a named thing one more name; no note need use that name."""
        require_text("name", name)
        made = aliased(self.scope.key, name, self._entity(entity), reason=reason)
        return self._applied(made, dry_run)

    def undo(self, id_: str, *, cascade: bool = False, dry_run: bool = False) -> Edit:
        """Take back one change, or every change of a run: as if it had never been made.

        A note that an `update` wrote is erased with it. Raises DependentChangesError, which lists
        them, if later changes of other runs build on it; with `cascade` those are taken back too.
        """
        require_type("the id of a change or a run", id_, str)

        def work() -> Edit:
            found = undoing(self.store, self.scope.key, id_, cascade=cascade)
            take_back(self.store, self.scope.key, found)
            return Edit(run_id=id_, changes=found.changes, erased=found.notes, is_dry_run=dry_run)

        done = in_one_go(self.store, work, dry_run=dry_run)
        if done.erased and not dry_run:
            self._let_go()
            stage.rewrite_file(self.store, stage.Tally())
        return done

    def _named_again(self, items: Sequence[object], ingest: Callable[[], Receipt]) -> Receipt:
        """Ingest turns; one whose own id stood over another text takes that one's place.

        What is more than one transaction stays so, unless an id is there already.
        """
        names = [item.source_id for item in items if isinstance(item, stage.Turn)]
        again = len(set(names)) < len(names) or any(self._own_ids.named(n) for n in names if n)
        if not any(names) or (len(names) > stage.EPISODES_PER_WRITE and not again):
            return ingest()
        scope, token = self.scope.key, self.store.version_token

        def work() -> tuple[Receipt, list[Episode], str, str]:
            earlier = {name: self._own_ids.named(name) for name in names if name}
            before, receipt = token(scope), ingest()
            came = self.store.read("episode", scope, list(dict.fromkeys(receipt.ids)))
            fresh = [one for one in came if one.id not in earlier.get(one.source_id, ())]
            for episode in fresh:
                known = earlier.setdefault(episode.source_id, [])
                self._take_place(episode, known, receipt.run_id)
                known.append(episode.id)
            return receipt, fresh, before, token(scope)

        receipt, fresh, before, after = self.store.atomically(work)
        self._own_ids.added(fresh, before=before, after=after)
        return receipt

    def _take_place(self, episode: Episode, earlier: Sequence[EpisodeId], run_id: str) -> None:
        """Let the later of an episode and what is current of its name supersede the other."""
        (new,) = atomic_notes(self.store, self.scope.key, [episode.id])
        for old in atomic_notes(self.store, self.scope.key, earlier):
            if old.superseded_by is None and old.session_id == new.session_id:
                first, last = sorted((old, new), key=lambda note: since(note) or EVER)
                made = replaced(first, last, reason=GIVEN_AGAIN, at=None, now=self._clock())
                self._applied(made, run_id=run_id)

    @abstractmethod
    def _remember(self, turn: "Turn", run_id: str) -> "Tally":
        """Write one turn as part of a run, deleted before or not; the tally holds its id."""

    def _rewritten(
        self, turn: "Turn", proposed: Callable[[Note], list[Proposal]], dry_run: bool
    ) -> Edit:
        """Write a turn in a session of its own, and do what is proposed of its note."""
        run_id = uuid4().hex

        def work() -> Edit:
            tally = self._remember(turn, run_id)
            if not tally.ids:
                why = "; ".join(problem.message for problem in tally.problems)
                raise InputError(f"the text cannot be remembered: {why}")
            (new,) = atomic_notes(self.store, self.scope.key, tally.ids)
            made = self._applied(proposed(new), run_id=run_id)
            (written,) = self.store.read("note", self.scope.key, [new.id])
            return replace(made, added=(written,), is_dry_run=dry_run)

        return in_one_go(self.store, work, dry_run=dry_run)

    def _applied(
        self, proposals: Sequence[Proposal], dry_run: bool = False, *, run_id: str = ""
    ) -> Edit:
        return apply(
            self.store,
            self.scope.key,
            proposals,
            run_id=run_id or uuid4().hex,
            at=self._clock(),
            dry_run=dry_run,
        )

    def _turn_for(
        self, old: Note, text: str, *, speaker: str | None, said_at: datetime | None
    ) -> "Turn":
        """Return the turn that takes a note's place, with what its source said of the old one."""
        require_text("text", text)
        if text == old.text:
            raise InputError(f"{old.id} says that already")
        refuse_superseded(old)
        (episode,) = self.store.read("episode", self.scope.key, old.origins)
        return stage.Turn(
            collection="",
            session=name_of_update(old.id),
            text=text,
            source_id=episode.source_id,
            speaker=speaker or old.speaker,
            said_at=said_at,
            title=episode.title,
            is_passage=old.kind == "passage",
            metadata=episode.metadata,
            where="update",
        )

    def _note(self, id_: str) -> Note:
        """Return the turn or passage that an id names."""
        record = self._read(id_)
        if isinstance(record, Episode):
            (record,) = atomic_notes(self.store, self.scope.key, [record.id])
        if not isinstance(record, Note):
            raise ConfigError(f"{id_} is no note: name a note or an episode")
        return record

    def _entity(self, name: str) -> Entity:
        """Return the entity that an id or a name means. Raises MissingRecordError."""
        require_text("an entity", name)
        for id_ in (name, entity_of(self.scope.key, name)):
            with suppress(MissingRecordError):
                (found,) = self.store.read("entity", self.scope.key, [id_])
                return found
        raise MissingRecordError("entity", [name])
