"""Rows of a user's own for the table of JSON chats: `[[json_chats]]` in `graphmem.toml`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from reprlib import repr as short_repr
from typing import Any

from graphmem.errors import ConfigError, did_you_mean
from graphmem.ingest.formats.json_shape import JsonShape
from graphmem.ingest.reading.fields import folded_path

_NEEDED = ("name", "marks", "text")
_TEXTS = ("name", "collection")
_PATH = ("conversations", "messages", "attachments")
_PATHS = (
    "marks", "speaker", "text", "said_at", "source_id", "session", "title", "begun",
    "metadata", "valid_until",
)  # fmt: skip
_VALUES = ("keep", "drop")
_SWITCHES = ("is_joined", "is_html", "is_latin1", "is_newest_first")
_KNOWN = tuple(field.name for field in fields(JsonShape))
_EXAMPLE = 'marks = ["log.who", "log.said"]'

Row = Mapping[str, object]


def own_shapes(rows: Sequence[Row], taken: Collection[str]) -> tuple[JsonShape, ...]:
    """Return the shapes that rows say; `taken` are names of formats that no row may have.

    Paths are written as in the file, `log.saidAt`, in any case. Raises ConfigError that names the
    row and the key.
    """
    found: list[JsonShape] = []
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, Mapping):
            raise ConfigError(
                f"json_chats must be tables, not {_shown(row)}; write: [[json_chats]]"
            )
        where = f"json_chats {row.get('name') or number}"
        made = _shape(where, row)
        if made.name in (*taken, *(shape.name for shape in found)):
            raise ConfigError(
                f"{where}: there is a format {made.name!r} already; name it otherwise"
            )
        found.append(made)
    return tuple(found)


def _shape(where: str, row: Row) -> JsonShape:
    for key in row:
        if key not in _KNOWN:
            raise ConfigError(f"{where}: unknown key {key!r}; {did_you_mean(key, _KNOWN)}")
    for key in _NEEDED:
        if not row.get(key):
            raise ConfigError(f"{where}: {key} is missing; a row needs {', '.join(_NEEDED)}")
    said: dict[str, Any] = {"speaker": (), "said_at": ()}
    said |= {key: _value(where, key, value) for key, value in row.items()}
    return JsonShape(**said)


def _value(where: str, key: str, value: object) -> object:
    if key in _SWITCHES:
        if not isinstance(value, bool):
            raise _wrong(where, key, value, "true or false", f"{key} = true")
        return value
    if key in _TEXTS:
        return _text(where, key, value)
    if key in _PATH:
        return folded_path(_text(where, key, value))
    if key in _PATHS:
        return tuple(map(folded_path, _texts(where, key, value, _EXAMPLE)))
    if key == "people":
        return _people(where, value)
    if key == "drop_prefixes":
        return tuple(_texts(where, key, value, 'drop_prefixes = ["/"]'))
    return _table(where, key, value)


def _people(where: str, value: object) -> tuple[str, ...]:
    """Return the paths to a list of people, in one of them to an id, and to a name."""
    wanted = "three paths: of the list, of an id, of a name"
    example = 'people = ["crew", "id", "nick"]'
    if not isinstance(value, list | tuple) or len(value) != 3:
        raise _wrong(where, "people", value, wanted, example)
    return tuple(map(folded_path, _texts(where, "people", value, example)))


def _table(where: str, key: str, value: object) -> Mapping[str, object]:
    example = 'roles = { bot = "assistant" }' if key == "roles" else 'keep = { kind = ["said"] }'
    if not isinstance(value, Mapping):
        raise _wrong(where, key, value, "a table", example)
    if key == "roles":
        return {one.lower(): _text(where, f"{key}.{one}", to) for one, to in value.items()}
    return {
        folded_path(path): tuple(wanted) if isinstance(wanted, list) else (wanted,)
        for path, wanted in value.items()
    }


def _text(where: str, key: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _wrong(where, key, value, "a text", f'{key} = "…"')
    return value


def _texts(where: str, key: str, value: object, example: str) -> list[str]:
    """Return a list of texts; one text alone is a list of it."""
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list | tuple) or not all(
        isinstance(one, str) and one for one in given
    ):
        raise _wrong(where, key, value, "a text or a list of texts", example)
    return list(given)


def _wrong(where: str, key: str, value: object, wanted: str, example: str) -> ConfigError:
    return ConfigError(f"{where}: {key} must be {wanted}, not {_shown(value)}; write: {example}")


def _shown(value: object) -> str:
    return f"{short_repr(value):.60}"
