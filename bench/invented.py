"""Invented turns and passages for the benchmarks: any number, from a seed.

Words are spread in one of two ways. `dense`: one is in nearly all turns, each name, verb and place
in a tenth, and the shares of turns that say a question's words sum to 1.4. `natural`: they sum to
.13, the greatest is .07 and the least .002, as in talk (measured over LoCoMo's).
"""

import random
from bisect import bisect
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from typing import Literal

from graphmem.ingest import Turn

NAMES = ("Ana", "Ben", "Cem", "Dora", "Elif", "Finn", "Gita", "Hugo", "Ivan", "Jana")
PLACES = ("Lisbon", "Porto", "Leeds", "Izmir", "Graz", "Bergen", "Osaka", "Quito", "Perth", "Turin")
VERBS = ("visited", "left", "found", "sold", "painted", "repaired", "missed", "booked", "loved")
RELATIONS = ("founded", "painted", "was named after", "was led by", "lies near", "was sold to")
TURNS_PER_SESSION = 25
FIRST_SESSION = datetime(2020, 1, 1, 9, tzinfo=UTC)
BETWEEN_SESSIONS = timedelta(hours=7)
Spread = Literal["dense", "natural"]
_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"
_FLATTENED = 20
"""Ranks by which the commonest words of a natural spread are held down: Mandelbrot's."""
_NAMED, _PLACED = 0.7, 0.2
"""Shares of naturally spread turns that say a name, and a place."""


def invented_turns(n: int, *, seed: int = 1, spread: Spread = "dense") -> Iterator[Turn]:
    """Yield n turns: pairs of speakers, 25 turns a session, a vocabulary of about 20,000 words."""
    dice, saying = random.Random(seed), {"dense": _saying, "natural": _natural_saying}[spread]
    words = _vocabulary(20_000, dice)
    for i in range(n):
        session = i // TURNS_PER_SESSION
        pair = (NAMES[session % 10], NAMES[(session * 3 + 1) % 10])
        yield Turn(
            collection="bench",
            session=f"s{session}",
            source_id=f"D{session}:{i % TURNS_PER_SESSION}",
            speaker=pair[i % 2],
            text=saying(words, dice),
            said_at=FIRST_SESSION
            + session * BETWEEN_SESSIONS
            + timedelta(minutes=i % TURNS_PER_SESSION),
            where=f"bench:{i}",
        )


def invented_questions(n: int, *, seed: int = 2, spread: Spread = "dense") -> list[str]:
    """Return n questions in the words of the turns."""
    dice = random.Random(seed)
    words = _vocabulary(20_000, random.Random(1))
    if spread == "natural":
        return [
            f"When did {dice.choice(NAMES)} {_natural(words, dice)} the {_natural(words, dice)} "
            f"{_natural(words, dice)} in {dice.choice(PLACES)}?"
            for _ in range(n)
        ]
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


def _natural_saying(words: list[str], dice: random.Random) -> str:
    who = dice.choice(NAMES) if dice.random() < _NAMED else "I"
    where = f" in {dice.choice(PLACES)}" if dice.random() < _PLACED else ""
    first, second, third = (_natural(words, dice) for _ in range(3))
    rest = " ".join(_natural(words, dice) for _ in range(dice.randint(2, 13)))
    return f"{who} {first} the {second} {third}{where}. The {rest}."


def _natural(words: list[str], dice: random.Random) -> str:
    """Draw a word by the law of Zipf and Mandelbrot."""
    chances = _chances(len(words))
    return words[bisect(chances, dice.random() * chances[-1])]


@cache
def _chances(n: int) -> list[float]:
    """Return the sums of how often each of n words is said, the commonest first."""
    return list(accumulate(1 / (rank + _FLATTENED) for rank in range(1, n + 1)))


def _word(words: list[str], dice: random.Random) -> str:
    """Draw a word by Zipf's law: nearly two of five are the first."""
    return words[min(int(dice.paretovariate(0.7)), len(words)) - 1]


def _vocabulary(n: int, dice: random.Random) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < n:
        syllables = dice.randint(2, 4)
        made["".join(dice.choice(_CONSONANTS) + dice.choice(_VOWELS) for _ in range(syllables))] = (
            None
        )
    return list(made)
