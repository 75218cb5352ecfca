"""How much an attack is run: a little in the suite, much where GRAPHMEM_ATTACKS says a number."""

import os

GIVEN = os.environ.get("GRAPHMEM_ATTACKS", "")


def attacks(few: int) -> int:
    """Return how many rounds an attack takes: `few`, or what GRAPHMEM_ATTACKS says."""
    return int(GIVEN) if GIVEN else few
