"""The scenarios of the published MCP conformance suite that need no fixtures, by their names.

The suite runs on Node and calls a server whose tools it prescribes. What it asks of every server is
asked here in Python, over HTTP and over stdin and stdout; what only HTTP has, over HTTP. Scenarios
of prescribed tools, prompts and resources are left out, those of capabilities that graphmem does
not claim are held to the refusal that the protocol demands.
"""

import json
import re

import pytest

pytest.importorskip("mcp", reason="needs the extra `mcp`")
pytest.importorskip("starlette", reason="needs the extra `server`")
pytest.importorskip("jsonschema", reason="comes with the extra `mcp`")

import jsonschema

from graphmem import Memory
from tests.conformance.wires import http_wire, stdio_wire

pytestmark = pytest.mark.slow

WIRES = {"http": http_wire, "stdio": stdio_wire}
SPOKEN = ("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25")
STATELESS = "2026-07-28"
META = {
    "io.modelcontextprotocol/protocolVersion": STATELESS,
    "io.modelcontextprotocol/clientInfo": {"name": "scenarios", "version": "1"},
    "io.modelcontextprotocol/clientCapabilities": {},
}
PARSE_ERROR, INVALID_REQUEST, NO_METHOD, INVALID_PARAMS = -32700, -32600, -32601, -32602
READING = {
    "search_memories": {"query": "Who keeps bees?"},
    "memory_context": {"query": "Who keeps bees?"},
    "list_memories": {},
    "graph_query": {"ask": "entities"},
}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "memory.db"
    with Memory.open(path, scope="ana") as memory:
        memory.add("Ana keeps bees behind the chapel.", speaker="Ana", said_at="2024-05-02")
    return path


@pytest.fixture(params=sorted(WIRES))
async def wire(request, file):
    async with WIRES[request.param](file) as opened:
        yield opened


@pytest.fixture
async def http(file):
    async with http_wire(file) as opened:
        yield opened


async def all_of(wire, method, kind):
    """Return a list that comes in pages."""
    found, more = [], {}
    while True:
        page = (await wire.ask(method, **more)).result
        found += page[kind]
        if not page.get("nextCursor"):
            return found
        more = {"cursor": page["nextCursor"]}


# Over both transports


async def test_server_initialize(wire):
    for asked in (*SPOKEN, "1999-01-01", "2999-01-01"):
        begun = (await wire.begin(asked)).result
        assert begun["protocolVersion"] == (asked if asked in SPOKEN else SPOKEN[-1])
        assert begun["serverInfo"]["name"] == "graphmem"
        assert begun["serverInfo"]["version"]
        assert {"tools", "resources"} <= begun["capabilities"].keys()


async def test_ping(wire):
    await wire.begin()
    assert (await wire.ask("ping")).result == {}


async def test_tools_list(wire):
    await wire.begin()
    tools = await all_of(wire, "tools/list", "tools")
    names = [tool["name"] for tool in tools]
    assert len(set(names)) == len(names) == 12
    for tool in tools:
        assert re.fullmatch(r"[A-Za-z0-9_.-]{1,128}", tool["name"])
        assert tool["description"]
        for schema in (tool["inputSchema"], tool["outputSchema"]):
            jsonschema.Draft202012Validator.check_schema(schema)
            assert schema["type"] == "object"


async def test_tools_call_gives_text_and_what_the_schema_says(wire):
    await wire.begin()
    schemas = {t["name"]: t["outputSchema"] for t in await all_of(wire, "tools/list", "tools")}
    for name, arguments in READING.items():
        told = (await wire.ask("tools/call", name=name, arguments=arguments)).result
        assert not told.get("isError")
        jsonschema.validate(told["structuredContent"], schemas[name])
        (text,) = told["content"]
        assert (text["type"], json.loads(text["text"])) == ("text", told["structuredContent"])


async def test_tools_call_error(wire):
    await wire.begin()
    for name, arguments in (
        ("get_memory", {"id": "n0"}),
        ("get_memory", {}),
        ("search_memories", {"query": 7, "k": "many"}),
        ("nothing_of_the_kind", {}),
    ):
        told = (await wire.ask("tools/call", name=name, arguments=arguments)).result
        assert told["isError"] is True
        assert told["content"][0]["text"]
    assert (await wire.ask("ping")).result == {}


