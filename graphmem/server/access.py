"""Who is asking: a bearer token of the file or of this process, or a browser's session.

A session begins with a key that works once, in a URL that the one who started the server opens; the
browser then holds a cookie that no script reads and no other site's page sends.
"""

import secrets
from collections.abc import Callable, Mapping
from http.cookies import CookieError, SimpleCookie
from threading import Lock

from graphmem.server.grants import PREFIX, Grant, digest_of
from graphmem.server.refused import RefusedError
from graphmem.server.tokens import TokenFile

Random = Callable[[], str]
"""Returns a new secret of 256 random bits each time."""
BEARER = "bearer "
UNKNOWN = "send a token: `Authorization: Bearer TOKEN`; type: graphmem token add NAME --scope ana"


def new_secret() -> str:
    """Return 256 random bits as 43 characters."""
    return secrets.token_urlsafe(32)


def new_token() -> str:
    """Return a new token."""
    return PREFIX + new_secret()


class Access:
    """The tokens and sessions of one server."""

    def __init__(self, tokens: TokenFile | None = None, *, random: Random = new_secret) -> None:
        self._tokens, self._random = tokens, random
        self._own: dict[str, Grant] = {}
        self._keys: dict[str, Grant] = {}
        self._sessions: dict[str, Grant] = {}
        self._lock = Lock()
        self.cookie = f"graphmem-{random()[:8]}"
        """The cookie's name: other servers of this host, on other ports, do not overwrite it."""

    def let_in(self, grant: Grant) -> str:
        """Return a token that works until the process ends, and is kept nowhere."""
        token = PREFIX + self._random()
        self._own[digest_of(token)] = grant
        return token

    def invite(self, grant: Grant) -> str:
        """Return a key that begins one session: `/enter?key=KEY`."""
        key = self._random()
        self._keys[digest_of(key)] = grant
        return key

    def enter(self, key: str) -> str | None:
        """Return the cookie of a new session for a key that was not used yet."""
        with self._lock:
            grant = self._keys.pop(digest_of(key), None)
        if grant is None:
            return None
        cookie = self._random()
        self._sessions[digest_of(cookie)] = grant
        return cookie

    def caller(self, headers: Mapping[str, str]) -> tuple[Grant, bool]:
        """Return what the caller may, and whether a browser's cookie says so.

        Raises RefusedError, 401, for whoever shows neither a token nor a cookie that is known.
        """
        shown = headers.get("authorization", "")
        if shown[: len(BEARER)].lower() == BEARER:
            digest = digest_of(shown[len(BEARER) :].strip())
            kept = {} if self._tokens is None else self._tokens.grants()
            grant = self._own.get(digest) or kept.get(digest)
            if grant is not None:
                return grant, False
        elif not shown:
            session = self._sessions.get(digest_of(_cookie(headers.get("cookie", ""), self.cookie)))
            if session is not None:
                return session, True
        raise RefusedError(401, UNKNOWN, kind="Unknown")


def _cookie(header: str, name: str) -> str:
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return "" if found is None else found.value
