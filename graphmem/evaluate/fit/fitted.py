"""Which data the shipped weights were fitted on: figures on it are no promise for other data."""

from graphmem.retrieve.passages.weights import TABLES as PASSAGE_TABLES
from graphmem.retrieve.passages.weights import passage_table
from graphmem.retrieve.turns.weights import TABLES as TURN_TABLES
from graphmem.retrieve.turns.weights import turn_table


def fitted_data() -> frozenset[str]:
    """Return the hash of every data set that a shipped table was fitted on."""
    passages = [passage_table(name) for name in PASSAGE_TABLES]
    turns = [turn_table(name) for name in TURN_TABLES]
    return frozenset(hash_ for table in (*passages, *turns) for hash_ in table["data"])
