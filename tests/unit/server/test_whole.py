"""The whole application: its parts, and what its watchers hear."""

from graphmem.server import whole_app
from tests.server import client_of, grant
from tests.unit.server.notes import NOTES


async def test_the_api_metrics_and_a_given_part_are_served_and_watched(memories, access) -> None:
    seen = []
    app = whole_app(memories, access, parts=[NOTES], watchers=[seen.append])
    async with client_of(app, access.let_in(grant("ana", name="phone"))) as one:
        assert (await one.get("/notes")).json() == ["Ana keeps bees."]
        assert (await one.get("/api/v1/notes/count")).json() == {"count": 1}
        assert (await one.get("/metrics")).status_code == 403
    async with client_of(app) as one:
        await one.get("/notes")
    assert [(done.who, done.verb, done.status) for done in seen] == [
        ("phone", "list", 200),
        ("phone", "count", 200),
        ("phone", "", 403),
        (None, "", 401),
    ]


async def test_an_answer_that_was_refused_by_rate_says_when_to_ask_again(memories, access) -> None:
    from graphmem.server import Limits

    app = whole_app(memories, access, limits=Limits(per_minute=2))
    async with client_of(app, access.let_in(grant("ana"))) as one:
        statuses = [(await one.get("/api/v1/notes/count")).status_code for _ in range(3)]
        late = await one.get("/api/v1/notes/count")
    assert statuses == [200, 200, 429]
    assert int(late.headers["retry-after"]) >= 1
    async with client_of(app, "wrong") as one:
        statuses = [(await one.get("/api/v1/notes/count")).status_code for _ in range(3)]
    assert statuses == [401, 401, 429]
