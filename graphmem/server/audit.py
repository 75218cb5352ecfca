"""The audit log: who asked or changed whose memory, by which verb, when, and whether it was done.

A JSON line a request, in a file of mode 600, and never what was said, asked or found. The file is
opened for each line, so that it may be moved away meanwhile.
"""

import json
import os
import stat
import sys
from pathlib import Path

from graphmem.contracts import Clock
from graphmem.errors import ConfigError
from graphmem.server.done import Done


class Audit:
    """Writes the audit log."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path, self._clock = path, clock
        os.close(self._opened())

    def __call__(self, done: Done) -> None:
        """Write down a request, if it is one for the audit."""
        if not done.is_for_audit:
            return
        line = {
            "at": self._clock().isoformat(timespec="milliseconds"),
            "who": done.who,
            "verb": done.verb or None,
            "right": done.right,
            "scope": done.scope,
            "status": done.status,
        }
        descriptor = self._opened()
        try:
            os.write(descriptor, (json.dumps(line, ensure_ascii=False) + "\n").encode())
        finally:
            os.close(descriptor)

    def _opened(self) -> int:
        """Return the file to append to. Raises ConfigError for one that others can read."""
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        try:
            descriptor = os.open(self._path, flags, 0o600)
        except OSError as error:
            raise ConfigError(f"{self._path}: {error.strerror}; name another --audit") from None
        mode = stat.S_IMODE(os.fstat(descriptor).st_mode)
        if sys.platform != "win32" and mode & 0o077:
            os.close(descriptor)
            cure = f"type: chmod 600 {self._path}"
            raise ConfigError(f"{self._path} can be read by others (mode {mode:o}); {cure}")
        return descriptor
