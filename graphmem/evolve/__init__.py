"""Editing what is remembered: each step proposed, checked, journalled, applied, and undone."""

from graphmem.evolve.apply import apply
from graphmem.evolve.check import Limits
from graphmem.evolve.dry_run import in_one_go
from graphmem.evolve.identity import aliased, merged, unmerged
from graphmem.evolve.keep import pinned
from graphmem.evolve.supersede import (
    corrected,
    expired,
    name_of_update,
    refuse_superseded,
    replaced,
    since,
)
from graphmem.evolve.undo import Undoing, take_back, undoing

__all__ = [
    "Limits",
    "Undoing",
    "aliased",
    "apply",
    "corrected",
    "expired",
    "in_one_go",
    "merged",
    "name_of_update",
    "pinned",
    "refuse_superseded",
    "replaced",
    "since",
    "take_back",
    "undoing",
    "unmerged",
]
