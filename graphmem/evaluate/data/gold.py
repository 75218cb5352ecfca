"""Finds the episodes that a person means by an id, a piece of text, or a place in a source."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from graphmem.evaluate.data.asked import GoldItem
from graphmem.ingest.formats.documents import SEPARATOR
from graphmem.text import fold
from graphmem.types import Episode, EpisodeId, Session, SessionId


class GoldIndex:
    """The episodes of one scope, by all that may name them."""

    def __init__(self, episodes: Iterable[Episode], sessions: Iterable[Session]) -> None:
        self.episodes = sorted(episodes, key=lambda episode: episode.order)
        self._names = {session.id: session.name for session in sessions}
        self._folded = [(fold(episode.text), episode.id) for episode in self.episodes]
        self._by_name: dict[str, list[EpisodeId]] = defaultdict(list)
        self._by_session: dict[str, list[Episode]] = defaultdict(list)
        for episode in self.episodes:
            self._by_name[episode.source_id].append(episode.id)
            self._by_name[episode.id] = [episode.id]
            self._by_session[self.session_name(episode.session_id)].append(episode)

    def session_name(self, session: SessionId) -> str:
        """Return the name of a session, empty for one that is not there."""
        return self._names.get(session, "")

    def resolve(self, item: GoldItem) -> list[EpisodeId]:
        """Return the episodes that an item may mean, in their order; none if it names nothing.

        A text is an id, the source's own name of a turn, or words as they stand in one, case and
        accents aside. `{"session": S, "turn": 3}` is the third turn of a session, and
        `{"document": FILE, "heading": H}` what stands under a heading.
        """
        if isinstance(item, Mapping):
            return self._at(item)
        named = self._by_name.get(item)
        if named:
            return named
        wanted = fold(item)
        return [id_ for text, id_ in self._folded if wanted in text] if wanted.strip() else []

    def label(self, episode: Episode) -> str:
        """Return what an episode is called in a report.

        That is the source's name of it, its session before it if others have the name too, its id
        if that is not enough.
        """
        if len(self._by_name[episode.source_id]) == 1:
            return episode.source_id
        session = self.session_name(episode.session_id)
        same = [e for e in self._by_session[session] if e.source_id == episode.source_id]
        return f"{session} {episode.source_id}" if len(same) == 1 else episode.id

    def _at(self, item: Mapping[str, object]) -> list[EpisodeId]:
        within = self._by_session.get(str(item.get("session", item.get("document"))), [])
        if "turn" in item:
            place = item["turn"]
            is_there = isinstance(place, int) and 0 < place <= len(within)
            return [within[place - 1].id] if is_there and isinstance(place, int) else []
        heading = item.get("heading")
        return [e.id for e in within if heading is None or _is_under(e, fold(str(heading)))]


def _is_under(episode: Episode, heading: str) -> bool:
    """Return whether a passage stands right under the heading."""
    return fold((episode.title or "").split(SEPARATOR)[-1]) == heading
