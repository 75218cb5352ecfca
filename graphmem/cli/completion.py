"""What a shell completes beside commands and options: the scopes and sessions of the store named.

A store that cannot be read completes nothing: a shell has no place for an error.
"""

from collections.abc import Iterable
from contextlib import closing
from typing import Any

from graphmem.errors import GraphmemError


def scopes(ctx: Any, incomplete: str) -> list[str]:
    """Return the scopes of the store on the command line that begin as the word does."""
    from graphmem.config import Settings
    from graphmem.registry import open_store

    try:
        with closing(
            open_store(_given(ctx, "store", Settings.here().store), must_exist=True)
        ) as at:
            return _beginning(at.scopes(), incomplete)
    except GraphmemError:
        return []


def sessions(ctx: Any, incomplete: str) -> list[str]:
    """Return the names of the sessions of the scope on the command line that begin so."""
    from graphmem.config import Settings, scope_of
    from graphmem.registry import open_store

    try:
        settings = Settings.here()
        whose = scope_of(_given(ctx, "scope", None), settings)
        with closing(open_store(_given(ctx, "store", settings.store), must_exist=True)) as at:
            found = at.scan("session", whose.key)
            return _beginning((session.name for session in found), incomplete)
    except GraphmemError:
        return []


def _given(ctx: Any, name: str, otherwise: Any) -> Any:
    """Return the value of an option that stands before the word, as far as it was typed."""
    value = ctx.params.get(name)
    return otherwise if value is None else value


def _beginning(names: Iterable[str], incomplete: str) -> list[str]:
    return sorted({name for name in names if name.startswith(incomplete)})
