"""The guard: nobody comes in who may not, nothing that is too large, nothing takes too long."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.responses import JSONResponse
from starlette.routing import Route

from graphmem.server import Part, app_of
from graphmem.server.guard import Limits
from tests.server import grant
from tests.unit.server.notes import NOTES


async def test_whoever_has_no_token_or_a_wrong_one_is_refused(client, access) -> None:
    access.let_in(grant("ana"))
    for token in (None, "wrong", ""):
        async with client(token=token) as one:
            for path in ("/notes", "/", "/nothing", "/healthz/", "//healthz"):
                answer = await one.get(path)
                assert answer.status_code == 401
                assert "bees" not in answer.text


async def test_a_token_is_for_its_scopes_and_its_right(client, access) -> None:
    async with client(token=access.let_in(grant("ana"))) as one:
        assert (await one.get("/notes")).json() == ["Ana keeps bees."]
        assert (await one.get("/notes?scope=ben")).status_code == 403
        assert (await one.post("/notes")).status_code == 403
    async with client(token=access.let_in(grant("ana", may="write"))) as one:
        assert (await one.post("/notes")).status_code == 200


async def test_a_token_is_refused_as_soon_as_it_is_revoked(client, tokens, tmp_path) -> None:
    from graphmem.contracts import utc_now

    tokens.add("gm_1", name="phone", scopes=["ana"], may="read", at=utc_now())
    async with client(token="gm_1") as one:
        assert (await one.get("/notes")).status_code == 200
        tokens.revoke("phone")
        assert (await one.get("/notes")).status_code == 401


async def test_a_file_of_tokens_that_others_can_read_lets_nobody_in(client, tokens) -> None:
    from graphmem.contracts import utc_now

    tokens.add("gm_1", name="phone", scopes=["ana"], may="read", at=utc_now())
    tokens.path.chmod(0o644)
    async with client(token="gm_1") as one:
        answer = await one.get("/notes")
    assert (answer.status_code, answer.json()["error"]["type"]) == (503, "ConfigError")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Content-Length": "-1"}, 413),
    ],
)
async def test_a_foreign_host_or_origin_is_refused_with_the_right_token_too(
    client, access, headers: dict[str, str], status: int
) -> None:
    async with client(token=access.let_in(grant("ana"))) as one:
        assert (await one.get("/notes", headers=headers)).status_code == status


async def test_an_answer_says_that_nobody_keeps_or_frames_it(client, access) -> None:
    async with client(token=access.let_in(grant("ana"))) as one:
        for path in ("/notes", "/nothing"):
            headers = (await one.get(path)).headers
            assert headers["cache-control"] == "no-store"
            assert headers["x-content-type-options"] == "nosniff"


async def test_a_body_that_is_too_large_is_refused_whether_it_says_so_or_not(
    client, access, memories
) -> None:
    app = app_of(memories, access, parts=[NOTES], limits=Limits(body=1_000))

    async def parts() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * 100

    async with client(app, access.let_in(grant("ana", may="write"))) as one:
        assert (await one.post("/notes", content=b"x" * 1_000)).status_code == 200
        assert (await one.post("/notes", content=b"x" * 1_001)).status_code == 413
        assert (await one.post("/notes", content=parts())).status_code == 413


async def test_what_takes_too_long_is_given_up(client, access, memories) -> None:
    async def never(_request):
        await asyncio.Event().wait()
        return JSONResponse(None)

    part = Part(routes=[Route("/never", never)])
    app = app_of(memories, access, parts=[part], limits=Limits(seconds=0.05))
    async with client(app, access.let_in(grant("ana"))) as one:
        answer = await one.get("/never")
    assert (answer.status_code, answer.json()["error"]["type"]) == (504, "TooLong")


async def test_a_websocket_is_closed_at_once(memories, access) -> None:
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "websocket.connect"}

    await app_of(memories, access)({"type": "websocket", "headers": []}, receive, send)
    assert sent == [{"type": "websocket.close", "code": 1008}]
