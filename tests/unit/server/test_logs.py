"""What is logged of requests and of faults."""

import json
import logging

from starlette.routing import Route

from graphmem.server import Done, Part, app_of, log_request
from graphmem.server.logs import without_words
from tests.server import client_of, grant


def test_a_request_is_one_line_of_json(caplog) -> None:
    caplog.set_level(logging.INFO, logger="graphmem.server")
    log_request(Done(who="é", verb="add", right="write", scope="ana", status=201, seconds=0.0123))
    (record,) = caplog.records
    assert json.loads(record.getMessage()) == {
        "who": "é",
        "verb": "add",
        "scope": "ana",
        "status": 201,
        "ms": 12.3,
    }


def test_a_fault_is_logged_without_what_it_says() -> None:
    logger, heard = logging.getLogger("test of faults"), []
    logger.addFilter(without_words)
    handler = logging.Handler()
    handler.emit = lambda record: heard.append(handler.format(record))
    logger.addHandler(handler)
    try:
        int("Ana's secret")
    except ValueError:
        logger.exception("fault")
    logger.warning("as it is")
    assert heard[0].startswith("ValueError at test_logs.py:")
    assert "secret" not in heard[0]
    assert heard[1] == "as it is"


async def test_a_fault_is_answered_without_what_it_says_and_counted(memories, access) -> None:
    async def fails(_request):
        raise ValueError("Ana's secret")

    seen = []
    part = Part(routes=[Route("/fails", fails)])
    app = app_of(memories, access, parts=[part], watchers=[seen.append])
    async with client_of(app, access.let_in(grant("ana"))) as one:
        answer = await one.get("/fails")
    assert (answer.status_code, answer.json()["error"]["type"]) == (500, "Fault")
    assert [done.status for done in seen] == [500]
