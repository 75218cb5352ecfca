"""Which items and namespaces an operation means: filters on values, prefixes and suffixes."""

from collections.abc import Callable, Mapping, Sequence
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from langgraph.store.base import ListNamespacesOp

from graphmem.errors import did_you_mean
from graphmem.integrations.langgraph.namespaces import Namespace

ORDERS: Mapping[str, Callable[[Any, Any], bool]] = {"$gt": gt, "$gte": ge, "$lt": lt, "$lte": le}
OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {"$eq": eq, "$ne": ne, **ORDERS}

ANY_LABEL = "*"


def checked_filter(conditions: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Return the conditions of a search. Raises ValueError for an operator that there is not."""
    for condition in (conditions or {}).values():
        for name in _operators(condition):
            if name not in OPERATORS:
                raise ValueError(f"no filter {name!r}; {did_you_mean(name, OPERATORS)}")
    return conditions or {}


def meets(value: Mapping[str, Any], conditions: Mapping[str, Any]) -> bool:
    """Tell whether a value meets all conditions; a key is `level` or, inside, `user.level`.

    A condition is a value, a dict of operators, or a dict of conditions on what is inside. What is
    missing meets no condition, and is neither before nor behind anything.
    """
    return all(_met(*_found(value, key), condition) for key, condition in conditions.items())


def _found(value: Mapping[str, Any], key: str) -> tuple[bool, Any]:
    """Return whether something stands under a key, and what; the key itself goes first."""
    if key in value:
        return True, value[key]
    inside: Any = value
    for part in key.split("."):
        if not isinstance(inside, Mapping) or part not in inside:
            return False, None
        inside = inside[part]
    return True, inside


def _met(is_there: bool, found: Any, condition: Any) -> bool:
    if not is_there:
        return False
    if operators := _operators(condition):
        return all(_compared(name, found, condition[name]) for name in operators)
    if isinstance(condition, Mapping) and isinstance(found, Mapping):
        return meets(found, condition)
    return _same(found, condition)


def _compared(operator: str, found: Any, bound: Any) -> bool:
    """Compare numbers with numbers and texts with texts; nothing else has an order."""
    if operator in ORDERS:
        kinds = _kind(found), _kind(bound)
        return kinds[0] == kinds[1] in ("number", "text") and ORDERS[operator](found, bound)
    return _same(found, bound) == (operator == "$eq")


def _same(found: Any, wanted: Any) -> bool:
    """Tell whether two values are equal as JSON knows them: `true` is not 1."""
    return _kind(found) == _kind(wanted) and bool(found == wanted)


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "list"
    return "text" if isinstance(value, str) else type(value).__name__


def _operators(condition: object) -> list[str]:
    if not isinstance(condition, Mapping):
        return []
    return [name for name in condition if isinstance(name, str) and name.startswith("$")]


def is_under(namespace: Namespace, prefix: Namespace) -> bool:
    """Tell whether a namespace begins with whole labels."""
    return namespace[: len(prefix)] == tuple(prefix)


def listed(found: set[Namespace], op: ListNamespacesOp) -> list[Namespace]:
    """Return the namespaces that an operation asks for, sorted, each once."""
    kept = {
        namespace
        for namespace in found
        if all(
            _fits(namespace, one.path, is_prefix=one.match_type == "prefix")
            for one in op.match_conditions or ()
        )
    }
    if op.max_depth is not None:
        kept = {namespace[: op.max_depth] for namespace in kept}
    return sorted(kept)[op.offset : op.offset + op.limit]


def _fits(namespace: Namespace, path: Sequence[str], *, is_prefix: bool) -> bool:
    if len(namespace) < len(path):
        return False
    part = namespace[: len(path)] if is_prefix else namespace[len(namespace) - len(path) :]
    return all(wanted in (ANY_LABEL, label) for label, wanted in zip(part, path, strict=True))
