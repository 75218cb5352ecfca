"""Work of graphmem's parts in a network that counts: what is sent, and what is left on the disk.

    unshare -n python -m tests.attack.offline minilm      # as root, on Linux
    python -m tests.attack.offline --watched minilm       # anywhere

The first runs in a network namespace whose every way leads to the loopback device, and counts the
packets there: whoever sends, in whatever language. The second listens to Python's own events, which
native code does not raise. Prints one JSON object: `packets` or `asked`, and `files`, those made
outside the store in a new home, working and temporary folder.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import MappingProxyType

from graphmem.errors import GraphmemError
from graphmem.memory import Memory
from graphmem.registry import BUILT_IN
from tests.attack.amount import GIVEN

STORE = "memory.db"
LINGER = 45.0 if GIVEN else 1.0
"""Seconds that a process stays after its work, so that what sends in the background can: with
telemetry on, onnxruntime makes its files at once and sends 12 packets within 45 seconds."""
NOWHERE = ("192.0.2.1", 9)
"""An address that no machine has (RFC 5737)."""
REFUSED = ("127.0.0.1", 1)
"""An address at which nobody listens."""
CACHES = ("temporary/torchinductor_",)
"""Where libraries may leave something: torch makes an empty folder as soon as it is imported."""
ASKING = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")


def remember(encoder: str = "rules", extractor: str = "rules", store: str = STORE) -> None:
    """Put turns into a store with these parts, ask, delete."""
    with Memory.open(store, scope="ana", encoder=encoder, extractor=extractor) as memory:
        memory.add("I moved to Lisbon in May.", speaker="Ana", said_at="2025-05-01T10:00:00Z")
        memory.add("My brother sails to Porto.", speaker="Ana", said_at="2025-05-02T10:00:00Z")
        (hit, *_) = memory.search("Where does Ana live?", k=2)
        memory.delete(hit.note.origins[0])


def rank_with(ranker: str) -> None:
    """Search by PageRank with an engine."""
    with Memory.open(STORE, scope="ana", ranker=ranker) as memory:
        memory.add("I moved to Lisbon with Maria.", speaker="Ana", session="may")
        memory.add("Maria sails to Porto.", speaker="Ana", session="june")
        memory.search("Where does Maria sail?", retriever="pagerank")


def plug_into_langchain() -> None:
    """Ask through LangChain's retriever and keep an item in LangGraph's store."""
    from graphmem.integrations.langchain import GraphmemRetriever
    from graphmem.integrations.langgraph import GraphmemStore

    remember()
    with Memory.open(STORE, scope="ana") as memory:
        memory.add("I moved to Lisbon in May.", speaker="Ana")
        GraphmemRetriever(memory=memory).invoke("Where does Ana live?")
        GraphmemStore(memory).put(("notes",), "first", {"text": "Lisbon"})


def read_documents() -> None:
    """Read a Word file, as the extra `documents` does."""
    from docx import Document

    document = Document()
    document.add_paragraph("The ferry to Porto sails at nine.")
    document.save(f"{STORE}.docx")
    with Memory.open(STORE, scope="ana") as memory:
        memory.ingest(f"{STORE}.docx")


def ask_in_cypher() -> None:
    """Ask the copy of a store that the embedded graph engine makes."""
    remember()
    arguments = ["cypher", "MATCH (n) RETURN count(n)", "--store", STORE, "--scope", "ana"]
    subprocess.run([sys.executable, "-m", "graphmem", *arguments], check=True, capture_output=True)


def extract_with_spacy() -> None:
    """Find entities with a trained pipeline of spaCy."""
    from tests.spacy_pipeline import save_pipeline

    remember(extractor=f"spacy:{save_pipeline(Path.cwd() / f'{STORE}-pipeline')}")


def meet_a_closed_server() -> None:
    """Open a Neo4j store at an address where nobody listens."""
    os.environ["NEO4J_PASSWORD"] = "none"
    try:
        remember(store="bolt://{}:{}".format(*REFUSED))
    except GraphmemError:
        return
    raise SystemExit("a server answers at an address that must have none")


WORK: MappingProxyType[str, Callable[[], None]] = MappingProxyType(
    {
        "rules": remember,
        "ram": lambda: remember(store="ram:"),
        "minilm": lambda: remember("minilm"),
        "onnx": lambda: remember("onnx:all-MiniLM-L6-v2"),
        "sentence-transformers": lambda: remember("sentence-transformers:all-MiniLM-L6-v2"),
        "spacy": extract_with_spacy,
        "cypher": ask_in_cypher,
        "neo4j": meet_a_closed_server,
        "langchain": plug_into_langchain,
        "documents": read_documents,
        **{name: partial(rank_with, name) for name in BUILT_IN["ranker"] if name != "gds"},
    }
)
"""What is done with each part; `gds` goes where the user says, as `neo4j` does."""


def at_work(name: str, *, watched: bool) -> dict[str, list[str]]:
    """Do a part's work in a process with new folders; return what it asked for and left there."""
    with tempfile.TemporaryDirectory() as folder:
        places = {kind: Path(folder, kind) for kind in ("home", "store", "temporary")}
        for place in places.values():
            place.mkdir()
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "HF_", "ORT_"))}
        root = str(Path(__file__).resolve().parents[2])
        done = subprocess.run(
            [sys.executable, "-m", "tests.attack.offline", "--inside", str(watched), name],
            check=False,
            cwd=places["store"],
            env={
                **kept,
                "HOME": str(places["home"]),
                "TMPDIR": str(places["temporary"]),
                "PYTHONPATH": root,
            },
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise SystemExit(done.stderr)
        files = [str(path.relative_to(folder)) for path in sorted(Path(folder).rglob("*"))]
        made = [file for file in files if file not in places]
        return {
            "asked": json.loads(done.stdout.splitlines()[-1]),
            "files": [file for file in made if not file.startswith((f"store/{STORE}", *CACHES))],
        }


def inside(name: str, *, watched: bool) -> None:
    """Do a part's work here, linger, print what was asked for."""
    asked: list[str] = []

    def listen(event: str, facts: tuple[object, ...]) -> None:
        if event in ASKING:
            address = facts[:2] if event == "socket.getaddrinfo" else facts[-1]
            asked.append(f"{event} {address}")

    if watched:
        sys.addaudithook(listen)
    WORK[name]()
    time.sleep(LINGER)
    print(json.dumps(asked))  # noqa: T201 - read by the process that started this one


def open_every_way() -> None:
    """Bring the loopback device up and send everything there, so that it is counted."""
    for words in ("link set lo up", "route add default dev lo"):
        subprocess.run(["ip", *words.split()], check=True)


def packets() -> int:
    """Return how many packets the loopback device has sent."""
    lines = Path("/proc/net/dev").read_text("ascii").splitlines()
    (counts,) = [line.split() for line in lines if line.strip().startswith("lo:")]
    return int(counts[10])


def counted(name: str) -> dict[str, object]:
    """Do a part's work in this namespace; check first that a packet to anywhere is counted."""
    open_every_way()
    before = packets()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"1", NOWHERE)
    if packets() == before:
        raise SystemExit("the meter does not count")
    start = packets()
    found = at_work(name, watched=False)
    return {"packets": packets() - start, "files": found["files"]}


def main() -> None:
    """Do what the command line says."""
    first, *rest = sys.argv[1:]
    if first == "--inside":
        inside(rest[1], watched=rest[0] == "True")
    elif first == "--watched":
        print(json.dumps(at_work(rest[0], watched=True)))  # noqa: T201
    else:
        print(json.dumps(counted(first)))  # noqa: T201


if __name__ == "__main__":
    main()
