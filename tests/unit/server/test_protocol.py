"""Slow clients on a real socket: they are let go of, and hold nobody up."""

import asyncio
import socket
from contextlib import asynccontextmanager

import httpx2
import pytest
from starlette.responses import Response
from starlette.routing import Route

from graphmem.server import Part, address_of, app_of, bound
from graphmem.server.guard import Limits
from graphmem.server.protocol import PatientProtocol
from graphmem.server.run import server_of
from tests.server import grant

LARGE = 20_000_000
"""Bytes that no buffer of a socket holds."""


@asynccontextmanager
async def served(memories, access, *, seconds: float = 60.0):
    async def large(_request):
        return Response(b"x" * LARGE)

    async def takes(request):
        return Response(str(len(await request.body())))

    part = Part(routes=[Route("/large", large), Route("/takes", takes, methods=["POST"])])
    app = app_of(memories, access, parts=[part], limits=Limits(seconds=seconds))
    with bound("127.0.0.1", 0) as listening:
        server = server_of(app)
        running = asyncio.ensure_future(server.serve(sockets=[listening]))
        yield listening.getsockname(), address_of(listening), server.server_state.connections
        server.should_exit = server.force_exit = True
        await running


@asynccontextmanager
async def connected(place):
    reader, writer = await asyncio.open_connection(*place)
    yield reader, writer
    writer.close()


async def until_closed(reader: asyncio.StreamReader) -> bytes:
    """Read what comes until the other side hangs up; a reset is that too."""
    read = b""
    try:
        while chunk := await reader.read(65_536):
            read += chunk[:500] if len(read) < 500 else b""
    except ConnectionError:
        pass
    return read


async def is_well(url: str) -> bool:
    async with httpx2.AsyncClient() as client:
        return (await client.get(f"{url}/healthz", timeout=60)).status_code == 200


async def test_whoever_sends_the_head_of_a_request_a_byte_at_a_time_is_let_go(
    memories, access, monkeypatch
) -> None:
    monkeypatch.setattr(PatientProtocol, "head_seconds", 0.3)
    async with served(memories, access) as (place, url, _):
        async with connected(place) as (silent, _), connected(place) as (reader, writer):
            ended = asyncio.ensure_future(until_closed(reader))
            while not ended.done():
                writer.write(b"G")
                await asyncio.sleep(0.05)
            assert b" 200 " not in await ended
            assert await until_closed(silent) == b""
        assert await is_well(url)


async def test_whoever_does_not_read_an_answer_holds_nobody_up_and_is_let_go(
    memories, access, monkeypatch
) -> None:
    monkeypatch.setattr("graphmem.server.run.KEPT_ALIVE", 0.3)
    token = access.let_in(grant("ana"))
    async with served(memories, access) as (place, url, connections):
        slow = socket.create_connection(place)
        head = f"Host: localhost\r\nAuthorization: Bearer {token}\r\n\r\n"
        slow.sendall(f"GET /large HTTP/1.1\r\n{head}".encode())
        assert await is_well(url)
        slow.settimeout(60)

        def read() -> int:
            total = 0
            try:
                while chunk := slow.recv(65_536):
                    total += len(chunk)
            except ConnectionError:
                pass
            return total

        while connections:
            await asyncio.sleep(0.05)
        assert await asyncio.to_thread(read) < LARGE
        slow.close()


async def test_whoever_sends_a_body_a_byte_at_a_time_is_told_that_it_takes_too_long(
    memories, access
) -> None:
    token = access.let_in(grant("ana"))
    async with served(memories, access, seconds=0.3) as (place, url, _):
        async with connected(place) as (reader, writer):
            head = "POST /takes HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
            writer.write(f"{head}Authorization: Bearer {token}\r\n\r\n".encode())
            answer = asyncio.ensure_future(reader.read(4_000))
            while not answer.done():
                writer.write(b"x")
                await asyncio.sleep(0.05)
            assert (await answer).startswith(b"HTTP/1.1 504")
        assert await is_well(url)


@pytest.mark.parametrize("junk", [b"\0" * 1_000, b"GET\r\n\r\n", b"\x16\x03\x01" * 100])
async def test_what_is_no_http_is_refused(memories, access, junk) -> None:
    async with served(memories, access) as (place, url, _):
        async with connected(place) as (reader, writer):
            writer.write(junk)
            assert b" 200 " not in await until_closed(reader)
        assert await is_well(url)


async def test_an_answer_waits_for_no_acknowledgement_of_its_head(memories, access) -> None:
    async with served(memories, access) as (place, url, connections), connected(place):
        assert await is_well(url)  # so that the connection is accepted
        held = [one.transport.get_extra_info("socket") for one in connections]
        assert held
        assert all(one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) for one in held)
