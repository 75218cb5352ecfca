"""Content-hash ids, a one-letter prefix a kind: same text, same place, same id, everywhere."""

import re
from collections.abc import Mapping
from hashlib import blake2b
from typing import Literal

IdKind = Literal["session", "episode", "note", "entity", "fact", "change"]

KINDS: Mapping[str, IdKind] = {
    "s": "session",
    "e": "episode",
    "n": "note",
    "t": "entity",
    "f": "fact",
    "c": "change",
}
"""The kind of record that the first letter of an id stands for."""

DIGEST_BYTES = 12
"""96 bits: a collision among a billion records of one kind has odds of about 1e-11."""


_ID = re.compile(f"[{''.join(KINDS)}][0-9a-f]{{{2 * DIGEST_BYTES}}}")


def is_id(text: str) -> bool:
    """Tell whether a text has the form of the ids that this module makes."""
    return _ID.fullmatch(text) is not None


def _digest(parts: tuple[str, ...]) -> str:
    """Hash the parts, each preceded by its length, so that no two lists of parts collide."""
    state = blake2b(digest_size=DIGEST_BYTES)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        state.update(len(raw).to_bytes(8, "little"))
        state.update(raw)
    return state.hexdigest()


ONE_BY_ONE = "notes"
"""The name of the session of turns that were added without one."""


def session_id(scope: str, collection: str, name: str) -> str:
    """Name a session by whose it is, the collection it came in, and its own name there."""
    return "s" + _digest((scope, collection, name))


def memo_session_id(scope: str) -> str:
    """Name the session of what was added without one: its turns are no talk with each other."""
    return session_id(scope, "", ONE_BY_ONE)


def episode_id(session: str, place: str, speaker: str, said_at: str, text: str) -> str:
    """Name an episode by its session, its place there, and what was said by whom and when."""
    return "e" + _digest((session, place, speaker, said_at, text))


def note_id(kind: str, session: str, origins: tuple[str, ...], text: str) -> str:
    """Name a note by its kind, its session, the episodes it came from, and its text."""
    return "n" + _digest((kind, session, *origins, text))


def entity_id(scope: str, name: str) -> str:
    """Name an entity by its scope and its normalised name."""
    return "t" + _digest((scope, name))


def fact_id(scope: str, subject: str, relation: str, object_: str) -> str:
    """Name a fact by its scope and its three normalised parts."""
    return "f" + _digest((scope, subject, relation, object_))


def change_id(*parts: str) -> str:
    """Name a change by everything it says."""
    return "c" + _digest(parts)


def text_hash(text: str) -> str:
    """Hash a text alone, to remember what was computed from it."""
    return _digest((text,))
