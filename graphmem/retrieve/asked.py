"""What a caller asks: the question and everything that goes with it, passed as one record."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from graphmem.filters import NO_FILTERS, Filters


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request to search: every search and the reader of questions take this."""

    text: str
    """The question, not blank."""
    k: int = 5
    """How many notes are wanted, at least 1."""
    filters: Filters = NO_FILTERS
    """What may be found at all, held inside the walk."""
    now: datetime | None = None
    """The moment of asking, aware UTC; None: nobody knows, so "yesterday" says nothing."""
    zone: tzinfo = UTC
    """The asker's: what a day is."""
    asker: str | None = None
    """Who says "I" in the question."""
    history: tuple[str, ...] = ()
    """The questions asked before, oldest first."""
    any_time: bool = False
    """A day, week or month in the question is no condition."""
    current: bool = True
    """Of several statements of what is asked, the newest stands first."""
    min_score: float | None = None
    """Hits that are less likely to hold evidence are left out; None: the default floor, 0: none."""
