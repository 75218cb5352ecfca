"""A clock that stands, so that what a test writes is the same on every day."""

from datetime import UTC, datetime


def standing_clock() -> datetime:
    """Return the time at which everything in a test is written: the first of January 2025, UTC."""
    return datetime(2025, 1, 1, tzinfo=UTC)
