"""ForgettingMemory: what is put out of search, and what is erased of a subject, with a certificate.

Nothing is forgotten by itself, and nothing by its age unless that is asked for.
"""

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from glob import escape
from hashlib import sha256
from pathlib import Path

from graphmem.asking.around import atomic_notes
from graphmem.changes import Edit, successor
from graphmem.config import require_text, require_type
from graphmem.errors import ConfigError, MissingRecordError
from graphmem.evolve import asking_of
from graphmem.evolve.forget import archived, put_away, retention, seen, swept
from graphmem.graph import dump
from graphmem.named import entity_of
from graphmem.probing import ProbingMemory
from graphmem.receipts import Erased, Erasure, Receipt
from graphmem.retrieve.columns import read_present
from graphmem.traces import traces
from graphmem.types import ChangeId, Entity, Episode, EpisodeId, NoteId


class ForgettingMemory(ProbingMemory, ABC):
    """A memory that can put turns out of search, and erase what it holds of a subject."""

    def forget(
        self,
        *,
        keep: float | None = None,
        policy: str = "content",
        subject: str | None = None,
        shown: Collection[str] = (),
        reason: str = "forgotten",
        dry_run: bool = False,
    ) -> Edit:
        """Archive the turns that matter least: out of search, but kept; `undo` brings them back.

        - `keep`: the share of turns that stays, 0 to 1; without it, whatever is below a fixed cut.
        - `policy`: `content` weighs what a turn says; `exponential` and `power_law` its age, which
          loses much more.
        - `subject`: instead, archive exactly what this person said, or what names this thing.
        - `shown`: ids of notes that were shown to somebody elsewhere, so that they weigh more, as
          do those that this memory's searches or `keep_shown` know of.

        Never archived: what denies or tells a value, is pinned, or supersedes another note. Raises
        ConfigError for a share or policy that cannot be, or a subject that nothing is about.
        """
        if subject is not None:
            found = atomic_notes(self.store, self.scope.key, self._about(subject))
            notes = [note.id for note in found if not note.archived]
            return self._applied(put_away(notes, reason=f"{reason}: {subject}"), dry_run)
        if keep is not None:
            require_type("keep", keep, int | float)
            if not 0 <= keep <= 1:
                raise ConfigError(f"keep is the share of turns that stays, from 0 to 1, not {keep}")
        snapshot = self._engines.columns(None).snapshot
        ids = snapshot.note_ids
        notes_now = dict(zip(ids, self.store.read("note", self.scope.key, ids), strict=True))
        kept = retention(
            policy,
            snapshot,
            notes_now,
            shown={
                *self._shown,
                *map(NoteId, shown),
                *(note.id for note in notes_now.values() if note.shown),
            },
            now=self._clock(),
        )
        safe = {id_ for id_, note in notes_now.items() if note.pinned}
        for change in self.store.scan("change", self.scope.key):
            later = successor(change)
            safe |= set() if later is None else {later}
        rows = swept(policy, kept, snapshot, safe, keep)
        return self._gated(archived(policy, kept, snapshot, rows), dry_run)

    def keep_shown(self, *, dry_run: bool = False) -> Edit:
        """Write down which notes this memory's searches have shown since the last call.

        A search never writes, so only this lets `forget` know it in another process. A note gets
        one such change at most. The call is one run, which `undo` takes back.
        """
        shown = self._shown.copy()
        there = read_present(self.store, "note", self.scope.key, sorted(shown))
        edit = self._applied(seen(there.values()), dry_run)
        if not dry_run:
            self._shown -= shown
        return edit

    def purge(self, subject: str, *, dry_run: bool = False) -> Erasure:
        """Erase for good every episode that a person said or that names a person or thing.

        It does what `delete` does, and returns a certificate: ids and hashes of what was erased,
        and what of it, if anything, is still found in the store, in search or in its files
        (`Erasure.left`). Copies made elsewhere are beyond its reach. `dry_run` erases nothing.
        """
        self._require_subject(subject)
        names = _all_names(subject, self._called(subject))
        asked = asking_of(self.store, self.scope.key, lambda text: _is_named(names, text))
        about = self._about(subject, or_asked=bool(asked))
        episodes = self.store.read("episode", self.scope.key, about)
        erased = tuple(
            Erased(id=episode.id, sha256=sha256(episode.text.encode()).hexdigest())
            for episode in episodes
        )
        if not dry_run:
            self._take_back_each(asked)
        receipt = Receipt() if dry_run else self.delete(*(episode.id for episode in episodes))
        return Erasure(
            subject=subject,
            scope=self.scope.key,
            at=self._clock(),
            run_id=receipt.run_id,
            erased=erased,
            notes_deleted=receipt.notes_deleted,
            left=() if dry_run else tuple(self._left_of(names, episodes, asked.values())),
            is_compaction_due=receipt.is_compaction_due,
            is_dry_run=dry_run,
        )

    @abstractmethod
    def delete(self, *ids: str, dry_run: bool = False) -> Receipt:
        """Erase episodes for good, with all that came from them alone."""

    def _take_back_each(self, ids: Iterable[ChangeId]) -> None:
        """Take back some changes with all that depends on them."""
        for id_ in ids:
            with suppress(MissingRecordError):  # it went with the one before it
                self.undo(id_, cascade=True)

    @staticmethod
    def _require_subject(subject: str) -> None:
        require_text("subject", subject)
        if not re.search(r"\w", subject):
            raise ConfigError(f"{subject!r} holds no letter that could name anybody")

    def _about(self, subject: str, *, or_asked: bool = False) -> list[EpisodeId]:
        """Return the episodes that a subject said, or that name it, by any of its names, sorted.

        Raises ConfigError if there is none, unless it is asked about.
        """
        self._require_subject(subject)
        named = self._called(subject)
        ids, names = {one.id for one in named}, _all_names(subject, named)
        ids.add(entity_of(self.scope.key, subject))
        found = {origin for one in named for origin in one.origins}
        for episode in self.store.scan("episode", self.scope.key):
            speaker = episode.speaker
            is_own = speaker is not None and entity_of(self.scope.key, speaker) in ids
            if is_own or _names(names, episode):
                found.add(episode.id)
        if not found and not or_asked:
            raise ConfigError(f"nothing was said by {subject!r}, and nothing names it")
        return sorted(found)

    def _called(self, subject: str) -> list[Entity]:
        """Return the named things that are a subject."""
        ids = set(self._same().one_with(entity_of(self.scope.key, subject)))
        return [one for one in self.store.scan("entity", self.scope.key) if one.id in ids]

    def _left_of(
        self,
        names: Collection[str],
        erased: Collection[Episode],
        asked: Iterable[Collection[str]],
    ) -> Iterator[str]:
        """Yield where something of what was erased still stands; nothing if all is gone."""
        scope, gone = self.scope.key, {episode.id for episode in erased}
        known = self.store.known(scope, sorted(gone))
        if any(state == "live" for state in known.values()):
            yield "episodes"
        yield from self._records_left(names, gone)
        for name in sorted(names):
            for hit in self.search(name, k=10, min_score=0, archived=True):
                if not gone.isdisjoint(episode.id for episode in hit.episodes):
                    yield f"search, note {hit.note.id}"
        whose = self.store.scopes()
        kept = (episode for one in whose for episode in self.store.scan("episode", one))
        texts = (f"{episode.title or ''}\n{episode.text}" for episode in kept)
        gone_texts = {episode.text for episode in erased}.union(*asked)
        for path in traces(gone_texts, texts, self._files()):
            yield f"the bytes of {path.name}"

    def _records_left(self, names: Collection[str], gone: Collection[EpisodeId]) -> Iterator[str]:
        """Yield the records of every kind that come from what is gone, or name the subject."""
        for line in dump(self.store):
            record = json.loads(line)
            kind, id_ = record.pop("kind"), record.pop("id")
            if record.pop("scope") != self.scope.key or kind == "tombstone":
                continue
            is_from = not set(record.get("origins", ())).isdisjoint(gone)
            if is_from or _is_named(names, json.dumps(record, ensure_ascii=False)):
                is_name = kind == "session"
                hint = ": delete the session, or name it otherwise" if is_name else ""
                yield f"the name of session {id_}{hint}" if is_name else f"{kind} {id_}"

    def _files(self) -> Iterator[Path]:
        """Yield the files of the store, and those beside it that begin with its name.

        That is its log, its index, copies for Cypher, and copies that a person made there.
        """
        for file in self.store.files()[:1]:
            for path in sorted(file.parent.glob(f"{escape(file.name)}*")):
                yield from [path] if path.is_file() else filter(Path.is_file, path.rglob("*"))


def _all_names(subject: str, named: Iterable[Entity]) -> set[str]:
    return {subject, *(name for one in named for name in (one.name, *one.aliases))}


def _names(names: Collection[str], episode: Episode) -> bool:
    return _is_named(names, f"{episode.text}\n{episode.title or ''}")


def _is_named(names: Collection[str], text: str) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names)
