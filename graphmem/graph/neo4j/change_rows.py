"""Changes <-> properties of their nodes, and what relationships they have."""

import json

from graphmem.changes import (
    Change,
    EntityTarget,
    LinkTarget,
    NoteField,
    entities_named,
    native,
    owner_of,
    successor,
)
from graphmem.graph.journal import read_target
from graphmem.graph.neo4j.rows import Found, Properties, as_moment, parted, sent_moment
from graphmem.graph.projection import target_properties
from graphmem.graph.records import canonical, json_value
from graphmem.types import ScopeKey


def change_row(change: Change, seq: int) -> Properties:
    """Return what a statement makes a change's node and its relationships of."""
    match change.target:
        case NoteField(note=note):
            notes = [note]
        case LinkTarget(source=source, target=target):
            notes = [source, target]
        case EntityTarget():
            notes = []
    return {
        "id": change.id,
        "notes": notes,
        "entities": sorted(entities_named(change)),
        "evidence": list(change.evidence),
        "depends_on": list(change.depends_on),
        **parted(change_properties(change, seq)),
    }


def change_properties(change: Change, seq: int) -> Properties:
    """Return a change's properties beside scope and id; `before` and `after` are JSON.

    `successor` is what it names beside its target: it goes when that is erased.
    """
    is_identity = isinstance(change.target, EntityTarget)
    return {
        **target_properties(change),
        "target": canonical(json_value(change.target)),
        "owner": owner_of(change.target),
        "seq": seq,
        "before": canonical(json_value(change.before)),
        "after": canonical(json_value(change.after)),
        "successor": change.after if is_identity else successor(change),
        "reason": change.reason,
        "author": change.author,
        "run_id": change.run_id,
        "at": sent_moment(change.at),
        "evidence": list(change.evidence) or None,
        "depends_on": list(change.depends_on) or None,
    }


def read_change(found: Found, scope: ScopeKey) -> Change:
    """Return the change of a map of CHANGES."""
    target = read_target(json.loads(found["target"]))
    return Change(
        id=found["id"],
        scope=scope,
        target=target,
        before=native(target, json.loads(found["before"])),
        after=native(target, json.loads(found["after"])),
        reason=found["reason"],
        author=found["author"],
        run_id=found["run_id"],
        at=as_moment(found["at"]),
        evidence=tuple(found["evidence"] or ()),
        depends_on=tuple(found["depends_on"] or ()),
    )
