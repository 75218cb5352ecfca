"""BAND as the search over passages has it, and a question to it."""

from graphmem.retrieve.passages.features import features_of
from graphmem.retrieve.passages.index import passages_of
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.passage_data import BAND, snapshot_of_passages
from tests.unit.retrieve.reading import passage_question

PLACES = {name: place for place, name in enumerate(sorted(BAND))}
"""The place of each passage of BAND."""


def passages(corpus=BAND):
    snapshot = snapshot_of_passages(corpus)
    return passages_of(updated(None, snapshot), snapshot)


def asked(question, corpus=BAND, vector=None):
    """Return the passages and their features for a question."""
    found = passages(corpus)
    return found, features_of(found, passage_question(question, found, vector))
