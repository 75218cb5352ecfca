"""Invented turns for the benchmarks: any number, from a seed, with words of natural spread."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from graphmem.ingest import Turn

NAMES = ("Ana", "Ben", "Cem", "Dora", "Elif", "Finn", "Gita", "Hugo", "Ivan", "Jana")
PLACES = ("Lisbon", "Porto", "Leeds", "Izmir", "Graz", "Bergen", "Osaka", "Quito", "Perth", "Turin")
VERBS = ("visited", "left", "found", "sold", "painted", "repaired", "missed", "booked", "loved")
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
