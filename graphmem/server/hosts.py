"""Which Host and Origin a request may name: a page of another site reaches nothing here."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address

from graphmem.server.refused import RefusedError

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


def is_loopback(host: str) -> bool:
    """Tell whether an address to listen on is this machine's alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Hosts:
    """The names that this server answers to, without their port."""

    names: frozenset[str] = LOOPBACK

    @classmethod
    def of(cls, listening: str, *names: str) -> "Hosts":
        """Return the names of an address that is listened on, and others that it is called by."""
        own = f"[{listening}]" if ":" in listening else listening
        return cls(LOOPBACK | {own.lower(), *(name.lower() for name in names)})

    def check(self, headers: Mapping[str, str], *, by_cookie: bool, reads: bool) -> None:
        """Raise RefusedError for a Host that is not this server's, or an Origin that is not it.

        With a cookie, which a browser sends by itself, what writes has to say where it comes from:
        another port of the same host is another program.
        """
        host = headers.get("host", "").lower()
        if _name_of(host) not in self.names:
            known = ", ".join(sorted(self.names))
            raise RefusedError(421, f"no such host here; known: {known}; or type --name NAME")
        origin = headers.get("origin")
        own = (f"http://{host}", f"https://{host}")
        if origin is not None and origin.lower() not in own:
            raise RefusedError(403, "a page of another origin may ask nothing here")
        if by_cookie and origin is None and not reads:
            raise RefusedError(403, "a change by cookie needs the header Origin")


def _name_of(host: str) -> str:
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]