async def test_tools_call_with_progress(wire):
    """Whether any is told or not, a token changes nothing of the answer."""
    await wire.begin()
    asked = {"name": "search_memories", "arguments": {"query": "bees"}}
    plain = (await wire.ask("tools/call", **asked)).result
    assert (await wire.ask("tools/call", **asked, _meta={"progressToken": "p"})).result == plain


async def test_resources_list_and_templates(wire):
    await wire.begin()
    for resource in await all_of(wire, "resources/list", "resources"):
        assert resource["uri"]
        assert resource["name"]
    (template,) = await all_of(wire, "resources/templates/list", "resourceTemplates")
    assert template["uriTemplate"] == "memory://note/{id}"
    assert template["name"]
    assert template["description"]


async def test_resources_templates_read(wire):
    await wire.begin()
    listed = (await wire.ask("tools/call", name="list_memories", arguments={})).result
    (note,) = listed["structuredContent"]["notes"]
    uri = f"memory://note/{note['id']}"
    (read,) = (await wire.ask("resources/read", uri=uri)).result["contents"]
    assert (read["uri"], read["mimeType"]) == (uri, "application/json")
    assert json.loads(read["text"]) == note


async def test_sep_2164_resource_not_found(wire):
    await wire.begin()
    for uri in ("memory://note/n0", "test://nothing-here", "no uri"):
        answer = await wire.ask("resources/read", uri=uri)
        assert answer.code == INVALID_PARAMS
        assert answer.body["error"]["data"] == {"uri": uri}


async def test_prompts_list(wire):
    await wire.begin()
    assert await all_of(wire, "prompts/list", "prompts") == []


@pytest.mark.parametrize(
    ("scenario", "method", "params"),
    [
        ("logging-set-level", "logging/setLevel", {"level": "info"}),
        (
            "completion-complete",
            "completion/complete",
            {"ref": {"type": "ref/prompt", "name": "x"}, "argument": {"name": "a", "value": "b"}},
        ),
        ("resources-subscribe", "resources/subscribe", {"uri": "memory://note/n0"}),
        ("resources-unsubscribe", "resources/unsubscribe", {"uri": "memory://note/n0"}),
    ],
)
async def test_what_is_not_claimed_is_no_method(wire, scenario, method, params):
    able = (await wire.begin()).result["capabilities"]
    assert not {"logging", "completions"} & able.keys()
    assert not able["resources"].get("subscribe")
    assert (await wire.ask(method, **params)).code == NO_METHOD


async def test_protocol_invalid_method_error(wire):
    await wire.begin()
    assert (await wire.ask("tools/unheard_of")).code == NO_METHOD
    assert (await wire.ask("tools/call", arguments={})).code == INVALID_PARAMS
    assert (await wire.ask("resources/read")).code == INVALID_PARAMS


async def test_notifications_are_answered_by_nothing(wire):
    await wire.begin()
    for method, params in (
        ("notifications/cancelled", {"requestId": 77, "reason": "not needed"}),
        ("notifications/progress", {"progressToken": "p", "progress": 1}),
        ("notifications/roots/list_changed", {}),
        ("notifications/unheard_of", {}),
    ):
        assert await wire.tell(method, **params) is None
    assert (await wire.ask("ping")).result == {}


# Over stdin and stdout


async def test_what_is_no_message_ends_nothing(file):
    async with stdio_wire(file) as wire:
        await wire.begin()
        for line in (b"{no JSON", b"[]", b'{"hello": 1}', b'"text"', b""):
            await wire.write(line)
        assert (await wire.ask("ping")).result == {}


async def test_a_request_that_is_cancelled_holds_the_next_one_up_for_nothing(file):
    async with stdio_wire(file) as wire:
        await wire.begin()
        params = {"name": "search_memories", "arguments": {"query": "Who keeps bees?"}}
        asked = {"jsonrpc": "2.0", "id": "slow", "method": "tools/call", "params": params}
        await wire.write(json.dumps(asked).encode())
        await wire.tell("notifications/cancelled", requestId="slow")
        assert (await wire.ask("ping")).result == {}


# Over HTTP


async def test_server_session_lifecycle(http):
    """No session is kept: none is named, and there is none to end or to listen to."""
    begun = await http.begin()
    assert "mcp-session-id" not in begun.headers
    for method in ("GET", "DELETE"):
        refused = await http.post(method=method, raw=b"", Mcp_Session_Id="made-up")
        assert (refused.status, refused.headers["allow"]) == (405, "POST")
    assert (await http.ask("ping")).status == 200


