"""What tests of the explorer share: a memory with something of everything, served on loopback."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from graphmem import Memory
from graphmem.explore import explorer
from graphmem.server import Access, Grant, Memories, Right, address_of, app_of, bound
from graphmem.server.run import server_of
from graphmem.types import Note

NASTY = "<script>alert('in a turn')</script> \u202eturned <b>bold</b> & \"quoted\" {{ 7 * 7 }}"
NASTY_SPEAKER = "<img src=x onerror=alert(2)>"
LONG = ("The kiln ran cold in Graz again. " * 31_000).strip()
"""A turn of 1 MB."""


def clock() -> datetime:
    return datetime(2024, 9, 1, 12, tzinfo=UTC)


def filled_memory() -> Memory:
    """Return Ana's memory: two jobs (the newer a doubt), an update, a nasty turn."""
    memory = Memory.open("ram:", scope="ana", clock=clock)
    for text, day in (
        ("I work at Havn Pipes.", "2023-02-02"),
        ("What a week that was.", "2023-03-06T09:59"),
        ("I met Ben Olsen in Bergen last Friday.", "2023-03-06T10:00"),
        ("I work at Soleil Studio now.", "2024-06-01"),
    ):
        memory.add(text, speaker="Ana", said_at=day, session="talk")
    memory.evolve()
    memory.add("By now Ben Olsen lives in Leeds.", id="home", speaker="Ana", said_at="2023-01-03")
    memory.update("home", text="By now Ben Olsen lives in Bergen.", said_at="2024-05-01")
    memory.add(NASTY, id="nasty", speaker=NASTY_SPEAKER, said_at="2024-07-01", session="odd")
    return memory


def note_saying(memory: Memory, text: str) -> Note:
    """Return the note of a text, true now or not."""
    return next(one for one in memory.store.scan("note", memory.scope.key) if one.text == text)


@dataclass(frozen=True)
class Served:
    """A running server of one memory's pages."""

    base: str
    access: Access
    grant: Grant

    @property
    def entrance(self) -> str:
        """A link that begins a session, once."""
        return f"{self.base}/enter?key={self.access.invite(self.grant)}"


@contextmanager
def served(memory: Memory, *, editable: bool = True, may: Right = "write") -> Iterator[Served]:
    """Serve a memory's pages on a free port of loopback, over real HTTP."""
    access = Access()
    grant = Grant(name="test", scopes=frozenset({memory.scope.key}), may=may)
    app = app_of(Memories(memory), access, parts=[explorer(editable=editable)])
    with bound("127.0.0.1", 0) as listening:
        server = server_of(app)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])))
        thread.start()
        try:
            yield Served(address_of(listening), access, grant)
        finally:
            server.should_exit = True
            thread.join(60)
