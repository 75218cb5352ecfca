"""What an operation takes: each argument's name, kind and bounds, and how it is read and refused.

Names and meanings are those of the verb; what a value may be beyond its kind, the verb says itself.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphmem.server.refused import RefusedError

Schema = dict[str, Any]
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_TEXTS: Schema = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_WHERE: Schema = {"oneOf": [{"type": "object"}, {"type": "array", "items": {"type": "string"}}]}
_SAID: Schema = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "object"}}]}


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, float) or _is_integer(value)


def _is_said(value: object) -> bool:
    are = isinstance(value, list) and all(isinstance(one, dict) for one in value)
    return isinstance(value, str) or are


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What values an argument has, for a reader of the document and for the server."""

    says: str
    schema: Schema
    fits: Callable[[object], bool]
    of_text: Callable[[str], Any] | None = None
    """Reads it in a query, where all is text; None: there it cannot stand."""
    several: bool = False
    """In a query it may be given several times."""


def _flag(text: str) -> object:
    return {"true": True, "false": False}.get(text, text)


def _whole(text: str) -> object:
    return int(text) if _WHOLE.fullmatch(text) else text


TEXT = Kind(
    says="a text", schema={"type": "string"}, fits=lambda v: isinstance(v, str), of_text=str
)
TEXTS = Kind(
    says="a text or a list of texts",
    schema=_TEXTS,
    fits=lambda v: isinstance(v, str) or _are_texts(v),
    of_text=str,
    several=True,
)
LIST = Kind(
    says="a list of texts",
    schema={"type": "array", "items": {"type": "string"}},
    fits=_are_texts,
)
MOMENT = Kind(
    says="an ISO 8601 day, month, year or moment",
    schema={"type": "string"},
    fits=lambda v: isinstance(v, str),
    of_text=str,
)
INTEGER = Kind(says="an integer", schema={"type": "integer"}, fits=_is_integer, of_text=_whole)
NUMBER = Kind(says="a number", schema={"type": "number"}, fits=_is_number)
FLAG = Kind(
    says="true or false",
    schema={"type": "boolean"},
    fits=lambda v: isinstance(v, bool),
    of_text=_flag,
)
OBJECT = Kind(says="an object", schema={"type": "object"}, fits=lambda v: isinstance(v, dict))
WHERE = Kind(
    says="an object, or a list of conditions such as channel=sms",
    schema=_WHERE,
    fits=lambda v: isinstance(v, dict) or _are_texts(v),
    of_text=str,
    several=True,
)
SAID = Kind(says="a text or a list of messages", schema=_SAID, fits=_is_said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One argument of an operation."""

    name: str
    kind: Kind
    doc: str
    needed: bool = False
    in_path: bool = False
    among: Sequence[str] = ()
    """The values that it may have; empty: all of its kind."""
    least: int | None = None
    most: int | None = None
    """Of a number; of a text, its characters."""

    def checked(self, value: Any) -> Any:
        """Return a value that fits. Raises RefusedError, 400, for any other."""
        if not self.kind.fits(value):
            raise wrong(f"{self.name} must be {self.kind.says}")
        if self.among and value not in self.among:
            raise wrong(f"{self.name} must be one of {', '.join(self.among)}")
        size = len(value) if isinstance(value, str) else value
        if _is_number(size) and not self._is_within(size):
            of = " characters" if isinstance(value, str) else ""
            raise wrong(f"{self.name} must be from {self.least or 0} to {self.most}{of}")
        return value

    def _is_within(self, size: float) -> bool:
        is_enough = self.least is None or size >= self.least
        return is_enough and (self.most is None or size <= self.most)


def wrong(message: str) -> RefusedError:
    """Return the refusal of an argument that cannot be."""
    return RefusedError(400, message, kind="InputError")


def read_arguments(
    arguments: Sequence[Argument], given: Mapping[str, Any], *, where: str
) -> dict[str, Any]:
    """Return what was given of some arguments; null is as if it was left out.

    Raises RefusedError, 400, for a name that is none, for one that is needed and left out, and for
    a value that does not fit.
    """
    known = {one.name: one for one in arguments}
    for name in given:
        if name not in known:
            listed = ", ".join(sorted(known)) or "nothing"
            raise wrong(f"no argument {name!r:.60} in the {where}; known: {listed}")
    for one in arguments:
        if one.needed and given.get(one.name) is None:
            raise wrong(f"{one.name} is needed in the {where}: {one.doc}")
    return {k: known[k].checked(v) for k, v in given.items() if v is not None}


def of_query(arguments: Sequence[Argument], given: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the values that a query says, by name; of what may stand there once, only one."""
    known = {one.name: one for one in arguments}
    values: dict[str, Any] = {}
    for name, text in given:
        kind = known[name].kind if name in known else TEXT
        value = text if kind.of_text is None else kind.of_text(text)
        if name not in values:
            values[name] = [value] if kind is WHERE else value
        elif not kind.several:
            raise wrong(f"{name!r:.60} stands twice in the query")
        else:
            before = values[name]
            values[name] = [*(before if isinstance(before, list) else [before]), value]
    return values
