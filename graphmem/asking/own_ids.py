"""Ids that the caller gave: `add(id="order-17")` is got, changed and deleted under that name."""

from collections import defaultdict
from collections.abc import Mapping
from threading import Lock

from graphmem.contracts import GraphStore
from graphmem.errors import ConfigError
from graphmem.ids import is_id
from graphmem.types import EpisodeId, ScopeKey


class OwnIds:
    """The episodes of one scope by the ids that their sources gave them.

    They are read once a state of the store, when the first id that is not graphmem's is asked for.
    """

    def __init__(self, store: GraphStore, scope: ScopeKey) -> None:
        self._store, self._scope = store, scope
        self._version = ""
        self._episodes: Mapping[str, list[EpisodeId]] = {}
        self._reading = Lock()

    def resolved(self, id_: str) -> str:
        """Return the id of the episode that has this name; the id itself if none has.

        Raises ConfigError, with their ids, if several sessions have an episode of that name.
        """
        if is_id(id_):
            return id_
        found = self._named().get(id_, [])
        if len(found) > 1:
            raise ConfigError(f"several episodes are named {id_!r}; say which: {', '.join(found)}")
        return found[0] if found else id_

    def _named(self) -> Mapping[str, list[EpisodeId]]:
        with self._reading:
            version = self._store.version_token(self._scope)
            if version != self._version:
                named: defaultdict[str, list[EpisodeId]] = defaultdict(list)
                for episode in self._store.scan("episode", self._scope):
                    if episode.source_id:
                        named[episode.source_id].append(episode.id)
                self._episodes, self._version = dict(named), version
            return self._episodes
