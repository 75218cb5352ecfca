"""What `make demo` runs: remember the samples, evolve, ask, and show reasons.

The store is kept.
"""

import shlex
import sys
from pathlib import Path

from graphmem.cli.app import run

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "data" / "samples"
STORE, SCOPE = "demo.db", "demo"
QUESTIONS = (
    ("When did Ana move to Lisbon?",),
    ("Where is the trip in June going?", "--as-of", "2024-04-01"),
    ("Where does the support group of Ben meet now?",),
    ("Where does the support group of Ben meet?", "--as-of", "2024-06-01"),
    ("What did the neighbour with the accordion give Tomás?",),
    ("Who printed the book written by the founder of Quillon Glassworks?",),
)


def main() -> None:
    """Run the commands in the working folder, each shown as a person types it."""
    sources = [_from_here(SAMPLES / name) for name in ("dialogues", "documents")]
    _command("ingest", *sources)
    _command("evolve")
    for question, *options in QUESTIONS:
        _command("search", question, *options, "-k", "4")
    graphmem = _from_here(Path(sys.executable).with_name("graphmem"))
    sys.stdout.write(
        f"\nThe memory is kept in {STORE}; no model, no server and no download was used. Go on:\n\n"
        f"  export GRAPHMEM_STORE={STORE} GRAPHMEM_SCOPE={SCOPE}\n"
        f"  {graphmem} search what did Bolota swallow\n"
        f"  {graphmem} list --speaker Ana --since 2024-09-01\n"
        f"  {graphmem} evaluate samples\n"
        f"  {graphmem} delete --all\n\nand read README.md, then docs/.\n"
    )


def _command(name: str, *words: str) -> None:
    """Print a command as it is typed, run it, and end with its status if that is not 0."""
    line = [name, *words, "--store", STORE, "--scope", SCOPE]
    sys.stdout.write(f"\n$ graphmem {shlex.join(line)}\n")
    sys.stdout.flush()
    if status := run(line):
        sys.exit(status)


def _from_here(path: Path) -> str:
    """Return a path as one types it in the working folder."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


if __name__ == "__main__":
    main()
