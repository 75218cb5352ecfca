"""One write of one scope in progress: what it numbers, touches and counts until it is settled."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from graphmem.changes import Change, owner_of
from graphmem.graph.neo4j import queries, statements
from graphmem.graph.neo4j.change_rows import read_change
from graphmem.graph.neo4j.driver import Rows, Run
from graphmem.graph.neo4j.rows import read_derived_note
from graphmem.types import EntityId, FactId, Note, NoteId, ScopeKey

NUMBERS_PER_WRITE = 1 << 20
"""A record's number is its write's version times this, and its place in that write."""


STATES_KNOWN = 128
"""The last states of a scope that it knows: what was derived before them is derived anew."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """An open write transaction on the records of one scope."""

    run: Run
    scope: ScopeKey
    version: int
    is_indexed: bool
    """Whether vectors go into the server's index as well."""
    uses: Counter[tuple[EntityId, str]] = field(default_factory=Counter)
    """How many uses each surface of an entity has won or lost."""
    facts: set[FactId] = field(default_factory=set)
    """The facts that lost a claim."""
    touched: set[str] = field(default_factory=set)
    """The sessions that a snapshot has to read again."""
    reordered: set[str] = field(default_factory=set)
    """The sessions whose episodes may follow each other otherwise."""
    at: dict[str, str] = field(default_factory=dict)
    """The server's own names of nodes that were seen, by their ids: cheaper than to look up."""
    numbers: "count[int]" = field(default_factory=count)

    def rows(self, statement: str, parameters: Mapping[str, Any]) -> Rows:
        """Run a statement with these parameters, the scope and the version."""
        return self.run(statement, {**parameters, "scope": self.scope, "version": self.version})

    def add(self, statement: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run a statement that makes a node a row and returns id and own name of each."""
        if rows:
            ((made,),) = self.rows(statement, {"rows": rows})
            self.at.update(made)

    def next_number(self) -> int:
        """Return a number that no record had before."""
        return self.version * NUMBERS_PER_WRITE + next(self.numbers)

    def touch_sessions_of(self, notes: Iterable[str]) -> None:
        """Mark the sessions of stored notes as written now."""
        rows = self.rows(statements.SESSIONS_OF_NOTES, {"notes": list(notes)})
        self.touched.update(session for _, session in rows)

    def journal(self, owners: Iterable[str]) -> list[Change]:
        """Return the changes of some records in journal order."""
        rows = self.rows(queries.JOURNALS, {"owners": sorted(set(owners))})
        return [read_change(found, self.scope) for (found,) in rows]

    def journals(self, owners: Iterable[str]) -> dict[str, list[Change]]:
        """Return the changes of each record that has any, in journal order."""
        found: dict[str, list[Change]] = {}
        for change in self.journal(owners):
            found.setdefault(owner_of(change.target), []).append(change)
        return found

    def identity_changes(self) -> list[Change]:
        """Return the changes of what entities are, in journal order."""
        rows = self.rows(queries.IDENTITIES, {"scopes": [self.scope]})
        return [read_change(found, self.scope) for (found,) in rows]

    def derived_notes(self, ids: Iterable[str]) -> dict[NoteId, Note]:
        """Return those of the notes that are stored, without their changes."""
        rows = self.rows(queries.DERIVED_NOTES, {"ids": list(ids)})
        return {id_: read_derived_note(found, self.scope) for id_, found in rows}

    def finish(self) -> None:
        """Mark what was touched, for snapshots, and order the episodes again."""
        self.rows(statements.TOUCH_SCOPE, {"known": STATES_KNOWN})
        if self.touched:
            self.rows(statements.TOUCH_SESSIONS, {"sessions": sorted(self.touched)})
        if self.reordered:
            self.rows(statements.CHAIN, {"sessions": sorted(self.reordered)})
