"""LoCoMo conversations: sessions of two speakers with dates, dialogue ids and picture captions.

Only `conversation` is memory. The questions, and the observations and summaries that a model wrote
from the whole, are not what was said.

Source: Maharana et al. 2024, "Evaluating Very Long-Term Conversational Memory of LLM Agents".
"""

import re
from typing import Any

from graphmem.ingest.reading.dates import try_said_at
from graphmem.ingest.reading.fields import shown, take_name
from graphmem.ingest.reading.json_items import read_items
from graphmem.ingest.reading.turns import Items, SourceFile, Turn
from graphmem.types import Problem

SESSION = re.compile(r"session_([0-9]{1,9})")
_RENAMED = {"blip_caption": "caption", "query": "image_query", "img_url": "image_urls"}


def read_locomo(file: SourceFile) -> Items:
    """Yield the turns of every conversation, session by session; one conversation in memory."""
    number = 0
    for item in read_items(file):
        if isinstance(item, Problem):
            yield item
            continue
        where, value = item
        number += 1
        record = value if isinstance(value, dict) else {}
        talk = record.get("conversation", record)
        if not isinstance(talk, dict) or not any(SESSION.fullmatch(key) for key in talk):
            yield Problem(
                source=where,
                message=f"{shown(value)} is no LoCoMo conversation; it would be "
                '{"sample_id": "…", "conversation": {"session_1": […]}}',
            )
            continue
        yield from _read_conversation(str(record.get("sample_id") or f"conv-{number}"), where, talk)


def _read_conversation(name: str, where: str, talk: dict[str, Any]) -> Items:
    found = [match for key in talk if (match := SESSION.fullmatch(key))]
    for session in (match[0] for match in sorted(found, key=lambda match: int(match[1]))):
        said_at, problem = try_said_at(talk.get(f"{session}_date_time"), f"{where} {session}")
        if problem:
            yield problem
        turns = talk[session] if isinstance(talk[session], list) else [talk[session]]
        for number, value in enumerate(turns, start=1):
            place = f"{where} {session}:{number}"
            text = value.pop("text", None) if isinstance(value, dict) else None
            if not isinstance(text, str):
                yield Problem(source=place, message=f"{shown(value)} is no turn: it has no text")
                continue
            metadata = {_RENAMED.get(key, key): value[key] for key in value}
            source_id = take_name(metadata, ("dia_id",))
            yield Turn(
                collection=name,
                session=session,
                text=text if text.strip() else str(metadata.get("caption") or ""),
                source_id=source_id,
                speaker=take_name(metadata, ("speaker",)),
                said_at=said_at,
                metadata=metadata,
                where=f"{where} {source_id}" if source_id else place,
            )
