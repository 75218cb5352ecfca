"""What a caller may: whose memories, to read or to write; and how a token is kept."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, get_args

from graphmem.types import ScopeKey

Right = Literal["read", "write", "metrics"]
"""`write` is to read and to write; `metrics` is to read how the server does, and no memory."""
RIGHTS: tuple[Right, ...] = get_args(Right)
PREFIX = "gm_"
"""How each token begins, so that a scanner for secrets finds one where it should not be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What one token or session may."""

    name: str
    """Of the token: it stands in the audit log."""
    scopes: frozenset[ScopeKey]
    """Exactly these: `ana` is not `ana/helper`."""
    may: Right

    def allows(self, scope: ScopeKey, right: Right) -> bool:
        """Tell whether it may read, or write, the memory of a scope."""
        return scope in self.scopes and (self.may == right or (right, self.may) == _READS)


_READS = ("read", "write")
"""Who may write may read."""


def digest_of(token: str) -> str:
    """Return what is kept of a token: nobody finds 256 random bits by their SHA-256."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
