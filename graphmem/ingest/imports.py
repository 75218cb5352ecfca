"""An import of files is told again later: a store that keeps such things keeps its report."""

from datetime import datetime

from graphmem.contracts import GraphStore
from graphmem.reading import ImportLog
from graphmem.receipts import ImportReport, Receipt
from graphmem.types import ScopeKey


def told_to(store: GraphStore, scope: ScopeKey, receipt: Receipt, *, at: datetime) -> Receipt:
    """Return the receipt of an import that ended, once the store knows of it."""
    if isinstance(store, ImportLog):
        store.keep_import(scope, ImportReport.of(receipt, at))
    return receipt
