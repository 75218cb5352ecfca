"""The one way to a Neo4j server: its URL, user and password, a driver, and what its errors mean."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from graphmem.errors import ConfigError, MissingExtraError, StoreError
from graphmem.graph.neo4j.errors import as_store_error

if TYPE_CHECKING:
    import neo4j

OLDEST = (5, 26)
"""The first server that understands every statement."""
RETRY_SECONDS = 120.0
"""How long a transaction is repeated while the server is away."""
CONNECT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers, and which of its databases is meant."""

    driver: "neo4j.Driver"
    """Whoever connected closes it."""
    address: str
    """The URL without the database."""
    database: str | None
    """None: the user's home database."""


def connect(
    url: str,
    *,
    environment: Mapping[str, str] = os.environ,
    user_variable: str = "NEO4J_USER",
    password_variable: str = "NEO4J_PASSWORD",
) -> Server:
    """Connect to the server of a URL, `neo4j://HOST:7687` or `neo4j://HOST:7687/DATABASE`.

    User (`neo4j` where not set) and password come from the environment, never from the URL.
    Raises ConfigError for a URL that cannot be or a password that is not set, MissingExtraError
    without the driver, StoreUnavailableError if the server does not answer, StoreError if it
    refuses or is too old.
    """
    address, database = _parts(url)
    password = environment.get(password_variable, "")
    if not password:
        raise ConfigError(
            f"{url} needs a password; set {password_variable}, and {user_variable} unless it is "
            "neo4j"
        )
    try:
        from neo4j import GraphDatabase
    except ImportError:
        raise MissingExtraError("a Neo4j store", "neo4j") from None
    with translated(address, database):
        driver = GraphDatabase.driver(
            address,
            auth=(environment.get(user_variable) or "neo4j", password),
            max_transaction_retry_time=RETRY_SECONDS,
            connection_timeout=CONNECT_SECONDS,
            notifications_min_severity="OFF",
            user_agent="graphmem",
        )
        try:
            refuse_old_server(driver.get_server_info().agent)
        except BaseException:
            driver.close()
            raise
    return Server(driver, address, database)


@contextmanager
def translated(address: str, database: str | None) -> Iterator[None]:
    """Raise what the driver or the server says as a StoreError of one line."""
    from neo4j.exceptions import DriverError, Neo4jError

    try:
        yield
    except (Neo4jError, DriverError, ValueError, OSError) as error:
        if isinstance(error, ValueError) and not isinstance(error, UnicodeError):
            raise
        raise as_store_error(error, address, database) from error


def refuse_old_server(agent: str) -> None:
    """Raise StoreError for the agent text of a server that is no Neo4j, or too old a one."""
    found = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
    if found is None or (int(found[1]), int(found[2])) < OLDEST:
        wanted = ".".join(map(str, OLDEST))
        raise StoreError(f"the server is {agent}; graphmem needs Neo4j {wanted} or later")


def _parts(url: str) -> tuple[str, str | None]:
    """Return a URL's address and its database. Raises ConfigError."""
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise ConfigError(
            "a store's URL holds no user and no password; set NEO4J_USER and NEO4J_PASSWORD, "
            f"and write {parts.scheme}://{parts.hostname}:{parts.port or 7687}"
        )
    database = parts.path.strip("/")
    if not parts.hostname or "/" in database or parts.query:
        raise ConfigError(f"{url!r} names no Neo4j database; write neo4j://HOST:7687/DATABASE")
    return f"{parts.scheme}://{parts.netloc}", database or None
