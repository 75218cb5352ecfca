"""Episodes -> Segments: runs of consecutive episodes of one session about one thing.

Whether a segment starts at an episode depends on its near neighbours alone, never on where an
earlier segment started. So a turn added or deleted anywhere changes the segments around it and
no others, and any order of arrivals cuts a session alike.
"""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from graphmem.ingest.words import words_of_turn
from graphmem.text import stem
from graphmem.types import Episode, Segment

LOOK_BACK = 3
LOOK_AHEAD = 1
"""How far a cut looks; a change reaches no further."""

PAUSE = timedelta(hours=1)
"""Silence that ends a segment."""

CUT_ONE_IN = 24
"""One episode in so many starts a segment whatever it says, chosen by its id: that bounds the
length of a segment without a counter. Source: content-defined chunking, Muthitacharoen, Chen and
Mazieres, LBFS (2001), section 3.1."""


def segment(
    episodes: Sequence[Episode],
    *,
    left: Sequence[Episode] = (),
    right: Sequence[Episode] = (),
) -> list[Segment]:
    """Cut a run of episodes of one session, in order, into segments; the first starts one.

    `left` and `right` are the neighbours of the run that a cut looks at, in order; none at the
    session's ends.
    """
    starts = segment_starts((*left, *episodes, *right))[len(left) : len(left) + len(episodes)]
    bounds = [i for i, start in enumerate(starts) if start or i == 0] + [len(episodes)]
    return [
        Segment(session_id=episodes[a].session_id, episodes=tuple(episodes[a:b]))
        for a, b in pairwise(bounds)
    ]


def segment_starts(episodes: Sequence[Episode]) -> list[bool]:
    """Say for each episode whether a segment starts there.

    Right for all but the first `LOOK_BACK` and the last `LOOK_AHEAD`, and for those too at the
    ends of a session.
    """
    topics = [_topic(episode.text) for episode in episodes]
    return [i == 0 or _starts(episodes, topics, i) for i in range(len(episodes))]


def _starts(episodes: Sequence[Episode], topics: Sequence[frozenset[str]], i: int) -> bool:
    before, here = episodes[i - 1], episodes[i]
    if before.said_at and here.said_at and here.said_at - before.said_at > PAUSE:
        return True
    if int(here.id[1:], 16) % CUT_ONE_IN == 0:
        return True
    if before.text.rstrip().endswith("?"):
        return False  # an answer stays with its question
    said_lately = frozenset[str]().union(*topics[max(0, i - LOOK_BACK) : i])
    said_now = topics[i].union(*topics[i + 1 : i + 1 + LOOK_AHEAD])
    return len(said_now) >= 4 and said_lately.isdisjoint(said_now)


def _topic(text: str) -> frozenset[str]:
    return frozenset(map(stem, set(words_of_turn(text))))
