"""What a JSON object says of the list in it: its scalars, wherever they stand."""

from contextlib import suppress
from decimal import Decimal
from typing import Any

import ijson

from graphmem.ingest.reading.fields import folded_path
from graphmem.ingest.reading.json_items import events, open_utf8
from graphmem.ingest.reading.turns import SourceFile


def outer_fields(file: SourceFile, wanted: str) -> tuple[dict[str, Any], str]:
    """Return the scalars of a file's object outside of its lists, and how a path is spelled there.

    `wanted` is the folded path of the list. The file is read through once, since a name may stand
    behind the messages.
    """
    fields: dict[str, Any] = {}
    spelled = ""
    with open_utf8(file) as stream, suppress(ijson.JSONError):  # the reader that follows says where
        for prefix, event, value in events(stream):
            if event == "start_array" and not spelled and folded_path(prefix) == wanted:
                spelled = prefix
            elif event in ("string", "number") and prefix and ".item" not in prefix:
                _put(fields, prefix, float(value) if isinstance(value, Decimal) else value)
    return fields, spelled or wanted


def _put(fields: dict[str, Any], path: str, value: object) -> None:
    *outer, last = path.split(".")
    for part in outer:
        inner = fields.setdefault(part, {})
        if not isinstance(inner, dict):
            return
        fields = inner
    fields[last] = value
