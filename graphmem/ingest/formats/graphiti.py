"""What Graphiti keeps, as JSON: episodes and facts, dumped as an object, a list, or a line each."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphmem.ingest.formats.transcript_lines import opening
from graphmem.ingest.reading.dates import try_said_at
from graphmem.ingest.reading.fields import shown
from graphmem.ingest.reading.json_items import Item, is_json_lines, read_elements, read_items
from graphmem.ingest.reading.text_lines import read_head
from graphmem.ingest.reading.turns import VALID_UNTIL, Items, SourceFile, Turn
from graphmem.types import Problem

COLLECTION = "graphiti"
"""Groups and episodes have ids of their own, so that a later export continues an earlier one."""
_NODES = ("nodes", "entities")
_RECORDS = ("episodes", "facts", "edges", "entity_edges")
_WITH_ROLE = re.compile(
    r"(?P<name>[^:()]{0,60}?)\s?\((?P<role>user|assistant|system)\):\s?(?P<text>.*)", re.DOTALL
)
"""How its server writes a message: `Ana(user): …`, or `(assistant): …`."""

Record = Mapping[str, Any]


def read_graphiti(file: SourceFile) -> Items:
    """Yield the turns of every episode, and every fact as a passage under its subject's name.

    A group is a session of turns; a text or JSON that was given whole is a passage too. A fact is
    true from and until when it says, and keeps the names of its two ends where the file has the
    nodes, which stay in memory; their summaries are left out and counted.
    """
    nodes = _Nodes()
    told: set[Problem] = set()
    for item in _records(file, nodes):
        if not isinstance(item, Problem):
            yield from _read_record(file, *item, nodes.names)
        elif item not in told:
            told.add(item)
            yield item
    if nodes.summaries:
        message = f"{nodes.summaries} summaries of nodes, which a model wrote, were left out"
        yield Problem(source=file.label, message=message, skipped=False)


@dataclass(slots=True)
class _Nodes:
    """The names of a graph's nodes by id, and how many have a summary."""

    names: dict[str, str] = field(default_factory=dict)
    summaries: int = 0

    def add(self, node: object) -> None:
        """Remember a node that has a name."""
        if isinstance(node, Mapping) and isinstance(node.get("name"), str):
            self.names[str(node.get("uuid"))] = node["name"]
            self.summaries += bool(node.get("summary"))


def _records(file: SourceFile, nodes: _Nodes) -> Iterator[Item | Problem]:
    """Yield episodes and edges, those of one object streamed, once its nodes are known."""
    head = read_head(file)
    if head.startswith("{") and not is_json_lines(file, head):
        for item in _elements(file, _NODES):
            if not isinstance(item, Problem):
                nodes.add(item[1])
        yield from _elements(file, _RECORDS)
        return
    for item in read_items(file):
        inside = isinstance(item, tuple) and _listed(item[1], _RECORDS)
        if not inside or isinstance(item, Problem):
            yield item
            continue
        for node in _listed(item[1], _NODES):
            nodes.add(node)
        yield from ((f"{item[0]} {n}", record) for n, record in enumerate(inside, start=1))


def _elements(file: SourceFile, keys: tuple[str, ...]) -> Iterator[Item | Problem]:
    return (item for key in keys for item in read_elements(file, f"{key}.item"))


def _listed(value: object, keys: tuple[str, ...]) -> list[object]:
    """Return the elements of an object's lists of records; none of a record's own lists."""
    if not isinstance(value, Mapping) or "fact" in value or "content" in value:
        return []
    return [one for key in keys if isinstance(value.get(key), list) for one in value[key]]


def _read_record(file: SourceFile, where: str, value: object, names: Mapping[str, str]) -> Items:
    record = value if isinstance(value, Mapping) else {}
    if isinstance(record.get("fact"), str):
        yield from _read_fact(file, where, record, names)
    elif isinstance(record.get("content"), str):
        yield from _read_episode(file, where, record)
    else:
        wanted = 'an episode has "content", and an edge "fact"'
        yield Problem(source=where, message=f"{shown(value)} is neither; {wanted}")


def _read_fact(file: SourceFile, where: str, fact: Record, names: Mapping[str, str]) -> Items:
    ends = {
        "source": names.get(str(fact.get("source_node_uuid"))),
        "target": names.get(str(fact.get("target_node_uuid"))),
    }
    keys = ("name", "valid_at", "invalid_at", "expired_at", "created_at", "episodes", "attributes")
    told = {key: fact.get(key) for key in keys}
    yield from _turn(
        file,
        where,
        fact,
        text=fact["fact"],
        said_at=("valid_at", "reference_time", "created_at"),
        title=str(ends["source"] or fact.get("name") or "fact"),
        metadata={
            "graphiti": "fact",
            **told,
            **ends,
            VALID_UNTIL: told["invalid_at"] or told["expired_at"],
        },
    )


def _read_episode(file: SourceFile, where: str, episode: Record) -> Items:
    keys = ("name", "source", "source_description", "created_at")
    metadata = {"graphiti": "episode", **{key: episode.get(key) for key in keys}}
    said_at = ("valid_at", "created_at")
    said = list(_spoken(episode["content"])) if episode.get("source") == "message" else []
    if not said:
        yield from _turn(
            file,
            where,
            episode,
            text=episode["content"],
            said_at=said_at,
            metadata=metadata,
            title=str(episode.get("name") or episode.get("uuid") or "") or None,
        )
    for number, (speaker, text) in enumerate(said, start=1):
        yield from _turn(
            file, where, episode, text=text, said_at=said_at, metadata=metadata,
            speaker=speaker, number=number if len(said) > 1 else None,
        )  # fmt: skip


def _spoken(content: str) -> Iterator[tuple[str, str]]:
    """Yield (speaker, text) of each message of an episode; nothing if it does not begin so."""
    known: dict[str, None] = {}
    lines: list[str] = []
    for line in content.split("\n"):
        speaker, text = _beginning(line, known)
        if speaker:
            if known:
                yield next(reversed(known)), "\n".join(lines).strip()
            known.pop(speaker, None)
            known[speaker] = None
            lines = []
        elif not known:
            return
        lines.append(text)
    yield next(reversed(known)), "\n".join(lines).strip()


def _beginning(line: str, known: Collection[str]) -> tuple[str | None, str]:
    """Return who begins to speak on a line, None if it goes on, and what is said on it."""
    if found := _WITH_ROLE.fullmatch(line):
        return found["name"].strip() or found["role"], found["text"]
    begun = opening(line, known, stamped=False)
    return (begun.speaker, begun.text) if begun else (None, line)


def _turn(
    file: SourceFile,
    where: str,
    record: Record,
    *,
    text: str,
    said_at: tuple[str, ...],
    metadata: Mapping[str, object],
    title: str | None = None,
    speaker: str | None = None,
    number: int | None = None,
) -> Items:
    written = next((record[key] for key in said_at if record.get(key)), None)
    moment, problem = try_said_at(written, where)
    if problem:
        yield problem
    uuid = str(record.get("uuid") or "") or None
    session = str(record.get("group_id") or "") or file.name
    yield Turn(
        collection=COLLECTION,
        session=uuid or where if title else session,
        text=text,
        source_id=f"{uuid}:{number}" if uuid and number else uuid,
        speaker=speaker,
        said_at=moment,
        title=title,
        is_passage=title is not None,
        metadata={key: value for key, value in metadata.items() if value not in (None, "", {}, [])},
        where=where,
    )
