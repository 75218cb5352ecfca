"""Record <-> dict of JSON values, and one canonical text for each dict."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from graphmem.batches import Claim, Mention, Tombstone
from graphmem.changes import Change
from graphmem.contracts import RecordKind
from graphmem.receipts import ImportReport, ProblemGroup
from graphmem.types import Entity, Episode, Fact, Link, Note, Session

Record = Session | Episode | Note | Mention | Claim | Entity | Fact | Link | Change | Tombstone
KEYED_BY_NOTE: frozenset[RecordKind] = frozenset({"mention", "claim", "vector", "token"})
"""The kinds that `scan` yields as (note id, records)."""

TIMES = frozenset(
    {"said_at", "placed_at", "valid_from", "valid_until", "written_at", "at", "deleted_at"}
)
"""The fields that hold a moment, in whatever record."""

JSON_VALUES = frozenset({"metadata", "before", "after"})
"""The fields that hold any JSON value; lists in them stay lists."""

LATER = frozenset(
    {
        "utc_offset",
        "placed_at",
        "pinned",
        "archived",
        "probes",
        "shown",
        "evolved_by",
        "same_as",
        "evidence",
        "depends_on",
    }
)
"""Fields that came after the first stores: without them a record is written as it always was, so
that its dump is what it was, and an older graphmem reads its export."""


def time_text(moment: datetime | None) -> str | None:
    """Return a moment as ISO text; texts of UTC moments sort as the moments do."""
    return moment.isoformat() if moment is not None else None


def read_time(text: str | None) -> datetime | None:
    """Read `time_text` back."""
    return datetime.fromisoformat(text) if text is not None else None


def to_dict(record: Record) -> dict[str, Any]:
    """Return a record's fields as JSON values: times as ISO text, tuples as lists.

    A field of `LATER` is left out where it says nothing.
    """
    values = {field.name: json_value(getattr(record, field.name)) for field in fields(record)}
    return {k: v for k, v in values.items() if v or k not in LATER}


def json_value(value: object) -> object:
    """Return a value as a JSON value: records as dicts, all the way down."""
    if value is None or isinstance(value, str | int | float):  # nearly all: asked first
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [json_value(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): json_value(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: json_value(getattr(value, field.name)) for field in fields(value)}
    return value


def canonical(data: object) -> str:
    """Return JSON values as one line; equal values give equal lines."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def imports_text(reports: Iterable[ImportReport]) -> str:
    """Return what a store keeps of imports as one line."""
    return canonical([json_value(report) for report in reports])


def read_imports(text: str | None) -> tuple[ImportReport, ...]:
    """Read `imports_text` back; None: nothing is kept."""
    return tuple(_import_of(data) for data in json.loads(text or "[]"))


def _import_of(data: dict[str, Any]) -> ImportReport:
    groups = (
        ProblemGroup(**{**group, "places": tuple(group["places"])})
        for group in data.pop("problem_groups")
    )
    at = datetime.fromisoformat(data.pop("at"))
    return ImportReport(**data, at=at, problem_groups=tuple(groups))
