"""Ids that the caller gave: `add(id="order-17")` is got, changed and deleted under that name."""

from collections import defaultdict
from collections.abc import Iterable
from threading import Lock

from graphmem.contracts import GraphStore
from graphmem.errors import ConfigError
from graphmem.ids import is_id
from graphmem.types import ATOMIC_KINDS, Episode, EpisodeId, ScopeKey


class OwnIds:
    """The episodes of one scope by the ids that their sources gave them.

    They are read once a state of the store, when the first id that is not graphmem's is asked for.
    A name that was given again with another text, or whose text was updated, means the current one.
    """

    def __init__(self, store: GraphStore, scope: ScopeKey) -> None:
        self._store, self._scope = store, scope
        self._version = ""
        self._episodes: defaultdict[str, list[EpisodeId]] = defaultdict(list)
        self._reading = Lock()

    def resolved(self, id_: str) -> str:
        """Return the id of the episode that has this name; the id itself if none has.

        Raises ConfigError, with their ids, if several have it and none was superseded by another.
        """
        found = self.named(id_)
        if len(found) > 1:
            found = self._current(found) or found
        if len(found) > 1:
            raise ConfigError(f"several episodes are named {id_!r}; say which: {', '.join(found)}")
        return found[0] if found else id_

    def versions(self, id_: str) -> list[str]:
        """Return the ids of the current episode of this name and those it has superseded.

        The id itself if none has the name. Raises what `resolved` raises.
        """
        current = self.resolved(id_)
        return [current, *(one for one in self.named(id_) if one != current)]

    def named(self, id_: str) -> list[EpisodeId]:
        """Return the episodes of this name, sorted; none for an id of graphmem's own form."""
        if is_id(id_):
            return []
        with self._reading:
            version = self._store.version_token(self._scope)
            if version != self._version:
                self._episodes.clear()
                self._note(self._store.scan("episode", self._scope))
                self._version = version
            return sorted(self._episodes.get(id_, ()))

    def clear(self) -> None:
        """Let go of all ids: what is cached must not outlive what was erased."""
        with self._reading:
            self._version = ""
            self._episodes.clear()

    def added(self, episodes: Iterable[Episode], *, before: str, after: str) -> None:
        """Hear which episodes alone came between two states of the store: it is not read again."""
        with self._reading:
            if before == self._version:
                self._note(episodes)
                self._version = after

    def _note(self, episodes: Iterable[Episode]) -> None:
        for episode in episodes:
            if episode.source_id and episode.id not in self._episodes[episode.source_id]:
                self._episodes[episode.source_id].append(episode.id)

    def _current(self, episodes: list[EpisodeId]) -> list[EpisodeId]:
        """Return those of the episodes whose notes nothing has superseded."""
        notes = self._store.read("note", self._scope, self._store.notes_of(self._scope, episodes))
        is_over = {
            note.origins[0]
            for note in notes
            if note.kind in ATOMIC_KINDS and note.superseded_by is not None
        }
        return [one for one in episodes if one not in is_over]