async def test_notifications_are_accepted_with_202_and_no_body(http):
    for message in (
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 5, "result": {}},
    ):
        accepted = await http.post(message)
        assert (accepted.status, accepted.body) == (202, None)


async def test_json_rpc_batch_rejection(http):
    await http.begin()
    ping = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    for batch in ([ping, {**ping, "id": 2}], [ping], []):
        refused = await http.post(batch)
        assert (refused.status, refused.code) == (400, INVALID_REQUEST)
        assert refused.body["id"] is None


async def test_a_body_that_is_no_message_is_told_so_in_json_rpc(http):
    for raw, code in (
        (b"{no JSON", PARSE_ERROR),
        (b"", PARSE_ERROR),
        (b'{"hello": 1}', INVALID_REQUEST),
        (b'{"jsonrpc": "1.0", "id": 1, "method": "ping"}', INVALID_REQUEST),
        (b'{"jsonrpc": "2.0", "id": 1}', INVALID_REQUEST),
        (b"7", INVALID_REQUEST),
    ):
        refused = await http.post(raw=raw)
        assert (refused.status, refused.code, refused.body["jsonrpc"]) == (400, code, "2.0")


async def test_server_protocol_version_header(http):
    for begun in (False, True):
        if begun:
            await http.begin()
        ping = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
        for version in ("invalid-protocol-version", "2000-01-01", "2099-01-01"):
            assert (await http.post(ping, MCP_Protocol_Version=version)).status == 400
        for version in SPOKEN[1:]:
            assert (await http.post(ping, MCP_Protocol_Version=version)).status == 200


async def test_dns_rebinding_protection(http):
    ping = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    assert (await http.post(ping, Host="evil.example.com")).status == 421
    assert (await http.post(ping, Origin="http://evil.example.com")).status == 403
    assert (await http.post(ping, Origin="null")).status == 403
    assert (await http.post(ping)).status == 200


async def test_what_is_accepted_is_asked_for(http):
    ping = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    assert (await http.post(ping, Accept="text/html")).status == 406
    told = await http.post(ping)
    assert told.headers["content-type"].startswith("application/json")
    assert (await http.post(ping, Content_Type="text/plain")).status in (400, 415)


async def test_server_stateless_discover_and_version(http):
    head = {"MCP_Protocol_Version": STATELESS, "Mcp_Method": "server/discover"}
    asked = {"jsonrpc": "2.0", "id": 201, "method": "server/discover", "params": {"_meta": META}}
    found = await http.post(asked, **head)
    assert found.status == 200
    assert STATELESS in found.result["supportedVersions"]
    assert {"tools", "resources"} <= found.result["capabilities"].keys()
    other = {**META, "io.modelcontextprotocol/protocolVersion": "v999.0.0"}
    refused = await http.post(
        {**asked, "params": {"_meta": other}},
        **{**head, "MCP_Protocol_Version": "v999.0.0"},
    )
    assert (refused.status, refused.body["id"]) == (400, 201)
    assert STATELESS in refused.body["error"]["data"]["supported"]


@pytest.mark.parametrize(
    "absent", ["_meta", *sorted(META.keys() - {"io.modelcontextprotocol/clientInfo"})]
)
async def test_server_stateless_request_meta_invalid(http, absent):
    meta = {name: value for name, value in META.items() if name != absent}
    params = {} if absent == "_meta" else {"_meta": meta}
    asked = {"jsonrpc": "2.0", "id": 101, "method": "server/discover", "params": params}
    head = {"MCP_Protocol_Version": STATELESS, "Mcp_Method": "server/discover"}
    refused = await http.post(asked, **head)
    assert (refused.code, refused.body["id"]) == (INVALID_PARAMS, 101)


@pytest.mark.parametrize("method", ["initialize", "ping", "logging/setLevel", "unheard/of"])
async def test_server_stateless_methods_that_are_gone_are_not_found(http, method):
    asked = {"jsonrpc": "2.0", "id": 401, "method": method, "params": {"_meta": META}}
    found = await http.post(asked, MCP_Protocol_Version=STATELESS, Mcp_Method=method)
    assert (found.status, found.code, found.body["id"]) == (404, NO_METHOD, 401)


async def test_server_stateless_a_header_that_says_another_method_is_refused(http):
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {"_meta": META}}
    found = await http.post(asked, MCP_Protocol_Version=STATELESS, Mcp_Method="prompts/list")
    assert found.status == 400
    assert "error" in found.body
