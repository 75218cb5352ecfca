"""graphmem: long-term memory for applications that talk. Notes, a graph, answers with reasons.

Public are the names of `__all__`: `Memory`, whose memory it is, the records it takes and gives, and
the errors; the records of its lists and counts are in `graphmem.overview`. For those who write a
store, an encoder or an extractor of their own the modules `graphmem.contracts`, `graphmem.batches`,
`graphmem.arrays`, `graphmem.reading`, `graphmem.registry` and `graphmem.testing` are public too,
as are `graphmem.integrations.langchain`, `graphmem.integrations.langgraph` and
`graphmem.integrations.mcp`.
Everything else is internal and may change in any release.

Importing this loads nothing: each name is imported from its module when it is first asked for, and
neither records nor errors need numpy or an optional library.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphmem.answers import Context, Excerpt, Hit, Hits, Path
    from graphmem.changes import (
        Change,
        Dropped,
        Edit,
        EntityTarget,
        History,
        LinkTarget,
        NoteField,
        Proposal,
        Rejection,
    )
    from graphmem.errors import (
        ConfigError,
        DependentChangesError,
        EncoderMismatchError,
        ExtractionError,
        GraphmemError,
        InputError,
        MissingExtraError,
        MissingRecordError,
        MovedError,
        NoConvergenceError,
        PluginError,
        ScopeError,
        StoreBusyError,
        StoreDamagedError,
        StoreError,
        StoreUnavailableError,
        StoreVersionError,
        UnknownBackendError,
    )
    from graphmem.ingest import Turn
    from graphmem.memory import Memory
    from graphmem.receipts import Receipt
    from graphmem.types import (
        Entity,
        Episode,
        Fact,
        Link,
        Note,
        Problem,
        Scope,
        Session,
    )

__version__ = "0.1.0"
__all__ = [
    "Change",
    "ConfigError",
    "Context",
    "DependentChangesError",
    "Dropped",
    "Edit",
    "EncoderMismatchError",
    "Entity",
    "EntityTarget",
    "Episode",
    "Excerpt",
    "ExtractionError",
    "Fact",
    "GraphmemError",
    "History",
    "Hit",
    "Hits",
    "InputError",
    "Link",
    "LinkTarget",
    "Memory",
    "MissingExtraError",
    "MissingRecordError",
    "MovedError",
    "NoConvergenceError",
    "Note",
    "NoteField",
    "Path",
    "PluginError",
    "Problem",
    "Proposal",
    "Receipt",
    "Rejection",
    "Scope",
    "ScopeError",
    "Session",
    "StoreBusyError",
    "StoreDamagedError",
    "StoreError",
    "StoreUnavailableError",
    "StoreVersionError",
    "Turn",
    "UnknownBackendError",
]

_HOMES = {
    "Memory": "graphmem.memory",
    "Receipt": "graphmem.receipts",
    "Turn": "graphmem.ingest",
    **dict.fromkeys(("Context", "Excerpt", "Hit", "Hits", "Path"), "graphmem.answers"),
    **dict.fromkeys(
        ("Change", "Edit", "EntityTarget", "History", "LinkTarget", "NoteField", "Proposal"),
        "graphmem.changes",
    ),
    **dict.fromkeys(("Dropped", "Rejection"), "graphmem.changes"),
}
"""Where the names are that are neither an error nor a record of `types.py`."""


def __getattr__(name: str) -> object:
    """Import a public name from its module when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module 'graphmem' has no attribute {name!r}")
    home = "graphmem.errors" if name.endswith("Error") else _HOMES.get(name, "graphmem.types")
    value: object = getattr(import_module(home), name)
    globals()[name] = value  # found without this function from now on
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted([*__all__, "__version__"])
