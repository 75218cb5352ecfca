"""Runs a server beside the process that started it, and clears up when that one is gone.

    python neo4j_keeper.py HOME COMMAND...

SIGTERM asks the server to end and leaves its home folder. The end of the starting process, however
it came, kills the server and takes the folder away; that needs Linux.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
from types import FrameType

_PR_SET_PDEATHSIG = 1


def main(home: str, command: list[str]) -> int:
    """Run the command until it ends; return its exit status."""
    parent = os.getppid()
    server = subprocess.Popen(command)

    def forsaken(_: int, __: FrameType | None) -> None:
        server.kill()
        os.waitpid(server.pid, 0)  # `server.wait` is under way below, and holds its lock
        shutil.rmtree(home, ignore_errors=True)
        os._exit(1)

    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    signal.signal(signal.SIGUSR1, forsaken)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGUSR1)
        if os.getppid() != parent:
            forsaken(signal.SIGUSR1, None)
    return server.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
