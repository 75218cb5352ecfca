"""Editing what is remembered: each step proposed, checked, journalled, applied, and undone."""

from graphmem.evolve.apply import apply
from graphmem.evolve.check import Limits
from graphmem.evolve.dry_run import in_one_go
from graphmem.evolve.evolve import BATCH, Evolution
from graphmem.evolve.identity import aliased, merged, unmerged
from graphmem.evolve.keep import pinned
from graphmem.evolve.known import Known
from graphmem.evolve.propose import Proposer, RuleProposer
from graphmem.evolve.review import Doubt, accepted, both_true, doubt_of, doubts, not_so
from graphmem.evolve.said import Said
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
    "BATCH",
    "Doubt",
    "Evolution",
    "Known",
    "Limits",
    "Proposer",
    "RuleProposer",
    "Said",
    "Undoing",
    "accepted",
    "aliased",
    "apply",
    "both_true",
    "corrected",
    "doubt_of",
    "doubts",
    "expired",
    "in_one_go",
    "merged",
    "name_of_update",
    "not_so",
    "pinned",
    "refuse_superseded",
    "replaced",
    "since",
    "take_back",
    "undoing",
    "unmerged",
]
