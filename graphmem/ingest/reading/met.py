"""The files of one call: which was read before, and which would be stored as another one."""

from pathlib import Path

from graphmem.ingest.reading.meter import Meter
from graphmem.ingest.reading.turns import Items, SourceFile, Turn, readable
from graphmem.types import Problem


class MetFiles:
    """The files that one call has read so far."""

    def __init__(self, *, may_share: bool, meter: Meter | None = None) -> None:
        """`may_share`: the caller said that files of one collection are versions of one; `meter`
        hears how much of them was read.
        """
        self._may_share = may_share
        self.meter = meter or Meter()
        self._inodes: set[tuple[int, int]] = set()
        self._owners: dict[str, SourceFile] = {}

    def is_met(self, path: Path) -> bool:
        """Tell whether a file was read before, and note that it was; one that is gone was not."""
        try:
            found = path.stat()
        except OSError:
            return False
        key = found.st_dev, found.st_ino
        is_met = key in self._inodes
        self._inodes.add(key)
        return is_met

    def apart(self, items: Items, file: SourceFile) -> Items:
        """Yield a file's items without the turns that would be mixed with another file's.

        Those are the turns that are known by the file's collection, when another file of the call
        has the same one; turns of a named session or export may be in many files.
        """
        is_said = False
        for item in items:
            if not isinstance(item, Turn) or item.collection != file.collection:
                yield item
                continue
            owner = self._owners.setdefault(file.collection, file)
            if owner is not file and not is_said:
                is_said = True
                yield self._shared(file, owner)
            if owner is file or self._may_share:
                yield item

    def _shared(self, file: SourceFile, owner: SourceFile) -> Problem:
        one, other = (readable(str(each.path)) for each in (file, owner))
        if self._may_share:
            message = f"{one} is taken for another version of {other}: both are {file.collection}"
            return Problem(source=file.label, message=message, skipped=False)
        return Problem(
            source=file.label,
            message=f"{one} is left out: it would be mixed with {other}, as both are "
            f"{file.collection}; read it in a call of its own with --collection NAME, in Python "
            "collection=NAME",
        )
