"""Search on the server: its vector index and its full-text index, under scope and time."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from numpy.typing import NDArray

from graphmem.graph.neo4j import queries, statements
from graphmem.graph.neo4j.driver import Neo4jDatabase, Run
from graphmem.graph.neo4j.rows import sent_moment
from graphmem.types import ATOMIC_KINDS, NoteId, ScopeKey

MOST_DIMENSIONS = 4_096
"""What the server's index takes; longer vectors are stored, and found by snapshots only."""
FIRST_AMONG = 4
"""How many times k the index is asked for at first, since it knows neither scope nor time."""
MOST_AMONG = 100_000
MOST_WORDS = 256
"""Words of a query that are looked up; Lucene takes 1,024 clauses, and a word may make several."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class When:
    """What is asked about in time."""

    as_of: datetime | None
    """None: what is true now."""
    now: datetime
    """By the store's clock."""


def make_vector_index(database: Neo4jDatabase, dim: int) -> None:
    """Make the index of the notes' vectors, for vectors of this dimension."""
    found = database.schema(statements.VECTOR_INDEX, {})
    if found == [[dim]] or dim > MOST_DIMENSIONS:
        return
    if found:
        database.schema(statements.DROP_VECTOR_INDEX, {})
    database.schema(statements.ADD_VECTOR_INDEX, {"dim": dim})
    database.schema(statements.AWAIT_INDEXES, {"seconds": 60})


def nearest(
    run: Run, scope: ScopeKey, row: NDArray[Any], k: int, when: When
) -> list[tuple[NoteId, float]]:
    """Return the true atomic notes nearest to a unit row, with cosines, nearest first.

    The index is approximate, and ranks all scopes together: it is asked for more until k notes of
    this scope are found, or `MOST_AMONG` were seen. The cosines are exact.
    """
    asked = {**_filter(scope, when, k), "row": row.tolist()}
    found = _among_more(run, queries.NEAREST, asked, k)
    return [(id_, 2.0 * score - 1.0) for id_, score in found]


def matching(
    run: Run, scope: ScopeKey, words: str, k: int, when: When
) -> list[tuple[NoteId, float]]:
    """Return the true atomic notes that hold any of the words, by the server's BM25.

    The words are taken as words: nothing in them is syntax to the index.
    """
    distinct = list(dict.fromkeys(_WORD.findall(words.casefold())))[:MOST_WORDS]
    quoted = " OR ".join(f'"{word}"' for word in distinct)
    if not quoted:
        return []
    run(queries.AWAIT_FULL_TEXT, {})
    return _among_more(run, queries.MATCHING, {**_filter(scope, when, k), "words": quoted}, k)


def _among_more(
    run: Run, statement: str, parameters: dict[str, Any], k: int
) -> list[tuple[NoteId, float]]:
    """Ask an index for more and more until k of what it finds are of the scope and the time."""
    among = k * FIRST_AMONG
    while True:
        ((seen, found),) = run(statement, {**parameters, "among": among})
        if len(found) == k or seen < among or among >= MOST_AMONG:
            return [(id_, score) for id_, score in found]
        among = min(among * 8, MOST_AMONG)


def _filter(scope: ScopeKey, when: When, k: int) -> dict[str, Any]:
    moments = {"as_of": sent_moment(when.as_of), "at": sent_moment(when.as_of or when.now)}
    return {"scope": scope, **moments, "k": k, "kinds": list(ATOMIC_KINDS)}
