"""A scope's graph for other programs: GraphML, written as it is read, and a networkx graph."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from graphmem.contracts import GraphStore
from graphmem.errors import MissingExtraError, StoreUnavailableError
from graphmem.files import new_file
from graphmem.graph.projection import Properties, nodes, relationships
from graphmem.reading import StoreView
from graphmem.types import ScopeKey

if TYPE_CHECKING:
    import networkx

_KINDS: dict[type, str] = {bool: "boolean", int: "long", float: "double"}
"""GraphML's names for the types of values; all else is text, lists as JSON."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML file can hold: control characters, mostly."""

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!-- graphmem store export -->
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""


def to_networkx(store: GraphStore, scope: ScopeKey) -> "networkx.MultiDiGraph[str]":
    """Return a scope as a graph whose nodes are ids, with `labels` and `type` beside the rest.

    Tombstones are left out: they are no part of what is known. Raises MissingExtraError.
    """
    try:
        import networkx
    except ImportError:
        raise MissingExtraError("a networkx graph", "graph") from None
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    with store.one_state([scope]) as state:
        for node in nodes(state, scope):
            if node.labels != ("Tombstone",):
                graph.add_node(node.id, labels=node.labels, **node.properties)
        for edge in relationships(state, scope):
            graph.add_edge(edge.source, edge.target, type=edge.type, **edge.properties)
    return graph


def write_graphml(store: GraphStore, scope: ScopeKey, file: Path, *, force: bool = False) -> None:
    """Write a scope as GraphML. Characters that XML cannot hold become U+FFFD.

    Times are ISO text and lists JSON, since GraphML has neither. An older export is replaced,
    another file with `force` only. Raises ConfigError, StoreUnavailableError, or StoreBusyError if
    the store cannot hold one state and was written meanwhile.
    """
    try:
        with new_file(file, force=force, is_ours=_is_export) as out:
            for line in _lines(store, scope):
                out.write(line.encode())
    except OSError as error:
        raise StoreUnavailableError(f"{file} cannot be written: {error.strerror}") from error


def _is_export(begins: bytes) -> bool:
    return begins.startswith(_HEAD.encode())


def _keys(rows: Iterator[Properties]) -> dict[str, str]:
    """Return the type of every property by name, sorted."""
    found: dict[str, str] = {}
    for row in rows:
        for name, value in row.items():
            found.setdefault(name, _KINDS.get(type(value), "string"))
    return dict(sorted(found.items()))


def _lines(store: GraphStore, scope: ScopeKey) -> Iterator[str]:
    with store.one_state([scope]) as state:
        yield _HEAD
        yield from _declared(state, scope)
        yield '<graph edgedefault="directed">\n'
        for node in nodes(state, scope):
            if node.labels != ("Tombstone",):
                values = {"labels": ":".join(node.labels), **node.properties}
                yield f"<node id={quoteattr(node.id)}>{_data('n', values)}</node>\n"
        for edge in relationships(state, scope):
            ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
            yield f"<edge {ends}>{_data('e', {'type': edge.type, **edge.properties})}</edge>\n"
        yield "</graph>\n</graphml>\n"


def _declared(state: StoreView, scope: ScopeKey) -> Iterator[str]:
    """Yield a line for each property that a node or an edge has, with its type."""
    keys = {
        "node": _keys(node.properties for node in nodes(state, scope)),
        "edge": _keys(edge.properties for edge in relationships(state, scope)),
    }
    for for_, names in keys.items():
        first = "labels" if for_ == "node" else "type"
        for name, kind in ((first, "string"), *names.items()):
            yield (
                f'<key id="{for_[0]}_{name}" for="{for_}" attr.name="{name}" attr.type="{kind}"/>\n'
            )


def _data(prefix: str, values: Properties) -> str:
    return "".join(
        f'<data key="{prefix}_{name}">{_text(value)}</data>' for name, value in values.items()
    )


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.isoformat()
    shown = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)
    return escape(_NOT_XML.sub("\ufffd", shown), {"\r": "&#13;"})
