"""A line's JSON -> a record, with the type of every field checked: a file may be anybody's."""

import json
import math
from collections.abc import Mapping
from dataclasses import MISSING, fields, replace
from datetime import datetime
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from graphmem.batches import Claim, Mention, Tombstone
from graphmem.changes import CHANGEABLE, Change, EntityTarget, LinkTarget, NoteField, Target
from graphmem.errors import InputError, ScopeError
from graphmem.graph.records import Record
from graphmem.receipts import ImportReport, ProblemGroup
from graphmem.types import Episode, Link, Note, Scope, ScopeKey, Session

R = TypeVar("R", bound=Record | Target | ImportReport | ProblemGroup)

INTEGER_LIMIT = 2**63
"""What a database's whole number holds."""

MAX_DEPTH = 64
"""Levels of lists and objects in a value that may be any JSON."""

_ANYTHING = (Any, object)


def loads(raw: bytes) -> Mapping[str, Any]:
    """Return a line's JSON object. Raises InputError for all that is none."""
    try:
        line = json.loads(raw, parse_constant=_refuse_constant)
    except RecursionError:
        raise InputError("not JSON: it is nested too deeply") from None
    except ValueError as error:
        raise InputError(f"not JSON: {error}") from None
    if not isinstance(line, dict):
        raise InputError("not a JSON object")
    return line


def record_of(kind: type[R], data: object) -> R:
    """Return the record that `to_dict` took apart; fields that are absent take their default.

    Raises InputError that names the field for a type or a value that it cannot have.
    """
    types, needed = _FIELDS[kind]
    if not isinstance(data, dict):
        raise InputError(f"a {kind.__name__.lower()} is an object, not {_shown(data)}")
    absent = sorted(needed - data.keys())
    if absent:
        raise InputError(f"no field {absent[0]!r}")
    values: dict[str, Any] = {}
    for name, value in data.items():
        if name not in types:
            raise InputError(f"a field {name!r} that is not known")
        values[name] = value_of(types[name], value, name)
    return kind(**values)


def note_of(data: object) -> Note:
    """Return a note whose sentences lie in its text, one behind the other."""
    note = record_of(Note, data)
    last = 0
    for start, end in note.sentences:
        if not last <= start <= end <= len(note.text):
            raise InputError(f"a sentence ({start}, {end}) that does not lie in its text")
        last = end
    return note


def change_of(data: object) -> Change:
    """Return a change; its values are what its target can hold."""
    change = record_of(Change, data)
    types, _ = _FIELDS[Note]
    match change.target:
        case NoteField(field=field) if field not in CHANGEABLE:
            raise InputError(f"a change of {field}, which never changes")
        case NoteField(field=field):
            name, type_ = field, types[field]
        case LinkTarget():
            name, type_ = "weight", float | None
        case EntityTarget():
            name, type_ = "entity", str | None
    before, after = (value_of(type_, value, name) for value in (change.before, change.after))
    return replace(change, before=before, after=after)


def scope_of(value: object) -> ScopeKey:
    """Return a scope's key that is written as graphmem writes it."""
    key = text_of(value, "scope")
    try:
        known = Scope.parse(key).key
    except ScopeError:
        known = ScopeKey("")
    if not key or known != key:
        raise InputError(f"{_shown(key)} is no scope")
    return known


def value_of(type_: Any, value: object, name: str) -> object:
    """Return the value of a field as its type has it. Raises InputError that names the field."""
    type_ = getattr(type_, "__supertype__", type_)
    origin, args = get_origin(type_), get_args(type_)
    if type_ == Target:
        return _target_of(value)
    if origin in (Union, UnionType):
        if value is None and NoneType in args:
            return None
        (inner,) = (arg for arg in args if arg is not NoneType)
        return value_of(inner, value, name)
    if origin is Literal:
        if value not in args or not isinstance(value, str):
            raise InputError(f"{name} is one of {', '.join(args)}, not {_shown(value)}")
        return value
    if origin is tuple:
        return _tuple_of(args, value, name)
    if type_ is ProblemGroup:
        return record_of(ProblemGroup, value)
    if type_ in _ANYTHING or origin is not None:
        return _json(value, name, wanted=dict if origin is not None else None)
    return _SCALARS[type_](value, name)


