"""ChatGPT's `conversations.json`: of each conversation's tree, the branch that is shown."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from graphmem.ingest.reading.dates import try_said_at
from graphmem.ingest.reading.fields import content_text, shown, take_name
from graphmem.ingest.reading.json_items import parse_json, read_items
from graphmem.ingest.reading.turns import Items, SourceFile, Turn
from graphmem.types import Problem

COLLECTION = "chatgpt"
"""Conversations have ids of their own, so that a later export continues an earlier one."""
_SPOKEN = ("text", "multimodal_text", None)
"""Kinds of content that stand on the screen as somebody's words; the others are code, what tools
gave, what was read, and the program's state."""
_MARK = re.compile(
    "(?P<space>\\s?)\ue200(?P<kind>\\w{1,40})\ue202(?P<inside>[^\ue200\ue201]{0,4000})\ue201"
)
"""What the screen shows as a link or a number, in signs of private use."""
_SOURCE = re.compile(r"\s?【\d+(?::\d+)?†[^】]{0,200}】")


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
    if value.get("is_do_not_remember"):
        left_out = "a conversation that is not to be remembered, by its owner's wish, was left out"
        yield Problem(source=where, message=left_out, skipped=False)
        return
    title = take_name(value, ("title",))
    session = take_name(value, ("conversation_id", "id")) or title or where
    said_at, problem = try_said_at(value.get("create_time"), where)
    if problem:
        yield problem
    branch, missing = _shown_branch(value["mapping"], value.get("current_node"))
    if missing is not None:
        cut = f"the message {missing!r} is not in the export; what stood before it is missing"
        yield Problem(source=where, message=cut, skipped=False)
    for node_id, message in branch:
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


def _shown_branch(
    mapping: dict[str, Any], current: object
) -> tuple[list[tuple[str, dict[str, Any]]], str | None]:
    """Return (node, message) from the root to the current node, or else to the last leaf.

    With it the id of a parent that is not there, so that the branch begins in the middle.
    """
    node_id = current if isinstance(current, str) and current in mapping else _last_leaf(mapping)
    branch: list[tuple[str, dict[str, Any]]] = []
    seen: set[str] = set()
    while isinstance(node_id, str) and node_id in mapping and node_id not in seen:
        seen.add(node_id)
        node = mapping[node_id]
        message = node.get("message") if isinstance(node, dict) else None
        if isinstance(message, dict):
            branch.append((node_id, message))
        node_id = node.get("parent") if isinstance(node, dict) else None
    is_cut = isinstance(node_id, str) and node_id not in mapping
    return branch[::-1], node_id if is_cut else None


def _last_leaf(mapping: dict[str, Any]) -> str | None:
    leaves = [
        name
        for name, node in mapping.items()
        if isinstance(node, dict) and not node.get("children")
    ]
    return leaves[-1] if leaves else None


def _text(message: Mapping[str, Any]) -> str:
    """Return what the screen shows of a message; empty for what it does not show."""
    content, metadata, author = (message.get(key) for key in ("content", "metadata", "author"))
    hidden = isinstance(metadata, dict) and metadata.get("is_visually_hidden_from_conversation")
    role = author.get("role") if isinstance(author, dict) else None
    to_tool = message.get("recipient") not in (None, "all")
    if hidden or to_tool or role == "tool" or not isinstance(content, dict):
        return ""
    if content.get("content_type") not in _SPOKEN:
        return ""
    text = content_text(content.get("parts")) or content_text(content.get("text")) or ""
    return _SOURCE.sub("", _MARK.sub(_shown_mark, text))


def _shown_mark(mark: re.Match[str]) -> str:
    """Return the words that a mark shows: the name of a thing; nothing of a citation."""
    if mark["kind"] != "entity":
        return ""
    try:
        parts = parse_json(mark["inside"])
    except ValueError:
        return ""
    words = parts[1] if isinstance(parts, list) and len(parts) > 1 else ""
    return f"{mark['space']}{words}"
