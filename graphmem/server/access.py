"""Who is asking: a bearer token of the file or of this process, or a browser's session.

A session begins with a key that works once, in a URL that the one who started the server opens; the
browser then holds a cookie that no script reads and no other site's page sends. It ends when it was
not used for a while, and after a day in any case.
"""

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from threading import Lock

from graphmem.server.grants import PREFIX, Grant, digest_of
from graphmem.server.refused import RefusedError
from graphmem.server.tokens import TokenFile

Random = Callable[[], str]
"""Returns a new secret of 256 random bits each time."""
IDLE = 8 * 3_600.0
"""Seconds after which a session that nobody used is over."""
LONGEST = 24 * 3_600.0
"""Seconds after which any session is over, and a key that nobody used."""
BEARER = "bearer "
UNKNOWN = "send a token: `Authorization: Bearer TOKEN`; type: graphmem token add NAME --scope ana"

ENDED = "this session is over; start the server again for a link that begins another"


@dataclass(slots=True)
class _Held:
    """A grant that ends: of a session, or of a key that begins one."""

    grant: Grant
    since: float
    used: float

    def is_over(self, now: float) -> bool:
        return now - self.since >= LONGEST or now - self.used >= IDLE


def new_secret() -> str:
    """Return 256 random bits as 43 characters."""
    return secrets.token_urlsafe(32)


def new_token() -> str:
    """Return a new token."""
    return PREFIX + new_secret()


class Access:
    """The tokens and sessions of one server."""

    def __init__(
        self,
        tokens: TokenFile | None = None,
        *,
        random: Random = new_secret,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`now` gives seconds that never go back."""
        self._tokens, self._random, self._now = tokens, random, now
        self._own: dict[str, Grant] = {}
        self._keys: dict[str, _Held] = {}
        self._sessions: dict[str, _Held] = {}
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
        key, now = self._random(), self._now()
        self._keys[digest_of(key)] = _Held(grant, now, now + LONGEST)
        return key

    def enter(self, key: str) -> str | None:
        """Return the cookie of a new session for a key that was not used yet, nor is too old."""
        now, cookie = self._now(), self._random()
        with self._lock:
            held = self._keys.pop(digest_of(key), None)
            self._sessions = {k: v for k, v in self._sessions.items() if not v.is_over(now)}
            if held is None or held.is_over(now):
                return None
            self._sessions[digest_of(cookie)] = _Held(held.grant, now, now)
        return cookie

    def _session(self, cookie: str) -> Grant | None:
        """Return what a session may that is not over, which goes on by it."""
        now = self._now()
        with self._lock:
            held = self._sessions.get(digest_of(cookie))
            if held is None or held.is_over(now):
                return None
            held.used = now
            return held.grant

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
            cookie = _cookie(headers.get("cookie", ""), self.cookie)
            session = self._session(cookie)
            if session is not None:
                return session, True
            if cookie:
                raise RefusedError(401, ENDED, kind="Unknown")
        raise RefusedError(401, UNKNOWN, kind="Unknown")


def _cookie(header: str, name: str) -> str:
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return "" if found is None else found.value
