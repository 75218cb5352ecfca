"""Which data the shipped weights were fitted on: figures on it are no promise for other data."""

from graphmem.retrieve.passages.weights import document_model
from graphmem.retrieve.turns.weights import TABLES, turn_table


def fitted_data() -> frozenset[str]:
    """Return the hash of every data set that a shipped table was fitted on."""
    documents = (document_model(with_vectors=kind).data for kind in (False, True))
    turns = (turn_table(name)["data"] for name in TABLES)
    return frozenset(hash_ for data in (*documents, *turns) for hash_ in data)
