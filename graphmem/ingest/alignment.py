"""Where what a file says begins among what is stored of the same session and time.

A file is read from its beginning every time. If the store holds the session, the file may be
the same one again, a longer one, a later export that begins further on, or another one that goes on
with the session. Their words tell which: a run of the same turns in the same order.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from graphmem.contracts import GraphStore
from graphmem.types import Episode, EpisodeId, Session

FIRST = ("", -(2**63), "")
"""Sorts before every episode's order."""

LAST = 2**63 - 1
"""No place in a session is behind this one."""

END_OF_TIME = datetime.max.replace(tzinfo=UTC).isoformat()
"""No turn was said later; a time, since a server sorts by times and not by texts."""

PAGE = 256
"""Episodes read at a time."""

MOST_SAID, PROBES = 2**20, 16
"""How often one saying may occur at one time; how many numbers are asked for at once."""


@dataclass(frozen=True, slots=True)
class Occurrences:
    """What is stored of one saying: the same words by the same speaker at the same time."""

    count: int = 0
    """Occurrences named so far, deleted ones included."""
    next: int = 0
    """Number of the one behind the last that is there."""
    live: tuple[tuple[int, Episode], ...] = ()
    """(number, episode) of those that are there, in order; read only for a file."""

    def before(self, start: int | None) -> int:
        """Return the number of the next occurrence ahead of a place; None: behind all."""
        if start is None:
            return self.next
        return max((n for n, e in self.live if e.position < start), default=-1) + 1


