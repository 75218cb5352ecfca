"""Time zones by their IANA names."""

from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from graphmem.errors import ConfigError


def zone_of(name: str) -> tzinfo:
    """Return the zone of an IANA name; ConfigError for a name that no zone has."""
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigError(
            f"no time zone is called {name!r:.60}; write an IANA name: Europe/Lisbon"
        ) from None
