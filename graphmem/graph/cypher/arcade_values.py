"""ArcadeDB's values -> plain ones: nodes and relationships as dicts, times as ISO text."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from graphmem.graph.cypher.answer import time_text


def plain(value: Any) -> Any:
    """Return a value of a result, all the way down, as JSON can hold it."""
    if value is None or type(value) in (bool, int, float, str):
        return value
    if isinstance(value, datetime):
        return time_text(value.isoformat())
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if hasattr(value, "toAlternatingList"):
        return [plain(step) for step in value.toAlternatingList()]
    if hasattr(value, "getTypeName") and hasattr(value, "propertiesAsMap"):
        return _record(value)
    return time_text(str(value))


def _record(value: Any) -> dict[str, Any]:
    from arcadedb_embedded.type_conversion import convert_java_to_python

    properties = convert_java_to_python(value.propertiesAsMap())
    shown = {str(name): plain(properties[name]) for name in sorted(properties)}
    if hasattr(value, "getIn"):
        return {"type": str(value.getTypeName()), "properties": shown}
    return {"labels": sorted(str(value.getTypeName()).split("~")), "properties": shown}
