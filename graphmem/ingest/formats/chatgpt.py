"""ChatGPT's `conversations.json`: of each conversation's tree, the branch that is shown."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from graphmem.ingest.reading.dates import try_said_at
from graphmem.ingest.reading.fields import content_text, shown, take_name
from graphmem.ingest.reading.json_items import read_items
from graphmem.ingest.reading.turns import Items, SourceFile, Turn
from graphmem.types import Problem

COLLECTION = "chatgpt"
"""Conversations have ids of their own, so that a later export continues an earlier one."""
_UNSPOKEN = ("user_editable_context", "model_editable_context", "thoughts", "reasoning_recap")
"""Kinds of content that are the program's state, not said in the conversation."""


def read_chatgpt(file: SourceFile) -> Items:
    """Yield the messages of every conversation; one conversation in memory."""
    for item in read_items(file):
        if isinstance(item, Problem):
            yield item
            continue
        where, value = item
        if isinstance(value, dict) and isinstance(value.get("mapping"), dict):
            yield from _read_conversation(where, value)
        else:
            yield Problem(
                source=where,
                message=f"{shown(value)} is no ChatGPT conversation: it would have a "
                '"mapping" of its messages; export conversations.json again',
            )


def _read_conversation(where: str, value: dict[str, Any]) -> Items:
    title = take_name(value, ("title",))
    session = take_name(value, ("conversation_id", "id")) or title or where
    said_at, problem = try_said_at(value.get("create_time"), where)
    if problem:
        yield problem
    for node_id, message in _shown_branch(value["mapping"], value.get("current_node")):
        place = f"{where} {node_id}"
        text = _text(message)
        if not text.strip():
            continue
        own_time, problem = try_said_at(message.get("create_time"), place)
        if problem:
            yield problem
        said_at = own_time or said_at
        yield _turn(message, text, place, session=session, said_at=said_at, title=title)


def _turn(
    message: dict[str, Any],
    text: str,
    where: str,
    *,
    session: str,
    said_at: datetime | None,
    title: str | None,
) -> Turn:
    author = message.get("author")
    metadata = {"conversation_title": title} if title else {}
    return Turn(
        collection=COLLECTION,
        session=session,
        text=text,
        source_id=take_name(message, ("id",)),
        speaker=take_name(dict(author), ("name", "role")) if isinstance(author, dict) else None,
        said_at=said_at,
        metadata=metadata,
        where=where,
    )


def _shown_branch(mapping: dict[str, Any], current: object) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (node, message) from the root to the current node, or else to the last leaf."""
    node_id = current if isinstance(current, str) and current in mapping else _last_leaf(mapping)
    branch: list[str] = []
    seen: set[str] = set()
    while isinstance(node_id, str) and node_id in mapping and node_id not in seen:
        seen.add(node_id)
        branch.append(node_id)
        node = mapping[node_id]
        node_id = node.get("parent") if isinstance(node, dict) else None
    for name in reversed(branch):
        node = mapping[name]
        message = node.get("message") if isinstance(node, dict) else None
        if isinstance(message, dict):
            yield name, message


def _last_leaf(mapping: dict[str, Any]) -> str | None:
    leaves = [
        name
        for name, node in mapping.items()
        if isinstance(node, dict) and not node.get("children")
    ]
    return leaves[-1] if leaves else None


def _text(message: Mapping[str, Any]) -> str:
    """Return what the message says; empty for hidden ones, pictures and the program's state."""
    content, metadata = message.get("content"), message.get("metadata")
    hidden = isinstance(metadata, dict) and metadata.get("is_visually_hidden_from_conversation")
    if hidden or not isinstance(content, dict) or content.get("content_type") in _UNSPOKEN:
        return ""
    for key in ("parts", "text", "result"):
        if text := content_text(content.get(key)):
            return text
    return ""
