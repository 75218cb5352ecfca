"""What a server says went wrong is one line, and says what would do."""

import pytest

from graphmem.errors import StoreError, StoreUnavailableError

neo4j = pytest.importorskip("neo4j.exceptions", reason="needs the extra `neo4j`")

from graphmem.graph.neo4j.errors import as_store_error  # noqa: E402


@pytest.mark.parametrize(
    ("code", "message", "kind", "said"),
    [
        ("ClientError.Security.Unauthorized", "no", StoreError, "check NEO4J_USER"),
        ("ClientError.Database.DatabaseNotFound", "no", StoreError, "has no database 'other'"),
        ("ClientError.Statement.SyntaxError", "VECTOR", StoreError, "vector indexes: VECTOR"),
        ("ClientError.Procedure.ProcedureNotFound", "x", StoreError, "vector indexes"),
        ("TransientError.General.OutOfMemoryError", "heap", StoreUnavailableError, "is full"),
        ("TransientError.General.MemoryPoolOutOfMemoryError", "x", StoreUnavailableError, "full"),
        ("DatabaseError.Statement.ExecutionFailed", "No space left on device",
         StoreUnavailableError, "is full"),
        ("DatabaseError.Transaction.TransactionCommitFailed", "Could not apply the transaction",
         StoreUnavailableError, "is its disk full"),
        ("DatabaseError.General.UnknownError", "a critical error, and needs to be restarted",
         StoreUnavailableError, "is its disk full"),
        ("ClientError.General.ReadOnly", "follower", StoreUnavailableError, "takes no writes now"),
        ("TransientError.General.DatabaseUnavailable", "x", StoreUnavailableError, "not answer"),
        ("ClientError.Schema.ConstraintValidationFailed", "x", StoreError, "refused: x"),
    ],
)  # fmt: skip
def test_a_code_becomes_a_line(code: str, message: str, kind: type[StoreError], said: str) -> None:
    error = neo4j.Neo4jError._hydrate_neo4j(code=f"Neo.{code}", message=f"{message}\nmore")
    made = as_store_error(error, "neo4j://here", "other")
    assert type(made) is kind
    assert said in str(made)
    assert "\n" not in str(made)


def test_a_server_that_is_away_may_come_back() -> None:
    made = as_store_error(neo4j.ServiceUnavailable("gone"), "neo4j://here", None)
    assert made.transient
    assert "is the server running" in str(made)
