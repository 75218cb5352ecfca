"""What a search found -> hits: each note with its episodes and sessions, as the store has them."""

from collections.abc import Sequence

from graphmem.contracts import GraphStore
from graphmem.retrieve.found import Found
from graphmem.types import Episode, Hit, Note, ScopeKey, Session


def hits_of(found: Sequence[Found], store: GraphStore, scope: ScopeKey) -> list[Hit]:
    """Read what was found in three statements, however much it is; ranks count from 1."""
    notes: list[Note] = store.read("note", scope, [one.note for one in found])
    origins = [origin for note in notes for origin in note.origins]
    episodes: list[Episode] = store.read("episode", scope, origins)
    sessions: list[Session] = store.read("session", scope, [e.session_id for e in episodes])
    hits: list[Hit] = []
    begin = 0
    for rank, (one, note) in enumerate(zip(found, notes, strict=True), 1):
        own = slice(begin, begin + len(note.origins))
        hits.append(
            Hit(
                rank=rank,
                score=one.score,
                note=note,
                episodes=tuple(episodes[own]),
                sessions=tuple(sessions[own]),
                why=one.why,
                paths=one.paths,
            )
        )
        begin = own.stop
    return hits
