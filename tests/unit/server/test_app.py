"""The application: its parts, what needs no token, a browser's session."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import graphmem
from graphmem.server import Part, app_of
from tests.server import grant
from tests.unit.server.notes import NOTES


async def test_whether_it_is_well_anybody_may_ask(client) -> None:
    async with client() as anyone:
        answer = await anyone.get("/healthz")
    assert answer.json() == {"status": "ok", "version": graphmem.__version__}


async def test_a_key_from_a_url_becomes_a_cookie_no_script_reads_and_no_site_sends(
    client, access
) -> None:
    key = access.invite(grant("ana", may="write"))
    async with client() as browser:
        assert (await browser.get("/notes")).status_code == 401
        entered = await browser.get("/enter", params={"key": key})
        cookie = entered.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert key not in cookie
        assert "url=/" in entered.text
        assert (await browser.get("/notes")).json() == ["Ana keeps bees."]
        assert (await browser.post("/notes")).status_code == 403
        own = {"Origin": "http://127.0.0.1"}
        assert (await browser.post("/notes", headers=own)).json() == ["Ana keeps bees."]
    async with client() as another:
        assert (await another.get("/enter", params={"key": key})).status_code == 401


async def test_what_is_not_there_is_an_error_in_json(client, access) -> None:
    async with client(token=access.let_in(grant("ana"))) as one:
        missing, wrong = await one.get("/nothing"), await one.delete("/notes")
    assert (missing.status_code, missing.json()["error"]["type"]) == (404, "NotFound")
    assert (wrong.status_code, wrong.json()["error"]["message"]) == (
        405,
        "DELETE is not for this path",
    )


async def test_what_a_part_runs_lives_as_long_as_the_server(memories, access) -> None:
    seen = []

    @asynccontextmanager
    async def runs() -> AsyncIterator[None]:
        seen.append("begun")
        yield
        seen.append("ended")

    app = app_of(memories, access, parts=[NOTES, Part(routes=[], runs=runs)])
    heard = iter(["lifespan.startup", "lifespan.shutdown"])
    sent = []

    async def receive():
        return {"type": next(heard)}

    async def send(message):
        sent.append((message["type"], list(seen)))

    await app({"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}, receive, send)
    assert sent == [
        ("lifespan.startup.complete", ["begun"]),
        ("lifespan.shutdown.complete", ["begun", "ended"]),
    ]
