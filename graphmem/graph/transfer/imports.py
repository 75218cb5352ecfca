"""What is kept of imports goes along with the records, where both stores keep such things."""

from collections.abc import Mapping, Sequence

from graphmem.contracts import GraphStore
from graphmem.errors import InputError
from graphmem.graph.records import json_value
from graphmem.graph.transfer.fields import record_of, scope_of
from graphmem.reading import ImportLog
from graphmem.receipts import IMPORTS_KEPT, ImportReport
from graphmem.types import ScopeKey

Imports = Mapping[ScopeKey, Sequence[ImportReport]]
"""Of each scope that has any, the newest first."""


def imports_in(store: GraphStore, scopes: Sequence[ScopeKey] | None) -> Imports:
    """Return what a store keeps of the scopes, None: of all."""
    if not isinstance(store, ImportLog):
        return {}
    whose = store.scopes() if scopes is None else sorted(set(scopes))
    return {scope: kept for scope in whose if (kept := store.imports(scope))}


def keep_imports(store: GraphStore, imports: Imports, scopes: Sequence[ScopeKey] | None) -> None:
    """Have a store keep what was kept elsewhere, of the scopes alone."""
    if not isinstance(store, ImportLog):
        return
    for scope, reports in imports.items():
        for report in reversed(reports if scopes is None or scope in scopes else ()):
            store.keep_import(scope, report)


def imports_line(imports: Imports) -> dict[str, object]:
    """Return it as JSON values."""
    return {scope: [json_value(one) for one in reports] for scope, reports in imports.items()}


def read_imports(line: object) -> Imports:
    """Read `imports_line` back; a file may be anybody's. Raises InputError."""
    if not isinstance(line, dict) or not all(isinstance(one, list) for one in line.values()):
        raise InputError("imports is an object of lists")
    return {
        scope_of(scope): tuple(record_of(ImportReport, one) for one in reports[:IMPORTS_KEPT])
        for scope, reports in line.items()
    }
