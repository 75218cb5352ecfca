"""The OpenAPI document of the operations: made of the same table, so it says what is there."""

import re
import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

import graphmem
from graphmem.server.api.arguments import Argument, Schema
from graphmem.server.api.operation import Operation

ERROR: Schema = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["type", "message"],
            "properties": {"type": {"type": "string"}, "message": {"type": "string"}},
        }
    },
}
REFUSALS = {
    "400": "An argument that cannot be; the message says the cure.",
    "401": "No token that is known.",
    "403": "Another scope, or a right that the token does not have.",
    "404": "An id that names nothing in this scope.",
    "409": "Later changes depend on it.",
    "413": "A body that is too large.",
    "429": "Too many requests; Retry-After says when to ask again.",
    "503": "The store is busy; Retry-After says when to ask again.",
    "504": "It took too long.",
}
_PLAIN: Mapping[Any, Schema] = {
    str: {"type": "string"}, int: {"type": "integer"}, float: {"type": "number"},
    bool: {"type": "boolean"}, type(None): {"type": "null"}, Any: {}, object: {},
    datetime: {"type": "string", "format": "date-time"},
}  # fmt: skip


def document_of(operations: Sequence[Operation], root: str) -> dict[str, Any]:
    """Return the document of some operations whose paths stand below a root."""
    schemas: dict[str, Schema] = {"Error": ERROR}
    paths: dict[str, dict[str, Any]] = {}
    for one in operations:
        paths.setdefault(root + one.path, {})[one.method.lower()] = _operation(one, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "graphmem",
            "version": graphmem.__version__,
            "description": "Long-term memory for applications that talk. `scope` in the query says "
            "whose memory; a token for one scope need not say it.",
        },
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": dict(sorted(schemas.items())),
        },
    }


def _operation(one: Operation, schemas: dict[str, Schema]) -> dict[str, Any]:
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    answer = {"application/json": {"schema": schema_of(one.answers, schemas)}}
    told: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.doc,
        "x-graphmem-right": one.right,
        "parameters": list(_parameters(one)),
        "responses": {
            str(one.status): {"description": "What was asked.", "content": answer},
            **{
                status: {"description": said, "content": error} for status, said in REFUSALS.items()
            },
        },
    }
    if one.in_body:
        inside = [argument for argument in one.takes if not argument.in_path]
        body = {"application/json": {"schema": _object(inside)}}
        told["requestBody"] = {"required": any(a.needed for a in inside), "content": body}
    return told


def _parameters(one: Operation) -> Iterator[dict[str, Any]]:
    scope = {"type": "string"}
    yield {"name": "scope", "in": "query", "description": "Whose memory.", "schema": scope}
    for argument in one.takes:
        if argument.in_path or not one.in_body:
            yield {
                "name": argument.name,
                "in": "path" if argument.in_path else "query",
                "required": argument.needed,
                "description": argument.doc,
                "schema": _bounded(argument),
            }


def _object(arguments: Sequence[Argument]) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [one.name for one in arguments if one.needed],
        "properties": {one.name: _bounded(one) | {"description": one.doc} for one in arguments},
    }


def _bounded(one: Argument) -> Schema:
    """Return the schema of an argument with its bounds."""
    made = dict(one.kind.schema)
    is_text = made.get("type") == "string"
    least, most = ("minLength", "maxLength") if is_text else ("minimum", "maximum")
    if "type" in made and one.least is not None:
        made[least] = one.least
    if "type" in made and one.most is not None:
        made[most] = one.most
    if one.among:
        made["enum"] = list(one.among)
    return made


def schema_of(type_: Any, schemas: dict[str, Schema]) -> Schema:
    """Return the schema of a type; records get one of their own, which it names."""
    supertype = getattr(type_, "__supertype__", None)
    if supertype is not None:  # NewType
        return schema_of(supertype, schemas)
    if type_ in _PLAIN:
        return dict(_PLAIN[type_])
    origin, inside = get_origin(type_), get_args(type_)
    if origin in (Union, types.UnionType):
        return {"anyOf": [schema_of(one, schemas) for one in inside]}
    if origin is Literal:
        return {"enum": list(inside)}
    if origin in (tuple, list):
        return _array(origin, inside, schemas)
    if is_dataclass(type_) and isinstance(type_, type):
        return _record(type_, schemas)
    if is_typeddict(origin or type_):
        return _typed(origin or type_, inside, schemas)
    return {"type": "object"}


def _array(origin: Any, inside: tuple[Any, ...], schemas: dict[str, Schema]) -> Schema:
    if origin is tuple and Ellipsis not in inside:
        return {"type": "array", "prefixItems": [schema_of(one, schemas) for one in inside]}
    return {"type": "array", "items": schema_of(inside[0], schemas)}


def _record(type_: type, schemas: dict[str, Schema]) -> Schema:
    name = type_.__name__
    if name not in schemas:
        schemas[name] = {}  # a record may hold its like
        hints = get_type_hints(type_)
        schemas[name] = {
            "type": "object",
            "description": re.split(r"\n\n", type_.__doc__ or "")[0],
            "required": [field.name for field in fields(type_)],
            "properties": {f.name: schema_of(hints[f.name], schemas) for f in fields(type_)},
        }
    return {"$ref": f"#/components/schemas/{name}"}


def _typed(type_: Any, inside: tuple[Any, ...], schemas: dict[str, Schema]) -> Schema:
    hints = get_type_hints(type_)
    given = dict(zip(getattr(type_, "__parameters__", ()), inside, strict=False))

    def filled(hint: Any) -> Any:
        of = get_args(hint)[:1]
        return types.GenericAlias(list, (given[of[0]],)) if of and of[0] in given else hint

    return {
        "type": "object",
        "required": list(hints),
        "properties": {name: schema_of(filled(hint), schemas) for name, hint in hints.items()},
    }
