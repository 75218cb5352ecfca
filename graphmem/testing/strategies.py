"""Hypothesis strategies for invented dialogues: turns with speakers, dates, many scripts."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from graphmem.ingest.reading.turns import Turn

SPEAKERS = ("Ana", "Ben", "Иван Петров", "Müller", "李雷", "Zoë O'Neil", "ليلى")
THINGS = (
    "Lisbon", "Porto", "北京大学", "MÜLLER", "İzmir", "São Miguel", "The Salt Ledger",
    '"Nine Rivers"', "the pottery class", "my support group", "Bolota", "Ana", "Иван Петров",
    "3.5 km", "€20",
)  # fmt: skip
WHENS = (
    "last Friday", "two weeks ago", "next month", "yesterday", "on 3 May 2024", "in 2023",
    "in June", "the week before my birthday", "at 10:15", "every Tuesday",
    "31 February 2024", "today",
)  # fmt: skip
FRAMES = (
    "I moved to {thing} {when}.", "{when} we saw {thing}!", "{thing} is my sister's favourite.",
    "Do you still like {thing}?", "Not {thing} again… {when}?", "I gave up {thing} {when}",
    "Dr. {thing} said no. So I left {when}, e.g. early.", "{thing}，{when}。", "😀 {thing}",
)  # fmt: skip
EARLIEST = datetime(2023, 1, 1, tzinfo=UTC)
SESSION_NAMES = ("session_1", "session_2", "session_3")


def spoken() -> SearchStrategy[str]:
    """Sentences as people say them: names, topics and times that rules look for."""
    sentence = st.builds(
        lambda frame, thing, when: frame.format(thing=thing, when=when),
        st.sampled_from(FRAMES),
        st.sampled_from(THINGS),
        st.sampled_from(WHENS),
    )
    return st.lists(sentence, min_size=1, max_size=3).map(" ".join)


def texts() -> SearchStrategy[str]:
    """What a turn may hold once its source was checked: spoken, or any characters but NUL."""
    storable = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    anything = st.text(storable, min_size=1, max_size=80).filter(lambda text: not text.isspace())
    return spoken() | anything


def times() -> SearchStrategy[datetime]:
    """Aware UTC, whole minutes of two years, so that turns of one time are common enough."""
    return st.integers(0, 2 * 365 * 24 * 60).map(lambda n: EARLIEST + timedelta(minutes=n))


@st.composite
def turns(
    draw: st.DrawFn, *, session: str = "session_1", speakers: Sequence[str] = SPEAKERS
) -> Turn:
    """One turn of a session; id, speaker, time, place and caption may each be missing."""
    return Turn(
        collection="",
        session=session,
        text=draw(texts()),
        source_id=draw(st.none() | st.integers(1, 99).map("D1:{}".format)),
        position=draw(st.none() | st.integers(0, 99)),
        speaker=draw(st.none() | st.sampled_from(list(speakers))),
        said_at=draw(st.none() | times()),
        metadata=draw(st.just({}) | st.builds(lambda text: {"caption": text}, spoken())),
        where="drawn",
    )


@st.composite
def dialogues(
    draw: st.DrawFn,
    *,
    min_turns: int = 1,
    max_turns: int = 12,
    sessions: Sequence[str] = SESSION_NAMES,
) -> list[Turn]:
    """Turns of two speakers in the order of a file: one session after the other, time never back.

    A session's turns all have ids or none has, and all have times or none has, as in real files.
    Words are repeated now and then: "OK." is said more than once.
    """
    pair = draw(st.lists(st.sampled_from(SPEAKERS), min_size=2, max_size=2, unique=True))
    total = draw(st.integers(min_turns, max_turns))
    cuts = sorted(draw(st.lists(st.integers(0, total), max_size=len(sessions) - 1)))
    said: list[Turn] = []
    now = draw(times())
    for name, first, end in zip(sessions, [0, *cuts], [*cuts, total], strict=False):
        now += timedelta(days=draw(st.integers(1, 60)))
        named, dated = draw(st.booleans()), draw(st.booleans())
        for place in range(first, end):
            now += timedelta(minutes=draw(st.integers(0, 3)))
            said.append(
                Turn(
                    collection="",
                    session=name,
                    text=draw(st.sampled_from(["OK.", "Yes!"]) | texts()),
                    source_id=f"{name}:{place - first + 1}" if named else None,
                    speaker=pair[place % 2],
                    said_at=now if dated else None,
                    where=f"drawn:{place + 1}",
                )
            )
    return said
