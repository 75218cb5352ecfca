"""What a program passes to search and to the lists, checked and read once, as `Filters`."""

import json
from collections.abc import Mapping, Sequence, Set
from datetime import UTC, date, datetime, tzinfo
from typing import Any
from uuid import UUID

from graphmem.config import require_text, require_type
from graphmem.errors import ConfigError, InputError, did_you_mean
from graphmem.filters import OPERATORS, Condition, Filters
from graphmem.ingest import parse_as_of, parse_since
from graphmem.types import ATOMIC_KINDS, DERIVED_KINDS

When = datetime | date | str | None
"""A moment, or a day, month or year; a naive time is UTC."""
Names = str | Sequence[str] | None
"""One, or several of which one will do; None: all."""
Where = Mapping[str, Any] | Sequence[str] | None
"""`{"channel": "sms", "tag": ["work", "home"], "year": {">=": 2020, "<": 2024}}`, or as a person
types it: `"channel=sms"`, `["year>=2020", "year<2024"]`."""

_LONGEST_FIRST = sorted(OPERATORS, key=len, reverse=True)


def filters_of(
    *,
    zone: tzinfo = UTC,
    since: When,
    until: When,
    speaker: Names,
    session: Names,
    kind: Names,
    where: Where,
    archived: bool = False,
) -> Filters:
    """Return the filters that the arguments describe; a day or month in `until` counts whole.

    Raises ConfigError or InputError, naming the argument, for one that cannot be.
    """
    kinds = _names("kind", kind)
    for name in kinds:
        if name in DERIVED_KINDS:
            raise ConfigError(
                f"notes of the kind {name} are listed, not searched: list(kind={name!r}), "
                f"graphmem list --kind {name}"
            )
        if name not in ATOMIC_KINDS:
            raise ConfigError(f"no notes of the kind {name!r}; {did_you_mean(name, ATOMIC_KINDS)}")
    first = moment_of("since", since, zone=zone)
    last = moment_of("until", until, zone=zone, is_end=True)
    if first is not None and last is not None and first > last:
        raise ConfigError(f"since {first.isoformat()} is later than until {last.isoformat()}")
    return Filters(
        since=first,
        until=last,
        speakers=_names("speaker", speaker),
        sessions=_names("session", session),
        kinds=tuple(found for found in ATOMIC_KINDS if found in kinds),
        where=_conditions(where),
        archived=archived,
    )


def moment_of(
    argument: str, value: When, *, zone: tzinfo = UTC, is_end: bool = False
) -> datetime | None:
    """Return the moment that an argument says, aware UTC; of a day in a zone, its end or begin."""
    if value is None:
        return None
    written: Any = value.isoformat() if type(value) is date else value
    try:
        return parse_as_of(written, zone) if is_end else parse_since(written, zone)
    except InputError as error:
        raise InputError(f"{argument}: {error}") from None


def condition_of(text: str) -> Condition:
    """Read `channel=sms`, `year>=2020` or `draft!=true`: a number may be a text that looks so.

    Raises ConfigError for a text without an operator or a key.
    """
    places = [(text.find(sign), -len(sign), sign) for sign in _LONGEST_FIRST if sign in text]
    at, _, sign = min(places, default=(0, 0, ""))
    key, operand = text[:at].strip(), text[at + len(sign) :].strip()
    if not key:
        raise ConfigError(f"{text!r} is no condition; write KEY=VALUE, or one of !=, <, <=, >, >=")
    try:
        value = json.loads(operand)
    except ValueError:
        value = operand
    if isinstance(value, list | dict):
        value = operand
    is_either = sign in ("=", "!=") and value != operand
    return Condition(key, sign, (value, operand) if is_either else (value,))


def _names(argument: str, value: Names) -> tuple[str, ...]:
    if value is None:
        return ()
    require_type(argument, value, str | Sequence | Set)
    given = (value,) if isinstance(value, str) else tuple(value)
    for name in given:
        require_text(argument, name)
    if not given:
        raise ConfigError(f"{argument} is an empty list, which nothing can meet; leave it out")
    return given


def _conditions(where: Where) -> tuple[Condition, ...]:
    if where is None:
        return ()
    require_type("where", where, Mapping | Sequence)
    if not isinstance(where, Mapping):
        return tuple(map(condition_of, _names("where", where)))
    return tuple(one for key, value in where.items() for one in _of_key(key, value))


def _of_key(key: str, value: object) -> list[Condition]:
    require_text("a key of where", key)
    if not isinstance(value, Mapping):
        return [Condition(key, "=", _values(key, value))]
    for sign in value:
        if sign not in OPERATORS:
            raise ConfigError(f"where[{key!r}] has {sign!r}; {did_you_mean(str(sign), OPERATORS)}")
    made = [Condition(key, str(sign), _values(key, bound)) for sign, bound in value.items()]
    for one in made:
        if one.operator not in ("=", "!=") and len(one.values) != 1:
            raise ConfigError(f"where[{key!r}] {one.operator} takes one value, not a list")
    return made


def _values(key: str, value: object) -> tuple[Any, ...]:
    given = value if isinstance(value, list | tuple | set | frozenset) else [value]
    if not given:
        raise ConfigError(f"where[{key!r}] is an empty list, which nothing can meet; leave it out")
    return tuple(_json_value(key, one) for one in given)


def _json_value(key: str, value: object) -> Any:
    """Return a value as the metadata has it: dates and UUIDs are texts there."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise ConfigError(f"where[{key!r}] must be a text, a number, true, false or None")
