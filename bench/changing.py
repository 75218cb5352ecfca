"""Values that change, for the benches: dated facts in five wordings, and streams that are invented.

The wordings and the streams' keys, values and sentences are the bench's own: no rule and no weight
was made with them.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from graphmem.ingest import Turn

WORDINGS = ("plain", "question", "cue", "new reworded", "old reworded")
"""How the statements of a fact are put; in the last two one side says it in other words."""
_LEADS = (
    ("when was the last time ", "the latest time {} was in {a}"),
    ("when did ", "{} in {a}"), ("when does ", "{} on {a}"), ("when is ", "{} is on {a}"),
    ("who is ", "{} is {a}"), ("who was ", "{} was {a}"), ("who are ", "{} are {a}"),
    ("what is ", "{} is {a}"), ("what was ", "{} was {a}"), ("where is ", "{} is in {a}"),
    ("how many ", "the number of {} is {a}"), ("who ", "it is {a} who {}"),
)  # fmt: skip
_OTHERS = {
    "won": "took", "win": "take", "last": "latest", "most": "greatest", "many": "numerous",
    "highest": "top", "scored": "made", "current": "present", "new": "upcoming",
    "beat": "defeated", "champion": "winner", "held": "staged", "hosted": "staged",
    "played": "faced", "made": "reached", "record": "best mark", "season": "year",
    "leader": "head", "come": "arrive", "team": "side", "game": "match", "holds": "has",
    "biggest": "largest", "tallest": "highest", "richest": "wealthiest", "film": "movie",
}  # fmt: skip
"""What a word is put for where something is said in other words."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One question and its dated answers, oldest first."""

    id: str
    question: str
    versions: tuple[tuple[datetime, str], ...]
    probes: tuple[tuple[datetime, int], ...]
    """A moment, and the number of the version that was in force then."""


@dataclass(frozen=True, slots=True)
class Stream:
    """What is said of some slots over time, amid other talk."""

    turns: tuple[Turn, ...]
    asked: tuple[tuple[str, tuple[str, ...]], ...]
    """A question, and the source ids of the statements of its slot, oldest first."""


def read_facts(path: Path) -> list[Fact]:
    """Read SituatedQA's facts; a probe counts whose version is one of those listed."""
    with path.open(encoding="utf-8") as lines:
        return [_fact(row) for row in map(json.loads, lines)]


def statements(facts: Sequence[Fact], wording: str) -> Iterator[Turn]:
    """Yield each version of each fact as a dated turn of one speaker, in a session of its own."""
    for fact in facts:
        for number, (said_at, answer) in enumerate(fact.versions):
            is_last = number == len(fact.versions) - 1
            yield Turn(
                collection="facts",
                session=f"{fact.id}-{number}",
                source_id=f"{fact.id}-{number}",
                text=_worded(fact.question, answer, wording, is_last=is_last),
                speaker="Ida",
                said_at=said_at,
                where=fact.id,
            )


def _worded(question: str, answer: str, wording: str, *, is_last: bool) -> str:
    if wording == "question":
        return f"{question.capitalize()}? {answer}."
    if wording == "cue" and is_last:
        return f"Update: {question}, it is {answer} now."
    if wording == "cue":
        return f"{question.capitalize()}, it is {answer}."
    if wording == ("new reworded" if is_last else "old reworded"):
        return _reworded(question, answer)
    return f"As for {question}: {answer}."


def _reworded(question: str, answer: str) -> str:
    """Return what says a fact as a sentence, with some of its words put by others."""
    for lead, form in _LEADS:
        if question.startswith(lead):
            said = form.replace("{}", question.removeprefix(lead)).replace("{a}", "\0")
            break
    else:
        said = f"{question}, that is \0"
    said = " ".join(_OTHERS.get(word, word) for word in said.split())
    return f"{said.replace(chr(0), answer)}.".capitalize()


def _fact(row: dict[str, list[dict[str, str]]]) -> Fact:
    versions = tuple((_day(v["from_iso"]), ", ".join(v["answer"])) for v in row["versions"])
    probes = []
    for probe in row["probes"]:
        day = _day(probe["asof_iso"])
        number = sum(said_at <= day for said_at, _ in versions) - 1
        if probe["consistent"] and number >= 0:
            probes.append((day, number))
    return Fact(str(row["id"]), str(row["question"]), versions, tuple(probes))