def occurrences(
    store: GraphStore, session: Session, name: Callable[[int], EpisodeId], *, read: bool
) -> Occurrences:
    """Return the stored occurrences of a saying; `name` gives the id of the nth.

    The first is stored. It takes as many look-ups as the number of occurrences has bits, unless
    the episodes are to be read.
    """

    def states(numbers: Sequence[int]) -> list[str]:
        known = store.known(session.scope, [name(n) for n in numbers])
        return [known.get(name(n), "") for n in numbers]

    low, high = 0, MOST_SAID  # the last that was named is in [low, high)
    while high - low > 1:
        step = max(1, (high - low) // PROBES) if low or high < MOST_SAID else 0
        places = range(low + step, high, step) if step else [2**k for k in range(20)]
        for place, state in zip(places, states(places), strict=True):
            if not state:
                high = place
                break
            low = place
    following = low + 1
    while following and states([following - 1]) == ["tombstone"]:
        following -= 1
    if not read:
        return Occurrences(low + 1, following)
    live = [n for n, state in enumerate(states(range(following))) if state == "live"]
    found = store.read("episode", session.scope, [name(n) for n in live])
    return Occurrences(low + 1, following, tuple(zip(live, found, strict=True)))


def last_of(store: GraphStore, session: Session, when: str | None = None) -> Episode | None:
    """Return the last stored episode of a session, or of those said at one time; None if none."""
    order = (END_OF_TIME if when is None else when, LAST, "\U0010ffff")
    found = store.neighbours(session.scope, session.id, order, before=1, after=0)
    return found[0] if found and (when is None or found[0].order[0] == when) else None


def stored_from(
    store: GraphStore, session: Session, order: tuple[str, int, str], *, all_times: bool = False
) -> list[Episode]:
    """Return the stored episodes of a session from a place on; of its time alone, unless all."""
    found: list[Episode] = []
    while True:
        page = store.neighbours(session.scope, session.id, order, before=0, after=PAGE)
        fresh = [e for e in page if not found or e.order > found[-1].order]
        found += [e for e in fresh if all_times or e.order[0] == order[0]]
        if len(page) < PAGE or not fresh or len(found) < len(fresh):
            return found
        order = fresh[-1].order


def anchor(
    store: GraphStore,
    session: Session,
    candidates: Sequence[Sequence[Episode]],
    *,
    is_again: bool,
) -> tuple[int, Episode] | None:
    """Return the place where a run of turns of one time begins in the store, and a turn it shares.

    `candidates` are, for each turn as read, the stored episodes with its name or words. None if the
    run goes on behind what is stored. It begins inside if all of it stands there; or if more than
    half of what would overlap is the same in the same order, from the beginning of what is stored,
    or in words that are said once there ("Yes." again is no sign of it). One turn is enough if
    other times say that the file was read before (`is_again`).
    """
    for episode in sorted(candidates[0], key=lambda e: -e.position)[:PROBES]:
        if _stands_there(store, session, episode, candidates):
            return episode.position, episode
    chain = _longest_chain(candidates)
    if chain and (is_again or _is_same(store, session, candidates, chain)):
        first, known = chain[0]
        return min(known.position, max(0, known.position - first)), known
    return None


def _stands_there(
    store: GraphStore, session: Session, start: Episode, candidates: Sequence[Sequence[Episode]]
) -> bool:
    """Tell whether all turns are stored from an episode on, without another between."""
    order, n = start.order, len(candidates)
    stored = store.neighbours(session.scope, session.id, order, before=0, after=n)
    return len(stored) == n and all(e in c for e, c in zip(stored, candidates, strict=True))


def _is_same(
    store: GraphStore,
    session: Session,
    candidates: Sequence[Sequence[Episode]],
    chain: Sequence[tuple[int, Episode]],
) -> bool:
    """Tell whether a chain of equal turns is long enough to be a part of the same text."""
    first, known = chain[0]
    reach = 2 * len(candidates) + 1
    stored = store.neighbours(session.scope, session.id, known.order, before=0, after=reach)
    stored = [episode for episode in stored if episode.stands_at == known.stands_at]
    begins_there = _is_first(store, session, known)
    if len(chain) == 1:
        return begins_there and first == 0 and len(stored) == 1
    if not begins_there:
        ends = [i for i, episode in enumerate(stored) if episode.id == chain[-1][1].id]
        if not ends or ends[0] >= 2 * len(chain):
            return False
    same = sum(1.0 if begins_there else 1 / len(candidates[turn]) for turn, _ in chain)
    return 2 * same > first + min(len(stored), len(candidates) - first)


def _is_first(store: GraphStore, session: Session, known: Episode) -> bool:
    """Tell whether no other episode said at the same time stands ahead."""
    ahead = store.neighbours(session.scope, session.id, known.order, before=1, after=0)
    return not ahead or ahead[0].stands_at != known.stands_at


def _longest_chain(candidates: Sequence[Sequence[Episode]]) -> list[tuple[int, Episode]]:
    """Return the longest run of (turn, stored episode) in which both orders agree.

    Of equal ones that with the earliest turns, and the latest episodes at its beginning.

    Source: Hunt and Szymanski (1977), "A fast algorithm for computing longest common subsequences".
    """
    ends: list[int] = []
    heads: list[int] = []
    steps: list[tuple[int, Episode, int]] = []  # turn, episode, the step behind it
    for turn in range(len(candidates) - 1, -1, -1):
        for episode in sorted(candidates[turn], key=lambda e: e.position):
            length = bisect_left(ends, -episode.position)
            behind = heads[length - 1] if length else -1
            ends[length : length + 1] = [-episode.position]
            heads[length : length + 1] = [len(steps)]
            steps.append((turn, episode, behind))
    chain: list[tuple[int, Episode]] = []
    at = heads[-1] if heads else -1
    while at >= 0:
        turn, episode, at = steps[at]
        chain.append((turn, episode))
    return chain


def time_of(
    store: GraphStore, session: Session, speaker: str | None, text: str, last: Episode
) -> Episode:
    """Return the episode whose time an undated turn at a file's beginning has.

    That is the last one that says the same, so that a file read again is known; else `last`.
    """
    order = (last.order[0], LAST, "\U0010ffff")
    while page := store.neighbours(session.scope, session.id, order, before=PAGE, after=0):
        for episode in reversed(page):
            if (episode.speaker, episode.text) == (speaker, text):
                return episode
        order = page[0].order
    return last
