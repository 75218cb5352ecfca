"""GraphmemChatMessageHistory: the messages of one session, kept as a memory's turns."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from langchain_core.chat_history import BaseChatMessageHistory
from langchain_core.messages import AIMessage, BaseMessage, message_to_dict, messages_from_dict

from graphmem.config import require_text
from graphmem.errors import InputError, MissingRecordError
from graphmem.ids import session_id
from graphmem.ingest import Turn
from graphmem.memory import Memory
from graphmem.types import Episode, SessionId

KEPT_AS = "langchain"
"""The key of an episode's metadata that holds the message whole."""

SPEAKERS = {"human": "user", "ai": "assistant"}
"""Who speaks, by a message's type; the other types speak under their own name."""

NO_TEXT = "(no text)"
PAGE = 1_000
BEFORE_ALL = ("", -(2**62), "")
"""No episode of a session stands before it."""


class GraphmemChatMessageHistory(BaseChatMessageHistory):
    """One session's messages, each a turn that `search` finds.

    What is read back equals what was added: the tool calls, ids and parts too. It may be used from
    the threads of a pool. `clear` erases the session for good.
    """

    def __init__(self, memory: Memory, session: str) -> None:
        super().__init__()
        require_text("session", session)
        self._memory, self._session = memory, session

    @property
    def messages(self) -> list[BaseMessage]:  # type: ignore[override]  # the base has a field
        """The messages in their order; a turn that no message brought is one of its speaker's."""
        return messages_from_dict([_message_of(episode) for episode in self._episodes()])

    def add_messages(self, messages: Sequence[BaseMessage]) -> None:
        """Remember messages, said now, in their order.

        Raises InputError, and remembers nothing, for a message that JSON cannot hold.
        """
        now = self._memory.now()
        turns = [_turn_of(message, self._session, now) for message in messages]
        self._memory.ingest_turns(turns, restore=True)

    def clear(self) -> None:
        """Erase the session and all that came from it alone; that there is none is no error."""
        with suppress(MissingRecordError):
            self._memory.delete_session(self._id)

    @property
    def _id(self) -> SessionId:
        return SessionId(session_id(self._memory.scope.key, "", self._session))

    def _episodes(self) -> Iterator[Episode]:
        """Yield the session's episodes in their order, a page at a time."""
        store, scope = self._memory.store, self._memory.scope.key
        order, seen = BEFORE_ALL, 0
        while page := store.neighbours(scope, self._id, order, before=0, after=PAGE)[seen:]:
            yield from page
            order, seen = page[-1].order, 1


def _turn_of(message: BaseMessage, session: str, now: datetime) -> Turn:
    try:
        whole = json.dumps(message_to_dict(message))
    except (TypeError, ValueError) as error:
        raise InputError(
            f"the message {message!r:.80} is not what JSON can hold: {error}"
        ) from None
    return Turn(
        collection="",
        session=session,
        text=_text_of(message),
        speaker=SPEAKERS.get(message.type, message.type),
        said_at=now,
        metadata={KEPT_AS: whole},
        where="add_messages",
    )


def _text_of(message: BaseMessage) -> str:
    """Return what is searched of a message: its text, else the calls of tools that it makes."""
    text = str(message.text)
    if text.strip():
        return text
    calls = message.tool_calls if isinstance(message, AIMessage) else []
    return " ".join(f"{call['name']}({json.dumps(call['args'])})" for call in calls) or NO_TEXT


def _message_of(episode: Episode) -> dict[str, Any]:
    """Return an episode's message as LangChain writes it down."""
    if isinstance(whole := episode.metadata.get(KEPT_AS), str):
        message: dict[str, Any] = json.loads(whole)
        return message
    kind = "ai" if episode.speaker == SPEAKERS["ai"] else "human"
    return {"type": kind, "data": {"content": episode.text, "type": kind}}
