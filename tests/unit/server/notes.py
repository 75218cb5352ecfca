"""A part of a server that tells a scope's notes; by POST as if it wrote."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from graphmem import Memory
from graphmem.server import Part, Right, memory_of


def told(memory: Memory) -> list[str]:
    return [note.text for note in memory.list().notes]


async def notes(request: Request) -> Response:
    await request.body()
    right: Right = "read" if request.method == "GET" else "write"
    return JSONResponse(told(memory_of(request, "list", right)))


NOTES = Part(routes=[Route("/notes", notes, methods=["GET", "POST"])])
