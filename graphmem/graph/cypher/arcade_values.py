"""ArcadeDB's values -> plain ones: nodes and relationships as dicts, times as ISO text."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from graphmem.graph.cypher.answer import time_text

Convert = Callable[[Any], Any]
"""Turns a Java map into a dict of Python values."""


def plain(value: Any, convert: Convert) -> Any:
    """Return a value of a result, all the way down, as JSON can hold it."""
    if value is None or type(value) in (bool, int, float, str):
        return value
    if isinstance(value, datetime):
        return time_text(value.isoformat())
    if isinstance(value, Mapping):
        return {str(key): plain(item, convert) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, convert) for item in value]
    if hasattr(value, "toAlternatingList"):  # a path
        return [plain(step, convert) for step in value.toAlternatingList()]
    if hasattr(value, "getTypeName") and hasattr(value, "propertiesAsMap"):
        return _record(value, convert)
    return time_text(str(value))


def _record(value: Any, convert: Convert) -> dict[str, Any]:
    """Return a node, or a relationship, which alone has an end (`getIn`)."""
    properties = convert(value.propertiesAsMap())
    shown = {str(name): plain(properties[name], convert) for name in sorted(properties)}
    if hasattr(value, "getIn"):
        return {"type": str(value.getTypeName()), "properties": shown}
    return {"labels": sorted(str(value.getTypeName()).split("~")), "properties": shown}
