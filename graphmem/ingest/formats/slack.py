"""A Slack export: a folder a channel, a file a day; names of people stand in `users.json`."""

import html
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from graphmem.ingest.reading.dates import try_said_at
from graphmem.ingest.reading.fields import shown
from graphmem.ingest.reading.json_items import parse_json, read_items
from graphmem.ingest.reading.turns import Items, SourceFile, Turn
from graphmem.types import Problem

_PERSON = re.compile(r"<@(?P<id>[A-Z0-9]{2,20})(?:\|(?P<name>[^<>|]{1,80}))?>")
_CHANNEL = re.compile(r"<[#!](?:[A-Z0-9]{2,20}\|)?(?P<name>[^<>|]{1,80})>")
_LINK = re.compile(r"<(?P<address>[a-z]{2,10}:[^<>|]{1,2000})(?:\|(?P<label>[^<>]{1,400}))?>")
_SPOKEN = (None, "thread_broadcast", "bot_message", "me_message", "file_share", "file_comment")
"""The subtypes of messages that somebody wrote; the others say who joined, what was renamed."""


def read_slack(file: SourceFile) -> Items:
    """Yield the messages of one channel's day; a thread is a session of its own.

    The session is `CHANNEL DAY`, or `CHANNEL thread TIME`, the same in each day's file.
    """
    people = _people(str(_users_file(file.path)))
    left_out = 0
    for item in read_items(file):
        if isinstance(item, Problem):
            yield item
            continue
        where, value = item
        if not isinstance(value, dict) or not isinstance(value.get("text"), str):
            yield Problem(source=where, message=f"{shown(value)} is no message of Slack's export")
        elif value.get("subtype") not in _SPOKEN or not value["text"].strip():
            left_out += 1
        else:
            said_at, problem = try_said_at(_seconds(value.get("ts")), where)
            if problem:
                yield problem
            yield Turn(
                collection=file.collection,
                session=_session(file, value),
                text=_text(value["text"], people),
                source_id=value.get("client_msg_id") or str(value.get("ts") or "") or None,
                speaker=_speaker(value, people),
                said_at=said_at,
                metadata={"channel": _channel(file)},
                where=where,
            )
    if left_out:
        message = (
            f"{left_out} messages without text, or that say who joined and left, were left out"
        )
        yield Problem(source=file.label, message=message, skipped=False)


def read_slack_index(file: SourceFile) -> Items:
    """Yield a problem only: the lists of people and channels are read with the messages."""
    message = "left out: a list of people or channels of a Slack export, read with the messages"
    yield Problem(source=file.label, message=message)


def _users_file(path: Path) -> Path:
    return path.parent.parent / "users.json"


@lru_cache(maxsize=8)
def _people(path: str) -> Mapping[str, str]:
    """Return the names by id that an export's `users.json` gives; {} if there is none."""
    try:
        users = parse_json(Path(path).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    found: dict[str, str] = {}
    for user in users if isinstance(users, list) else []:
        if isinstance(user, dict) and isinstance(user.get("id"), str):
            profile = user["profile"] if isinstance(user.get("profile"), dict) else {}
            found[user["id"]] = _name(profile, user) or user["id"]
    return found


def _name(*records: Mapping[str, Any]) -> str | None:
    for key in ("display_name", "real_name", "name"):
        for record in records:
            if isinstance(record.get(key), str) and record[key].strip():
                return str(record[key]).strip()
    return None


def _speaker(value: Mapping[str, Any], people: Mapping[str, str]) -> str | None:
    profile, user = value.get("user_profile"), value.get("user")
    known = people.get(user) if isinstance(user, str) else None
    named = _name(profile) if isinstance(profile, dict) else None
    return known or named or value.get("username") or user or value.get("bot_id")


def _session(file: SourceFile, value: Mapping[str, Any]) -> str:
    thread = value.get("thread_ts")
    return f"{_channel(file)} thread {thread}" if thread else f"{_channel(file)} {file.path.stem}"


def _channel(file: SourceFile) -> str:
    return file.path.parent.name


def _seconds(stamp: object) -> object:
    """Return Slack's `1714557780.000100` as a number of seconds."""
    return float(stamp) if isinstance(stamp, str) and re.fullmatch(r"\d+\.\d+", stamp) else stamp


def _text(text: str, people: Mapping[str, str]) -> str:
    """Return a text with people, channels and links as the screen shows them."""
    named = _PERSON.sub(lambda m: "@" + (m["name"] or people.get(m["id"], m["id"])), text)
    shown_channels = _CHANNEL.sub(lambda m: "#" + m["name"], named)
    linked = _LINK.sub(
        lambda m: f"{m['label']} ({m['address']})" if m["label"] else m["address"], shown_channels
    )
    return html.unescape(linked)
