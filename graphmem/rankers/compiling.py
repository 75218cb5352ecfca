"""Makes `_kernel.so` of all C sources: as graphmem is installed, or by hand in a checkout.

    python -m graphmem.rankers.compiling

Imports nothing but the standard library: the hook of the build loads this file by its path.
"""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
SOURCES = tuple(
    _PACKAGE / name
    for name in (
        "rankers/kernel.c",
        "rankers/spread.c",
        "retrieve/repeats.c",
        "retrieve/turns/bm25.c",
        "retrieve/turns/channels.c",
        "retrieve/turns/cosines.c",
        "retrieve/turns/loops.c",
        "retrieve/turns/reference.c",
        "retrieve/words/ordered.c",
        "retrieve/words/overlay.c",
        "retrieve/words/places.c",
        "retrieve/words/scores.c",
    )
)
LIBRARY = Path(__file__).with_name("_kernel.so")
OPTIONS = ("-O3", "-ffp-contract=off", "-shared", "-fPIC")
"""No fused multiplication: its other rounding would make scores differ from those of numpy."""


def compiled(sources: Sequence[Path] = SOURCES, library: Path = LIBRARY) -> bool:
    """Compile the sources; return whether the library is there now. `CC` names the compiler."""
    library.unlink(missing_ok=True)
    compiler = os.environ.get("CC") or shutil.which("cc") or shutil.which("gcc")
    if not compiler or os.name == "nt":
        return False
    target = ["-march=x86-64-v2"] if platform.machine() in ("x86_64", "AMD64") else []
    command = [*compiler.split(), *OPTIONS, *target, "-o", str(library), *map(str, sources)]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(0 if compiled() else "no C compiler made the library; numpy is used instead")