def _day(iso: str) -> datetime:
    return datetime.fromisoformat(iso).replace(tzinfo=UTC)


_KEYS = (
    ("gym locker combination", "What is my gym locker combination?"),
    ("parking bay", "Which parking bay is mine?"),
    ("broadband tariff", "What is my broadband tariff?"),
    ("piano teacher", "Who is my piano teacher?"),
    ("blood pressure dose", "What is my blood pressure dose now?"),
    ("allotment plot", "Which allotment plot do I have?"),
    ("commuter train", "Which commuter train do I take?"),
    ("favourite bakery", "What is my favourite bakery?"),
    ("standing desk height", "What is the height of my standing desk?"),
    ("dentist", "Who is my dentist now?"),
    ("savings goal", "What is my savings goal?"),
    ("book club venue", "Where is my book club venue?"),
    ("running pace", "What is my running pace?"),
    ("team lead", "Who is my team lead at the moment?"),
    ("thermostat setting", "What is the thermostat setting?"),
    ("landlord", "Who is my landlord?"),
    ("sourdough hydration", "What is my sourdough hydration?"),
    ("badge number", "What is my badge number?"),
    ("holiday destination", "What is my holiday destination?"),
    ("chess rating", "What is my chess rating?"),
)  # fmt: skip
_SAID = (
    "My {} is {} these days.",
    "They changed my {} again, it is {} from here on.",
    "Just so you know, the {} went to {}.",
    "Quick note on the {}: {}.",
    "Since this morning my {} is {}.",
    "I had to switch my {} to {}.",
    "The {} that I told you about is {} as of today.",
    "{1} is what my {0} is.",
)
_TALK = (
    "The {} looked lovely in the light.", "We argued about the {} at lunch.",
    "Somebody left a {} in the hall.", "I read a long piece about the {} and its history.",
    "The {} made me think of my aunt.", "Nobody had seen the {} since Tuesday.",
)  # fmt: skip
_THINGS = (
    "heron", "ladder", "violin case", "lighthouse", "marmalade", "tram stop", "quilt", "ferry",
    "orchard", "telescope", "kite", "weather vane", "teapot", "canal", "bonfire", "postcard",
)  # fmt: skip
_SYLLABLES = ("ba", "ro", "min", "tel", "ga", "vor", "lis", "ken", "du", "sha", "pe", "nol")
_BEGINS = datetime(2021, 3, 1, 8, tzinfo=UTC)


def stream(updates: int, *, seed: int = 7, talk: int = 300) -> Stream:
    """Return 20 slots with as many statements each, interleaved, and turns of talk between."""
    dice = random.Random(f"{seed} {updates}")
    said = [(key, number) for key in range(len(_KEYS)) for number in range(updates)]
    order = sorted(range(len(said)), key=lambda i: (said[i][1] + dice.random(), i))
    lines = [(f"{said[i][0]}-{said[i][1]}", _update(*said[i], dice)) for i in order]
    for number in range(talk):
        line = dice.choice(_TALK).format(dice.choice(_THINGS))
        lines.insert(dice.randrange(len(lines) + 1), (f"talk-{number}", line))
    turns = [_said(place, id_, text) for place, (id_, text) in enumerate(lines)]
    dice.shuffle(turns)
    asked = tuple(
        (question, tuple(f"{key}-{number}" for number in range(updates)))
        for key, (_, question) in enumerate(_KEYS)
    )
    return Stream(tuple(turns), asked)


def _update(key: int, number: int, dice: random.Random) -> str:
    value = "".join(dice.choice(_SYLLABLES) for _ in range(3)).capitalize()
    value = value if key % 2 else f"{dice.randrange(1000, 9999)}"
    return dice.choice(_SAID).format(_KEYS[key][0], value)


def _said(place: int, id_: str, text: str) -> Turn:
    return Turn(
        collection="stream",
        session=f"s{place // 20:05}",
        source_id=id_,
        text=text,
        speaker="Ida",
        said_at=_BEGINS + place * timedelta(hours=3),
        where=f"stream:{place}",
    )
