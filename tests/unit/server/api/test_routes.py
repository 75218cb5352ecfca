"""The JSON API over ASGI: every operation is answered by its schema, and wrong ones are told."""

import json
import re

import pytest

from graphmem.server.api import OPERATIONS
from graphmem.types import ScopeKey
from tests.server import CALLS

BY_NAME = {one.name: one for one in OPERATIONS}


@pytest.fixture
def ids(memories):
    """Ids of Ana's memory, with a change that can be undone and a doubt."""
    memory = memories.of(ScopeKey("ana"))
    memory.add("I live in Porto.", speaker="Ana", said_at="2024-05-03", session="s")
    memory.add("I live in Lisbon now.", speaker="Ana", said_at="2024-06-03", session="t")
    memory.evolve()
    notes = memory.list().notes
    doubts = memory.doubts()
    return {
        "NOTE": notes[0].id,
        "OTHER": notes[1].id,
        "RUN": memory.pin(notes[1].id).run_id,
        "DOUBT": doubts[0].id if doubts else "",
    }


async def asked(client, name, given, **more):
    """Ask one operation with arguments where they belong; return the answer."""
    one = BY_NAME[name]
    path = re.sub(r"\{(\w+)\}", lambda found: given[found.group(1)], one.path)
    rest = {k: v for k, v in given.items() if f"{{{k}}}" not in one.path}
    if one.in_body:
        return await client.request(one.method, path, json=rest, **more)
    params = {k: str(v).lower() if isinstance(v, bool) else v for k, v in rest.items()}
    return await client.request(one.method, path, params={**params, **more.pop("params", {})})


@pytest.mark.parametrize("name", CALLS)
async def test_every_operation_is_answered_as_the_document_says(api, ids, name) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    given = {k: ids.get(v, v) if isinstance(v, str) else v for k, v in CALLS[name].items()}
    async with api() as client:
        document = (await client.get("/openapi.json")).json()
        answer = await asked(client, name, given)
    one = BY_NAME[name]
    assert answer.status_code == one.status, answer.text
    told = document["paths"]["/api/v1" + one.path][one.method.lower()]["responses"]
    schema = told[str(one.status)]["content"]["application/json"]["schema"]
    jsonschema.validate(answer.json(), {**schema, "components": document["components"]})


async def test_a_change_is_made_seen_and_taken_back(api) -> None:
    async with api() as client:
        (note,) = (await asked(client, "list", {})).json()["items"]
        edit = (await asked(client, "update", {"id": note["id"], "text": "Ana keeps ants."})).json()
        found = (await asked(client, "search", {"question": "What does Ana keep?"})).json()
        assert found["hits"][0]["text"] == "Ana keeps ants."
        history = (await asked(client, "history", {"id": note["id"]})).json()
        assert {one["run_id"] for one in history["changes"]} == {edit["run_id"]}
        undone = await asked(client, "undo", {"id": edit["run_id"]})
        assert [one["text"] for one in undone.json()["erased"]] == ["Ana keeps ants."]
        erased = (await asked(client, "delete", {"id": note["id"]})).json()
        assert erased["episodes_deleted"] == 1
        assert (await asked(client, "count", {})).json() == {"count": 0}
        gone = await asked(client, "history", {"id": note["id"]})
        assert (gone.status_code, gone.json()["error"]["type"]) == (404, "MissingRecordError")


async def test_the_pages_of_notes_are_all_of_them(api) -> None:
    async with api() as client:
        for n in range(4):
            await asked(client, "add", {"text": f"Bee number {n}.", "said_at": f"2024-06-0{n + 1}"})
        seen, after = [], {}
        while True:
            page = (await asked(client, "list", {"limit": 2, **after})).json()
            seen += [note["text"] for note in page["items"]]
            if page["after"] is None:
                break
            after = {"after": page["after"]}
    assert seen == ["Ana keeps bees.", *(f"Bee number {n}." for n in range(4))]


@pytest.mark.parametrize(
    ("path", "sent", "told"),
    [
        ("/search", {"content": b"{", "headers": {"Content-Type": "application/json"}}, "no JSON"),
        ("/search", {"content": b"[]", "headers": {"Content-Type": "application/json"}}, "object"),
        ("/search", {"content": b"x=1"}, "Content-Type"),
        ("/search", {"json": {}}, "question is needed"),
        ("/search", {"json": {"question": "x", "as_of": "someday"}}, "as_of"),
        ("/search", {"json": {"question": "x", "where": {"a": {"~": 1}}}}, "where"),
        ("/search", {"json": {"question": "x", "timezone": "Moon/Sea"}}, "Moon/Sea"),
        ("/search?question=x", {"json": {}}, "stand in the body"),
        ("/notes", {"json": {"text": "  "}}, "blank"),
        ("/notes", {"json": {"text": [{"role": "user"}]}}, ""),
        ("/undo", {"json": {"id": "c0"}}, "c0"),
        (
            "/search",
            {"content": b"[" * 100_000, "headers": {"Content-Type": "application/json"}},
            "no JSON",
        ),
    ],
)
async def test_a_wrong_argument_is_told_with_its_cure(api, path, sent, told) -> None:
    async with api() as client:
        answer = await client.post(path, **sent)
        assert answer.status_code in (400, 404), answer.text
        assert told in answer.json()["error"]["message"]
        assert (await asked(client, "search", {"question": "bees"})).json()["hits"]


async def test_a_question_with_half_a_surrogate_pair_is_an_error_and_no_fault(api) -> None:
    async with api() as client:
        answer = await client.post(
            "/search",
            content=json.dumps({"question": "\ud800"}),
            headers={"Content-Type": "application/json"},
        )
    assert answer.status_code == 400


async def test_numbers_of_more_than_64_bits_in_what_a_source_said_come_back(api) -> None:
    async with api() as client:
        memo = {"text": "A large number.", "metadata": {"n": 2**53}}
        added = (await asked(client, "add", memo)).json()
        record = (await asked(client, "get", {"id": added["ids"][0]})).json()
    assert record["metadata"] == {"n": 2**53}


async def test_who_may_read_may_not_write_and_another_scope_is_refused(api, ids) -> None:
    async with api("ana", may="read") as client:
        for name, given in CALLS.items():
            filled = {k: ids.get(v, v) if isinstance(v, str) else v for k, v in given.items()}
            answer = await asked(client, name, filled)
            assert answer.status_code == (403 if BY_NAME[name].right == "write" else 200)
    async with api("ben", may="write") as client:
        for one in OPERATIONS:
            path = one.path.replace("{id}", ids["NOTE"])
            for scope in ("ana", "ana%2Fhelper", "nobody"):
                answer = await client.request(one.method, f"{path}?scope={scope}")
                assert answer.status_code == 403
