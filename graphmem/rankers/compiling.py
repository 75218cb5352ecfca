"""Makes `_kernel.so` of `kernel.c`: as graphmem is installed, or by hand in a checkout.

    python -m graphmem.rankers.compiling

Imports nothing but the standard library: the hook of the build loads this file by its path.
"""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).with_name("kernel.c")
LIBRARY = Path(__file__).with_name("_kernel.so")
OPTIONS = ("-O3", "-ffp-contract=off", "-shared", "-fPIC")
"""No fused multiplication: its other rounding would make scores differ from those of numpy."""


def compiled(source: Path = SOURCE, library: Path = LIBRARY) -> bool:
    """Compile the source; return whether the library is there now. `CC` names the compiler."""
    library.unlink(missing_ok=True)
    compiler = os.environ.get("CC") or shutil.which("cc") or shutil.which("gcc")
    if not compiler or os.name == "nt":
        return False
    target = ["-march=x86-64-v2"] if platform.machine() in ("x86_64", "AMD64") else []
    command = [*compiler.split(), *OPTIONS, *target, "-o", str(library), str(source)]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(0 if compiled() else "no C compiler made the library; numpy is used instead")
