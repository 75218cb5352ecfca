"""Vectors that stay where they lie: whatever is written and deleted, and whichever process asks."""

from hypothesis import HealthCheck, settings

from graphmem import stacked
from graphmem.graph.snapshot import joined
from graphmem.index import bases
from graphmem.retrieve.turns import vectors
from tests.property.test_index_on_disk import IndexOnDisk
from tests.spelled import SpelledEncoder


class VectorsOnDisk(IndexOnDisk):
    """As of a large memory: its vectors are coded, and lie in many arrays."""

    encoder = SpelledEncoder()
    limits = (
        (bases, "FEWEST_NOTES", 1),
        (joined, "FEWEST_SHARED", 1),
        (vectors, "FEWEST_CODED", 1),
        (stacked, "MOST_PIECES", 4),
    )


TestVectorsOnDisk = VectorsOnDisk.TestCase
TestVectorsOnDisk.settings = settings(
    max_examples=8, stateful_step_count=10, deadline=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
