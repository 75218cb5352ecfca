"""What whoever starts a server may do with it, where no token was made before."""

from graphmem.config import Settings, scope_of
from graphmem.errors import ConfigError
from graphmem.server.grants import Grant
from graphmem.server.tokens import TokenFile
from graphmem.types import ScopeKey

NAME = "owner"


def grant_of_owner(
    tokens: TokenFile, scope: str | None, *, read_only: bool, is_loopback: bool
) -> Grant | None:
    """Return what the one who starts a server may; None: there are tokens, which say who may what.

    Nobody is let in without a token: on this machine alone, one is made for the process and told
    to whoever started it. Raises ConfigError where others could reach it and nobody has one.
    """
    if tokens.grants():
        return None
    if not is_loopback:
        raise ConfigError(
            f"other machines could reach this and {tokens.path} holds no token; "
            "type: graphmem token add NAME --scope ana"
        )
    whose = scope_of(scope, Settings.here())
    return Grant(name=NAME, scopes=frozenset({whose.key}), may="read" if read_only else "write")


def first_scope(tokens: TokenFile, own: Grant | None) -> ScopeKey:
    """Return a scope that somebody may ask, to open the store by."""
    grants = [own] if own is not None else list(tokens.grants().values())
    scopes = sorted(scope for grant in grants for scope in grant.scopes)
    if not scopes:
        raise ConfigError("no token is for a memory; type: graphmem token add NAME --scope ana")
    return scopes[0]
