"""Fitted tables as they ship: JSON files beside the code that reads them, all of one format."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from graphmem.errors import ConfigError

FORMAT = 1
"""Of the tables that this code reads and `graphmem evaluate tune` writes."""


@cache
def shipped_table(package: str, name: str) -> Mapping[str, Any]:
    """Return the table `name` of a package's folder `tables`; ConfigError for another format."""
    text = files(package).joinpath("tables", name).read_text(encoding="utf-8")
    return checked_table(json.loads(text), name)


def checked_table(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return a table as it is; ConfigError if it is of another format."""
    if table.get("format") != FORMAT:
        raise ConfigError(
            f"{name} has format {table.get('format')!r}, this graphmem reads {FORMAT}; "
            "type: graphmem evaluate tune DATA"
        )
    return table
