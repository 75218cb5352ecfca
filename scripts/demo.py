"""What `make demo` runs: ingest the samples into a new file, ask, and show the reasons."""

import sys
import tempfile
from pathlib import Path

from rich.console import Console

from graphmem.cli.ingest import print_receipt
from graphmem.cli.search import print_hits
from graphmem.memory import Memory

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "samples"
QUESTIONS = (
    ("When did Ana move to Lisbon?", None),
    ("Where is the trip in June going?", "2024-04-01"),
    ("Why was the trip to the Azores cancelled?", None),
    ("Who printed the book written by the founder of Quillon Glassworks?", None),
)


def main() -> None:
    """Ingest, ask, print."""
    out = Console(width=None if sys.stdout.isatty() else 110)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memory.db"
        out.rule("graphmem ingest data/samples")
        with Memory.open(path, scope="demo") as memory:
            print_receipt(memory.ingest(SAMPLES / "dialogues", SAMPLES / "documents"))
            for question, as_of in QUESTIONS:
                out.rule(f"graphmem search “{question}”{f' --as-of {as_of}' if as_of else ''}")
                print_hits(memory.search(question, k=4, as_of=as_of))
    out.print("No model, no server and no download was used. Next: README.md, docs/.")


if __name__ == "__main__":
    main()
