"""Invented turns and passages for the benchmarks: any number, from a seed, with words of natural
spread."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from graphmem.ingest import Turn

NAMES = ("Ana", "Ben", "Cem", "Dora", "Elif", "Finn", "Gita", "Hugo", "Ivan", "Jana")
PLACES = ("Lisbon", "Porto", "Leeds", "Izmir", "Graz", "Bergen", "Osaka", "Quito", "Perth", "Turin")
VERBS = ("visited", "left", "found", "sold", "painted", "repaired", "missed", "booked", "loved")
RELATIONS = ("founded", "painted", "was named after", "was led by", "lies near", "was sold to")
TURNS_PER_SESSION = 25
FIRST_SESSION = datetime(2020, 1, 1, 9, tzinfo=UTC)
BETWEEN_SESSIONS = timedelta(hours=7)
_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"


def invented_turns(n: int, *, seed: int = 1) -> Iterator[Turn]:
    """Yield n turns: pairs of speakers, 25 turns a session, a vocabulary of about 20,000 words."""
    dice = random.Random(seed)
    words = _vocabulary(20_000, dice)
    for i in range(n):
        session = i // TURNS_PER_SESSION
        pair = (NAMES[session % 10], NAMES[(session * 3 + 1) % 10])
        yield Turn(
            collection="bench",
            session=f"s{session}",
            source_id=f"D{session}:{i % TURNS_PER_SESSION}",
            speaker=pair[i % 2],
            text=_saying(words, dice),
            said_at=FIRST_SESSION
            + session * BETWEEN_SESSIONS
            + timedelta(minutes=i % TURNS_PER_SESSION),
            where=f"bench:{i}",
        )


def invented_questions(n: int, *, seed: int = 2) -> list[str]:
    """Return n questions in the words of the turns."""
    dice = random.Random(seed)
    words = _vocabulary(20_000, random.Random(1))
    return [
        f"When did {dice.choice(NAMES)} say the {_word(words, dice)} {_word(words, dice)} was "
        f"{dice.choice(VERBS)} in {dice.choice(PLACES)}?"
        for _ in range(n)
    ]


def invented_passages(n: int, *, seed: int = 3) -> Iterator[Turn]:
    """Yield n titled passages of about 380 letters, each with three other names and a year."""
    dice = random.Random(seed)
    words = _vocabulary(20_000, dice)
    for i, title in enumerate(_people(n, seed)):
        facts = " ".join(
            f"The {' '.join(_word(words, dice) for _ in range(dice.randint(6, 14)))} "
            f"{dice.choice(RELATIONS)} {_person(dice)} of {dice.choice(PLACES)}."
            for _ in range(3)
        )
        yield Turn(
            collection="bench",
            session="corpus",
            source_id=f"p{i}",
            title=title,
            is_passage=True,
            text=f"{title} {dice.choice(RELATIONS)} {_person(dice)} in "
            f"{dice.randint(1700, 1990)}. {facts}",
            where=f"bench:{i}",
        )


def invented_passage_questions(n: int, *, among: int, seed: int = 3) -> list[str]:
    """Return n questions about some of the first passages, of which there are `among`."""
    titles = list(_people(among, seed))
    dice = random.Random(seed + 1)
    return [f"Who {dice.choice(RELATIONS)} {dice.choice(titles)}?" for _ in range(n)]


def _people(n: int, seed: int) -> Iterator[str]:
    dice = random.Random(seed + 2)
    return (_person(dice) for _ in range(n))


def _person(dice: random.Random) -> str:
    """Return a first and a last name that few others have."""
    return " ".join(
        "".join(dice.choice(_CONSONANTS) + dice.choice(_VOWELS) for _ in range(size)).title()
        for size in (dice.randint(2, 3), dice.randint(2, 4))
    )


def _saying(words: list[str], dice: random.Random) -> str:
    opening = (
        f"{dice.choice(NAMES)} {dice.choice(VERBS)} the {_word(words, dice)} {_word(words, dice)}"
    )
    rest = " ".join(_word(words, dice) for _ in range(dice.randint(4, 18)))
    return f"{opening} in {dice.choice(PLACES)} last week. The {rest}."


def _word(words: list[str], dice: random.Random) -> str:
    """Draw a word by Zipf's law."""
    return words[min(int(dice.paretovariate(0.7)), len(words)) - 1]


def _vocabulary(n: int, dice: random.Random) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < n:
        syllables = dice.randint(2, 4)
        made["".join(dice.choice(_CONSONANTS) + dice.choice(_VOWELS) for _ in range(syllables))] = (
            None
        )
    return list(made)
