"""Where a client keeps what it derived of a server's memory: in the cache folder of its user."""

import os
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from threading import local

from graphmem.index_files import IndexFiles


class Erased(local):
    """Whether this thread erased what may stand in the index, and did not remove that yet."""

    is_due = False


def cached_index(whose: tuple[str | None, ...], environment: Mapping[str, str]) -> IndexFiles:
    """Return the files for one login to one database; without a home none can be written."""
    name = blake2b(repr(whose).encode(), digest_size=12).hexdigest()
    return IndexFiles(_cache_folder(environment) / "graphmem" / "index" / name)


def _cache_folder(environment: Mapping[str, str]) -> Path:
    given = environment.get("XDG_CACHE_HOME")
    if given:
        return Path(given)
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 -- Path's raises where there is none
    return home / ".cache" if home.is_absolute() else Path(os.devnull)
