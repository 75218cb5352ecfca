"""A Neo4j database: migrated, read and written in managed transactions.

Writers wait for each other on the `Memory` node, so a write's version is higher than that of every
write before it. The driver repeats a transaction after a transient error, a leader switch or a
restart of the server, for as long as `connect` allows; a write notes its own name in the database,
so one whose commit went unanswered is not done twice.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from threading import local
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from graphmem.errors import StoreError, StoreUnavailableError, StoreVersionError
from graphmem.graph.neo4j import statements
from graphmem.graph.neo4j.connect import Server, translated
from graphmem.graph.neo4j.errors import as_store_error, is_full, is_gone

if TYPE_CHECKING:
    import neo4j

T = TypeVar("T")
Rows = list[list[Any]]
Run = Callable[[str, Mapping[str, Any]], Rows]
"""Runs a statement with its parameters inside an open transaction; returns its rows."""

INDEX_SECONDS = 60
READS = 5
"""How often a read begins before it makes writers wait."""
WRITES_REMEMBERED = 64
"""Names of writes that the database keeps: writers that may be waiting for an answer at once."""


class _Open(local):
    """The transaction that a thread has open, by what runs statements in it."""

    run: Run | None = None


class Neo4jDatabase:
    """One database of one server. Any number of threads may use it."""

    def __init__(self, server: Server, *, must_exist: bool = False) -> None:
        from neo4j import GraphDatabase

        self._open = _Open()
        self._server = server
        self._is_closed = False
        self._bookmarks = GraphDatabase.bookmark_manager()
        try:
            with self._translated():
                if must_exist:
                    self._refuse_none()
                self._migrate()
        except BaseException:
            self.close()
            raise

    def read(self, work: Callable[[Run], T]) -> T:
        """Return what `work` reads in one transaction.

        It sees what is committed meanwhile: where a node went while it was read, it starts again.
        """
        from neo4j.exceptions import Neo4jError

        if self._open.run is not None:
            return work(self._open.run)
        with self._translated():
            for _ in range(READS):
                try:
                    return self._answered(
                        lambda session: session.execute_read(
                            lambda tx: work(_runner(tx, self.address))
                        )
                    )
                except Neo4jError as error:
                    if not is_gone(error):
                        raise
        return self.alone(work)

    def write(self, work: Callable[[Run, int], T]) -> T:
        """Return what `work` returns from one transaction, which is done whole, once, or not.

        `work` gets the version of the write, and may be called again if the first try came to
        nothing. Inside `atomically` of the same thread it is part of that transaction.
        """
        if self._open.run is not None:
            version, _ = _locked(self._open.run, uuid4().hex)
            return work(self._open.run, version)
        name = uuid4().hex
        results: list[T] = []

        def once(tx: "neo4j.ManagedTransaction") -> None:
            run = _runner(tx, self.address)
            version, is_done = _locked(run, name)
            if not is_done:
                results.append(work(run, version))

        with self._translated():
            self._answered(lambda session: session.execute_write(once))
            return results[-1]

    def atomically(self, work: Callable[[], T]) -> T:
        """Return what `work` returns; what it reads and writes in this thread is one transaction.

        No other writes meanwhile. It may be called again, as that of `write`.
        """
        if self._open.run is not None:
            return work()

        def held(run: Run, _: int) -> T:
            self._open.run = run
            try:
                return work()
            finally:
                self._open.run = None

        return self.write(held)

    @property
    def is_in_transaction(self) -> bool:
        """Whether `atomically` runs in this thread."""
        return self._open.run is not None

    def alone(self, work: Callable[[Run], T]) -> T:
        """Return what `work` reads while no other writes."""
        if self._open.run is not None:
            return work(self._open.run)

        def once(tx: "neo4j.ManagedTransaction") -> T:
            run = _runner(tx, self.address)
            run(statements.HOLD, {})
            return work(run)

        with self._translated():
            return self._answered(lambda session: session.execute_write(once))

    def _answered(self, transaction: "Callable[[neo4j.Session], T]") -> T:
        """Return what a transaction gives; run it again if its commit got no answer.

        The driver repeats all else itself. So a transaction that reads may be repeated, and one
        that writes must see whether it is done (`statements.LOCK`).
        """
        from neo4j.exceptions import IncompleteCommit

        while True:
            with suppress(IncompleteCommit), self._session() as session:
                return transaction(session)

    def schema(self, statement: str, parameters: Mapping[str, Any]) -> Rows:
        """Run a statement that has to stand alone."""
        with self._translated(), self._session() as session:
            return [record.values() for record in session.run(statement, dict(parameters))]

    def close(self) -> None:
        """Close every connection; twice is fine."""
        if not self._is_closed:
            self._is_closed = True
            self._server.driver.close()

    @property
    def address(self) -> str:
        """The server's URL, without the database."""
        return self._server.address

    def _session(self) -> "neo4j.Session":
        if self._is_closed:
            raise StoreError(f"{self.address} is closed; open the store again")
        return self._server.driver.session(
            database=self._server.database, bookmark_manager=self._bookmarks
        )

    def _translated(self) -> AbstractContextManager[None]:
        return translated(self.address, self._server.database)

    def _refuse_none(self) -> None:
        if not self.schema(statements.ENCODER, {}):
            url = "/".join(filter(None, (self.address, self._server.database)))
            raise StoreUnavailableError(
                f"there is no memory at {url}; type: graphmem ingest PATH --store {url}"
            )

    def _migrate(self) -> None:
        self.schema(statements.ADD_MEMORY_KEY, {})
        ((version,),) = self.schema(statements.ADD_MEMORY, {"token": uuid4().hex})
        if version > statements.VERSION:
            raise StoreVersionError(
                f"the memory at {self.address} has version {version}, this graphmem reads up to "
                f"{statements.VERSION}; type: pip install --upgrade graphmem"
            )
        if version < statements.VERSION:
            for statement in (s for step in statements.MIGRATIONS[version:] for s in step):
                self.schema(statement, {})
            self.schema(statements.AWAIT_INDEXES, {"seconds": INDEX_SECONDS})
            self.schema(statements.SET_SCHEMA, {"schema": statements.VERSION})


def _locked(run: Run, name: str) -> tuple[int, bool]:
    """Make other writers wait; return the version of a write, and whether it was done before."""
    ((version, is_done),) = run(statements.LOCK, {"write": name, "kept": WRITES_REMEMBERED})
    return version, is_done


class _Sent(list[Any]):
    """A list on its way: the driver makes a text of every parameter, which nobody reads."""

    def __repr__(self) -> str:
        return f"[{len(self)} values]"


def _sent(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _Sent(value) if isinstance(value, list) else value
        for name, value in parameters.items()
    }


def _runner(tx: "neo4j.ManagedTransaction", address: str) -> Run:
    from neo4j.exceptions import Neo4jError

    def run(statement: str, parameters: Mapping[str, Any]) -> Rows:
        try:
            return [record.values() for record in tx.run(statement, _sent(parameters))]
        except Neo4jError as error:
            # The driver would try again what the server has no room for.
            if is_full(error):
                raise as_store_error(error, address, None) from error
            raise

    return run
