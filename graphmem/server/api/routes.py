"""The routes of the JSON API, made of the table of operations: arguments in, JSON out."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from graphmem.errors import GraphmemError
from graphmem.graph.records import json_value
from graphmem.server.api.arguments import of_query, read_arguments, wrong
from graphmem.server.api.failures import refusal_of
from graphmem.server.api.openapi import document_of
from graphmem.server.api.operation import Operation
from graphmem.server.api.operations import OPERATIONS
from graphmem.server.app import Part
from graphmem.server.call import memory_of
from graphmem.server.workers import Workers

ROOT = "/api/v1"
JSON = "application/json"
RECORDS = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
"""`json_value` says what records and times are; what is plain already is not walked again."""


def api_part(workers: Workers) -> Part:
    """Return the part that is the JSON API; what blocks is done by the workers."""
    routes = [
        Route(ROOT + one.path, _endpoint(one, workers), methods=[one.method]) for one in OPERATIONS
    ]
    document = document_of(OPERATIONS, ROOT)

    async def openapi(_request: Request) -> Response:
        return JSONResponse(document)

    return Part(routes=[*routes, Route(f"{ROOT}/openapi.json", openapi)])


def _endpoint(one: Operation, workers: Workers) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        memory = memory_of(request, one.name, one.right)
        given = await _arguments(request, one)

        def work() -> bytes:
            return _json(one.call(memory, **given))

        try:
            body = await workers.run(one.right, work)
        except GraphmemError as error:
            raise refusal_of(error) from None
        return Response(body, one.status, media_type=JSON)

    return answer


async def _arguments(request: Request, one: Operation) -> dict[str, Any]:
    """Return the arguments of an operation from path, query and body, each in its own place."""
    in_path = [argument for argument in one.takes if argument.in_path]
    others = [argument for argument in one.takes if not argument.in_path]
    query = [pair for pair in request.query_params.multi_items() if pair[0] != "scope"]
    given = read_arguments(in_path, request.path_params, where="path")
    if not one.in_body:
        return given | read_arguments(others, of_query(others, query), where="query")
    if query:
        raise wrong("the arguments stand in the body; the query has ?scope=NAME alone")
    return given | read_arguments(others, await _body(request), where="body")


async def _body(request: Request) -> dict[str, Any]:
    """Return the body's object; none is an empty one."""
    raw = await request.body()
    if not raw:
        return {}
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise wrong(f"the body is JSON; send Content-Type: {JSON}")
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise wrong(f"the body is no JSON: {error.msg} at {error.pos}") from None
    if not isinstance(value, dict):
        raise wrong("the body is an object: {…}")
    return value


def _json(value: object) -> bytes:
    try:
        return orjson.dumps(value, default=json_value, option=RECORDS)
    except TypeError:  # integers of more than 64 bits in what a source said
        return json.dumps(json_value(value)).encode()
