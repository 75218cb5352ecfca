"""MemPalace's export: a file a room, its drawers as lines of JSON, or quoted in Markdown."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graphmem.ingest.reading.dates import try_said_at
from graphmem.ingest.reading.fields import shown
from graphmem.ingest.reading.json_items import read_items
from graphmem.ingest.reading.text_lines import read_lines
from graphmem.ingest.reading.turns import Items, SourceFile, Turn
from graphmem.types import Problem

_BEGINNING = re.compile(r"# [^\n]+ / [^\n]+\n+## \S+\n+>")
_INDEX = re.compile(r"# (?:Palace Export — |Wing Export — |Palace Snapshot\n|Snapshot Index\n)")
_ROOM = re.compile(r"# (?P<wing>.+) / (?P<room>.+)")
_FIELD = re.compile(r"\| (?P<name>Source|Filed|Added by) \| (?P<value>.*) \|")
_KEYS = {"Source": "source_file", "Filed": "filed_at", "Added by": "added_by"}
_UNKNOWN = "unknown"


@dataclass(slots=True)
class _Drawer:
    """One drawer of a room in Markdown as it is read."""

    where: str
    id: str
    lines: list[str] = field(default_factory=list)
    metadata: dict[str, object] = field(default_factory=dict)


def looks_like_palace(head: str) -> bool:
    """Tell a room in Markdown, or one of the indexes beside them, from any other page."""
    return bool(_BEGINNING.match(head) or _INDEX.match(head))


def read_palace(file: SourceFile) -> Items:
    """Yield the passage that each drawer of a room in JSON lines is."""
    registered = 0
    for item in read_items(file):
        if isinstance(item, Problem):
            yield item
            continue
        where, value = item
        drawer = value if isinstance(value, Mapping) else {}
        metadata = drawer.get("metadata")
        if not isinstance(drawer.get("document"), str) or not isinstance(metadata, Mapping):
            wanted = 'it would have "id", "document" and "metadata"'
            yield Problem(source=where, message=f"{shown(value)} is no drawer; {wanted}")
        elif metadata.get("ingest_mode") == "registry":
            registered += 1
        else:
            yield from _turn(file, where, drawer.get("id"), drawer["document"], metadata)
    if registered:
        message = f"{registered} entries of the registry of files were left out"
        yield Problem(source=file.label, message=message, skipped=False)


def read_rooms(file: SourceFile) -> Items:
    """Yield the passage that each drawer of a room in Markdown is; of an index a problem."""
    place: dict[str, str] = {}
    drawer: _Drawer | None = None
    for item in read_lines(file):
        if isinstance(item, Problem):
            yield item
            continue
        number, line = item
        if drawer is not None and line.startswith(">"):
            drawer.lines.append(line[2:])
        elif drawer is not None and (found := _FIELD.fullmatch(line)):
            if found["value"] != _UNKNOWN:
                drawer.metadata[_KEYS[found["name"]]] = found["value"]
        elif line.startswith("## "):
            yield from _ended(file, drawer)
            drawer = _Drawer(file.line(number), line[3:].strip(), metadata=dict(place))
        elif drawer is None and (named := _ROOM.fullmatch(line)):
            place = named.groupdict()
    yield from _ended(file, drawer)
    if not place:
        message = "left out: an index of rooms; give the folder, and the rooms are read"
        yield Problem(source=file.label, message=message)


def _ended(file: SourceFile, drawer: _Drawer | None) -> Iterator[Turn | Problem]:
    if drawer is not None:
        yield from _turn(file, drawer.where, drawer.id, "\n".join(drawer.lines), drawer.metadata)


def _turn(
    file: SourceFile, where: str, id_: object, text: str, metadata: Mapping[str, object]
) -> Items:
    said_at, problem = try_said_at(metadata.get("date") or metadata.get("filed_at"), where)
    if problem:
        yield problem
    room = str(metadata.get("room") or file.name)
    place = metadata.get("chunk_index")
    yield Turn(
        collection=file.collection,
        session=str(metadata.get("source_file") or room),
        text=text,
        source_id=str(id_) if id_ else None,
        position=place if type(place) is int else None,
        said_at=said_at,
        title=f"{metadata.get('wing') or file.collection} / {room}",
        is_passage=True,
        metadata={key: value for key, value in metadata.items() if value not in (None, "")},
        where=where,
    )
