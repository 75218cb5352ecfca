"""Facts by number: the first digits of their ids, as many as fit into one of SQLite's integers.

Two ids may begin alike; who looks one up compares the ids that the claims themselves give.
"""

from graphmem.ids import is_id

DIGITS = 15
"""Of the sixteen that eight bytes hold: keys are not negative, and sort as ids do."""


def fact_key(id_: str) -> int | None:
    """Return the number that the id of a fact begins with; None for what is no id."""
    return int(id_[1 : 1 + DIGITS], 16) if is_id(id_) else None
