"""What holds for the turns of every source: a text to remember, storable characters, honest ids."""

import re
from collections import OrderedDict
from dataclasses import replace

from graphmem.ingest.reading.turns import Items, Turn
from graphmem.types import Problem

REMEMBERED_IDS = 100_000
"""How far back a repeated id is noticed; keeps a file of any size in flat memory."""

DEEPEST = 100
"""Levels of lists and objects in metadata; what is nested deeper is left out."""

FARTHEST = 2**62
"""No place in a session is as far as that, so that stores can count from any."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def checked(items: Items) -> Items:
    """Yield the turns that have text, with characters that can be stored, and what was wrong."""
    texts: OrderedDict[int, int] = OrderedDict()
    for item in items:
        if isinstance(item, Problem):
            yield item
            continue
        if not item.text or item.text.isspace():
            yield Problem(source=item.where, message="a turn without text")
            continue
        turn = _storable(item)
        if turn.position is not None and abs(turn.position) >= FARTHEST:
            message = f"the position {turn.position} cannot be; the turn stands where it was read"
            yield Problem(source=turn.where, message=message, skipped=False)
            yield replace(turn, position=None)
            continue
        if turn is not item:
            yield Problem(
                source=turn.where,
                message="what cannot be stored was replaced: NUL and half surrogate pairs by "
                "U+FFFD, numbers of over 64 bits by their digits, what is nested too deeply by …",
                skipped=False,
            )
        if turn.source_id is not None and _differs(turn, texts):
            yield Problem(
                source=turn.where,
                message=f"the id {turn.source_id!r} stands over another text before; both are kept",
                skipped=False,
            )
        yield turn


def _differs(turn: Turn, texts: OrderedDict[int, int]) -> bool:
    key = hash((turn.collection, turn.session, turn.source_id))
    text = hash(turn.text)
    known = texts.setdefault(key, text)
    if len(texts) > REMEMBERED_IDS:
        texts.popitem(last=False)
    return known != text


def _storable(turn: Turn) -> Turn:
    """Return the turn itself, or one whose characters can be written as UTF-8 and as SQL text."""
    names = (turn.text, turn.session, turn.collection, turn.source_id, turn.speaker, turn.title)
    metadata = {_clean(key): _clean_value(value, 1) for key, value in turn.metadata.items()}
    if metadata == turn.metadata and not any(map(_unstorable, filter(None, names))):
        return turn
    return replace(
        turn,
        text=_clean(turn.text),
        session=_clean(turn.session),
        collection=_clean(turn.collection),
        source_id=turn.source_id and _clean(turn.source_id),
        speaker=turn.speaker and _clean(turn.speaker),
        title=turn.title and _clean(turn.title),
        metadata=metadata,
    )


def _unstorable(text: str) -> bool:
    return "\0" in text or not (text.isascii() or _UNSTORABLE.search(text) is None)


def _clean(text: str) -> str:
    return _UNSTORABLE.sub("\ufffd", text) if _unstorable(text) else text


def _clean_value(value: object, level: int) -> object:
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, dict | list) and level == DEEPEST:
        return "…"
    if isinstance(value, dict):
        return {_clean(key): _clean_value(inner, level + 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [_clean_value(inner, level + 1) for inner in value]
    if isinstance(value, int | float) and not -(2**63) <= value < 2**63:
        return str(value)
    return value
