"""The zone of a time that its source writes without one, or in UTC: the speaker's own clock."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo

UNZONED = timezone(timedelta(0), "no zone")
"""The zone of a time that is written without one: UTC, unless a caller knows better."""


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """Return a time by the clock of a zone, where its source does not say by which it was.

    One without a zone is read in it; one in UTC is the same moment; another offset stays.
    """
    if moment.tzinfo is UNZONED:
        return moment.replace(tzinfo=zone)
    return moment.astimezone(zone) if moment.tzinfo is UTC else moment
