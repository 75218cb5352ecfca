"""LangGraph's namespaces as scopes and back: one label names the user, the others the agent.

Each namespace is one scope, and no two are the same, whatever their labels hold: a scope's walls
are a namespace's walls.
"""

import re
from dataclasses import dataclass
from unicodedata import normalize
from urllib.parse import quote, unquote

from langgraph.store.base import InvalidNamespaceError

from graphmem.types import Scope

Namespace = tuple[str, ...]

ODD = "*"
"""Begins the agent's name where the user's label is not written as `label_of` writes it; no other
label is written so."""

READABLE = " @+:="
"""What a label may hold beside letters, digits and `_.-~` and stay as it is."""


def label_of(user: str) -> str:
    """Return a user's name as a label of a namespace, which may hold no full stop.

    `ana@example.org` is `ana@example%2Eorg`, and belongs to the scope of the user
    `ana@example.org`.
    """
    return normalize("NFC", user).replace("%", "%25").replace(".", "%2E")


@dataclass(frozen=True, slots=True)
class Namespaces:
    """Which label of a namespace names the user, counted from 0."""

    user_at: int = 0

    def scope_of(self, namespace: Namespace) -> Scope:
        """Return whose memory a namespace is.

        Raises InvalidNamespaceError for one that names no user, or holds half a surrogate pair.
        """
        if len(namespace) <= self.user_at:
            raise InvalidNamespaceError(
                f"{namespace!r} names no user: its label {self.user_at} should, counted from 0"
            )
        label = namespace[self.user_at]
        rest = (*namespace[: self.user_at], *namespace[self.user_at + 1 :])
        try:
            others = [quote(one, safe=READABLE) for one in rest]
            user = _user_of(label)
            if label_of(user) == label:
                return Scope(user, "/".join(others) or None)
            return Scope(quote(label, safe=""), "/".join([ODD, *others]))
        except UnicodeEncodeError:
            raise InvalidNamespaceError(f"{namespace!a} holds half a surrogate pair") from None

    def namespace_of(self, scope: Scope) -> Namespace:
        """Return the namespace of a scope that `scope_of` gave."""
        others = scope.agent.split("/") if scope.agent is not None else []
        is_odd = others[:1] == [ODD]
        label = unquote(scope.user) if is_odd else label_of(scope.user)
        rest = [unquote(one) for one in others[is_odd:]]
        return (*rest[: self.user_at], label, *rest[self.user_at :])


def _user_of(label: str) -> str:
    return re.sub("%25|%2E", lambda found: "." if found[0] == "%2E" else "%", label)
