"""Data sets as their authors publish them: LongMemEval, HotpotQA, 2Wiki, MuSiQue, OASST's trees.

Read is what was said or written. Questions, answers and marks of evidence are not memory.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from graphmem.ingest.formats.json_shape import ASSISTANTS
from graphmem.ingest.reading.dates import try_said_at
from graphmem.ingest.reading.fields import shown
from graphmem.ingest.reading.json_items import read_items
from graphmem.ingest.reading.turns import Items, SourceFile, Turn
from graphmem.types import Problem


def read_longmemeval(file: SourceFile) -> Items:
    """Yield the turns of every haystack session; one that stands under two questions is one.

    Source: Wu et al. 2024, "LongMemEval: Benchmarking Chat Assistants on Long-Term Memory".
    """
    for where, record in _records(file):
        if isinstance(record, Problem):
            yield record
            continue
        sessions = record.get("haystack_sessions")
        names, dates = record.get("haystack_session_ids"), record.get("haystack_dates")
        if not isinstance(sessions, list):
            yield _no(where, record, "LongMemEval question", "haystack_sessions")
            continue
        for number, turns in enumerate(sessions):
            name = str(_nth(names, number) or f"session {number + 1}")
            said_at, problem = try_said_at(_nth(dates, number), f"{where} {name}")
            if problem:
                yield problem
            for place, turn in enumerate(turns if isinstance(turns, list) else []):
                content = turn.get("content") if isinstance(turn, dict) else None
                if not isinstance(content, str) or not content.strip():
                    continue
                yield Turn(
                    collection=file.collection,
                    session=name,
                    text=content,
                    source_id=f"{name}:{place}",
                    speaker=turn.get("role"),
                    said_at=said_at,
                    where=f"{where} {name}:{place}",
                )


def read_multihop(file: SourceFile) -> Items:
    """Yield the passages of every question's context; one that stands under two is one.

    Sources: Yang et al. 2018 (HotpotQA), Ho et al. 2020 (2WikiMultihopQA), Trivedi et al. 2022
    (MuSiQue).
    """
    for where, record in _records(file):
        if isinstance(record, Problem):
            yield record
            continue
        passages = list(_passages(record))
        if not passages:
            yield _no(where, record, "multi-hop question", "context or paragraphs")
        for title, text in passages:
            digest = hashlib.sha256(f"{title}\n{text}".encode("utf-8", "replace")).hexdigest()
            yield Turn(
                collection=file.collection,
                session=title or digest[:12],
                text=text,
                source_id=digest[:12],
                title=title or None,
                is_passage=True,
                where=where,
            )


def _passages(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (title, text) in either of the two forms that are published."""
    paragraphs = record.get("paragraphs")
    for one in paragraphs if isinstance(paragraphs, list) else []:
        text = one.get("paragraph_text") if isinstance(one, dict) else None
        if isinstance(text, str) and text.strip():
            yield str(one.get("title") or ""), text
    context = record.get("context")
    for pair in context if isinstance(context, list) else []:
        if isinstance(pair, list) and len(pair) == 2 and isinstance(pair[1], list):
            text = " ".join(str(sentence).strip() for sentence in pair[1])
            if text.strip():
                yield str(pair[0]), text


def read_oasst_tree(file: SourceFile) -> Items:
    """Yield of each tree the talk of the best reply to each message.

    Source: Köpf et al. 2023, "OpenAssistant Conversations".
    """
    for where, record in _records(file):
        if isinstance(record, Problem):
            yield record
            continue
        message = record.get("prompt")
        if not isinstance(message, dict):
            yield _no(where, record, "tree of messages", "prompt")
        while isinstance(message, dict):
            role, text = message.get("role"), message.get("text")
            if isinstance(text, str) and text.strip():
                yield Turn(
                    collection=file.collection,
                    session=str(record.get("message_tree_id") or where),
                    text=text,
                    source_id=str(message.get("message_id") or "") or None,
                    speaker=ASSISTANTS.get(str(role), str(role)) if role else None,
                    where=where,
                )
            replies = message.get("replies")
            found = [one for one in replies or [] if isinstance(one, dict)]
            message = min(found, key=_rank, default=None)


def _rank(message: dict[str, Any]) -> float:
    rank = message.get("rank")
    return float(rank) if isinstance(rank, int | float) else float("inf")


def _records(file: SourceFile) -> Iterator[tuple[str, dict[str, Any] | Problem]]:
    for item in read_items(file):
        if isinstance(item, Problem):
            yield file.label, item
        elif isinstance(item[1], dict):
            yield item[0], item[1]
        else:
            yield item[0], _no(item[0], item[1], "record", "an object")


def _no(where: str, value: object, what: str, wanted: str) -> Problem:
    return Problem(source=where, message=f"{shown(value)} is no {what}; it would have {wanted}")


def _nth(values: object, number: int) -> object:
    return values[number] if isinstance(values, list) and number < len(values) else None
