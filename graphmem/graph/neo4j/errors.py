"""What a driver or server says went wrong -> one line that says what would do."""

from graphmem.errors import StoreError, StoreUnavailableError

_FULL = ("OutOfMemory", "OutOfDisk", "NoSpace", "TransactionLimitReached")
_BROKEN = ("TransactionCommitFailed", "Could not apply", "needs to be restarted")
"""What a server says whose disk is full: seen on one of 800 MB."""
_READ_ONLY = ("ReadOnly", "NotALeader")


def is_full(error: Exception) -> bool:
    """True when the server has no room for what a transaction holds, in memory or on disk."""
    code = getattr(error, "code", None) or ""
    return any(part in code for part in _FULL) or "No space left" in str(error)


def is_gone(error: Exception) -> bool:
    """True when a node was deleted by another transaction while it was read."""
    return "EntityNotFound" in (getattr(error, "code", None) or "")


def as_store_error(error: Exception, address: str, database: str | None) -> StoreError:
    """Return a driver's error as one line that says what would do."""
    from neo4j.exceptions import AuthError, Neo4jError, ServiceUnavailable, SessionExpired

    code = getattr(error, "code", None) or ""
    said = (getattr(error, "message", None) or str(error)).splitlines()[0][:300]
    if isinstance(error, AuthError) or "Security" in code:
        return StoreError(f"{address} refused user and password; check NEO4J_USER, NEO4J_PASSWORD")
    if "DatabaseNotFound" in code:
        return StoreError(
            f"{address} has no database {database!r}; leave the name out of the URL for the "
            "user's home database"
        )
    if "SyntaxError" in code or "ProcedureNotFound" in code:
        return StoreError(
            f"{address} does not understand a statement; graphmem needs a Neo4j server with "
            f"full-text and vector indexes: {said}"
        )
    if is_full(error):
        return StoreUnavailableError(f"{address} is full: {said}; nothing was written")
    if any(part in code or part in said for part in _BROKEN):
        return StoreUnavailableError(
            f"{address} cannot keep its data now: {said}; is its disk full? See the server's logs, "
            "and start it again"
        )
    if any(part in code for part in _READ_ONLY):
        return StoreUnavailableError(f"{address} takes no writes now: {said}")
    is_away = isinstance(error, ServiceUnavailable | SessionExpired | OSError)
    if is_away or (isinstance(error, Neo4jError) and error.is_retryable()):
        return StoreUnavailableError(f"{address} does not answer: {said}; is the server running?")
    if isinstance(error, UnicodeError):
        return StoreError("a text holds half a surrogate pair; write U+FFFD in its place")
    return StoreError(f"{address} refused: {said}")
