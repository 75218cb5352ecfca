"""A message list that a program gives: each message checked and named when it is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from graphmem.errors import InputError
from graphmem.ingest.formats.messages import Outer, read_message
from graphmem.ingest.reading.fields import shown
from graphmem.ingest.reading.given import (
    given_metadata,
    given_name,
    given_text,
    given_time,
    own_id,
)
from graphmem.ingest.reading.turns import Items, Turn
from graphmem.types import Problem

ADDED_AS_MESSAGES = "chat"
"""The session of messages that a program gives without one."""


def given_messages(
    messages: Sequence[object], *, session: object, said_at: object, metadata: object, now: datetime
) -> list[Turn | Problem]:
    """Return the turns of a list that a program gives, `[{"role": "user", "content": "…"}]`.

    Each was said when it says, else `said_at`, else `now`, and has the metadata that all have
    beside its own. A message without text (a tool call) is a problem. Raises InputError, naming its
    place, for one that is no message, and if there is no text in any.
    """
    named = None if session is None else given_name("session", session)
    shared = given_metadata(metadata)
    moment = now if said_at is None else given_time(said_at)
    items = [
        _dated(item, moment, shared, is_clock_time=said_at is None)
        for number, message in enumerate(messages)
        for item in _given_message(f"messages[{number}]", message, named)
    ]
    if not any(isinstance(item, Turn) and item.text.strip() for item in items):
        raise InputError('messages hold no text; write [{"role": "user", "content": "…"}]')
    return items


def _given_message(where: str, message: object, session: str | None) -> Items:
    if not isinstance(message, Mapping):
        raise InputError(f'{where} must be {{"role": "…", "content": "…"}}, not {shown(message)}')
    content = message.get("content")
    if not isinstance(content, str | list | None):
        raise InputError(f"{where}: content must be a str or a list of parts, not {shown(content)}")
    value = dict(message)
    outer = None if session is None else Outer(session)
    for item in read_message(where, value, outer, collection="", unnamed=ADDED_AS_MESSAGES):
        if isinstance(item, Turn):
            given_text(where, item.text)
            given_metadata(item.metadata)
            if item.source_id is not None:
                own_id(item.source_id)
        yield item


def _dated(
    item: Turn | Problem, moment: datetime, shared: dict[str, object], *, is_clock_time: bool
) -> Turn | Problem:
    """Return a turn with the time and the metadata that all of its list have."""
    if isinstance(item, Problem):
        return item
    own = item.said_at
    return replace(
        item,
        said_at=own or moment,
        is_clock_time=own is None and is_clock_time,
        metadata={**shared, **item.metadata},
    )