def _target_of(value: object) -> Target:
    """Return what a change is of: the target that has just these fields."""
    for kind in _TARGETS:
        if isinstance(value, dict) and value.keys() == _FIELDS[kind][0].keys():
            return record_of(kind, value)
    known = "; ".join(", ".join(_FIELDS[kind][0]) for kind in _TARGETS)
    raise InputError(f"target is an object with one of these sets of fields: {known}")


def text_of(value: object, name: str) -> str:
    """Return a text that can be written to any file or server."""
    if not isinstance(value, str):
        raise InputError(f"{name} is a text, not {_shown(value)}")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InputError(f"{name} holds half a surrogate pair") from None
    if "\0" in value and name not in ("text", "context"):
        raise InputError(f"{name} holds a zero byte")
    return value


def int_of(value: object, name: str) -> int:
    """Return a whole number of 64 bits."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise InputError(f"{name} is a whole number, not {_shown(value)}")
    if not -INTEGER_LIMIT <= value < INTEGER_LIMIT:
        raise InputError(f"{name} has more than 64 bits")
    return value


def _float_of(value: object, name: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise InputError(f"{name} is a number, not {_shown(value)}")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise InputError(f"{name} is no finite number")
    return number


def _bool_of(value: object, name: str) -> bool:
    if not isinstance(value, bool):
        raise InputError(f"{name} is true or false, not {_shown(value)}")
    return value


def _time_of(value: object, name: str) -> datetime:
    text = text_of(value, name)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(f"{name} is a time, not {_shown(value)}") from None
    if moment.utcoffset() is None or moment.utcoffset() or moment.isoformat() != text:
        raise InputError(f"{name} is an aware UTC time in ISO form, not {_shown(value)}")
    return moment


_SCALARS = {str: text_of, int: int_of, float: _float_of, bool: _bool_of, datetime: _time_of}


def _tuple_of(args: tuple[Any, ...], value: object, name: str) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise InputError(f"{name} is a list, not {_shown(value)}")
    if args[-1] is Ellipsis:
        return tuple(value_of(args[0], item, name) for item in value)
    if len(value) != len(args):
        raise InputError(f"{name} holds {len(args)} values each, not {_shown(value)}")
    return tuple(value_of(arg, item, name) for arg, item in zip(args, value, strict=True))


def _json(value: object, name: str, *, wanted: type | None = None, depth: int = 0) -> object:
    """Return any JSON value that is not too deep, its numbers finite and its texts whole."""
    if wanted is not None and not isinstance(value, wanted):
        raise InputError(f"{name} is an object, not {_shown(value)}")
    if depth > MAX_DEPTH:
        raise InputError(f"{name} is nested deeper than {MAX_DEPTH} levels")
    if isinstance(value, dict):
        for key, item in value.items():
            text_of(key, name)
            _json(item, name, depth=depth + 1)
    elif isinstance(value, list):
        for item in value:
            _json(item, name, depth=depth + 1)
    elif isinstance(value, str):
        text_of(value, "text")
    elif isinstance(value, int) and not isinstance(value, bool):
        int_of(value, name)
    return value


def _fields_of(kind: type[Any]) -> tuple[dict[str, Any], frozenset[str]]:
    """Return the type of each field of a record, and the names of those that have no default."""
    types = get_type_hints(kind)
    needed = frozenset(
        field.name
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    )
    return {field.name: types[field.name] for field in fields(kind)}, needed


_TARGETS: tuple[type[Target], ...] = (NoteField, LinkTarget, EntityTarget)
_FIELDS: dict[Any, tuple[dict[str, Any], frozenset[str]]] = {
    kind: _fields_of(kind)
    for kind in (
        Session,
        Episode,
        Note,
        Mention,
        Claim,
        Link,
        Change,
        Tombstone,
        *_TARGETS,
        ImportReport,
        ProblemGroup,
    )
}


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=True)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _refuse_constant(name: str) -> float:
    raise InputError(f"{name} is no JSON number")
