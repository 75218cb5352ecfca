"""Editing what is remembered: each step proposed, checked, journalled, applied, and undone."""

from graphmem.evolve.apply import apply
from graphmem.evolve.check import Limits
from graphmem.evolve.dry_run import in_one_go
from graphmem.evolve.evolve import BATCH, Evolution
from graphmem.evolve.gate import Gate
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
from graphmem.evolve.useful import (
    Probe,
    answering,
    asking_of,
    no_more_answering,
    probed_notes,
    probes_of,
)

__all__ = [
    "BATCH",
    "Doubt",
    "Evolution",
    "Gate",
    "Known",
    "Limits",
    "Probe",
    "Proposer",
    "RuleProposer",
    "Said",
    "Undoing",
    "accepted",
    "aliased",
    "answering",
    "apply",
    "asking_of",
    "both_true",
    "corrected",
    "doubt_of",
    "doubts",
    "expired",
    "in_one_go",
    "merged",
    "name_of_update",
    "no_more_answering",
    "not_so",
    "pinned",
    "probed_notes",
    "probes_of",
    "refuse_superseded",
    "replaced",
    "since",
    "take_back",
    "undoing",
    "unmerged",
]
