"""Questions in our own words that nothing in a memory answers, though it speaks of their matter.

Each asks of an everyday thing that no text names; half of them put beside it a word that the texts
use often, so that something is like the question in words.
"""

import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from graphmem.retrieve.words.terms import terms_in
from graphmem.text import STOPWORDS, lower, word_spans

THINGS = """accordion aquarium axe banjo barometer beehive bicycle billiards binoculars bonsai canoe
    carburettor caravan cello chandelier chessboard chimney clarinet compass corset crossbow
    cuckoo-clock dinghy dulcimer easel falcon fountain-pen gazebo glider goldfish greenhouse
    gramophone hammock harpsichord hedgehog helmet hourglass hovercraft igloo jukebox kayak kiln
    kite lighthouse loom mandolin marmalade metronome microscope moped mosaic narrowboat oboe
    orchid parachute parakeet periscope piano-stool pigeon pinball porcelain pottery quilt
    rocking-horse rowing-boat saddle saxophone sewing-machine sledge snorkel sombrero sundial
    tandem tapestry telescope tortoise trampoline treehouse trombone tuba typewriter ukulele
    unicycle viola walnut-tree weathercock wetsuit windmill xylophone yoyo zither""".split()
PLAIN = (
    "Where did I buy the {thing}?", "How much did my {thing} cost?", "Who gave me the {thing}?",
    "When does the {thing} have to be repaired?", "What is wrong with my {thing}?",
    "Which colour did I choose for the {thing}?", "Why did I sell the {thing}?",
    "Where do I keep the {thing} in winter?", "How long have I had the {thing}?",
    "What did the insurance say about the {thing}?",
)  # fmt: skip
BESIDE = (
    "What did I decide about the {thing} and the {topic}?",
    "How does the {thing} fit in with my {topic}?",
    "Who asked me about the {thing} for the {topic}?",
    "What did you recommend for the {topic} with the {thing}?",
    "When did I bring the {thing} to the {topic}?",
    "How many hours did the {topic} take me because of the {thing}?",
    "Did the {thing} cost more than the {topic}?",
    "What was the first problem with the {thing} in the {topic}?",
)
FAMILY = Path(__file__).resolve().parent.parent / "data" / "samples" / "family"
_TOPICS = 40
_LEAST_LETTERS = 5


def unanswerable_questions(texts: Iterable[str], n: int, *, seed: int) -> list[str]:
    """Return n questions whose thing none of the texts names; the same for the same texts."""
    counts = Counter(lower(text[start:end]) for text in texts for start, end in word_spans(text))
    held = {term for word in counts for term in terms_in(word)}
    topics = [
        word
        for word, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if word.isalpha() and len(word) >= _LEAST_LETTERS and word not in STOPWORDS
    ][:_TOPICS]
    absent = [thing for thing in THINGS if held.isdisjoint(_terms(thing))]
    dice = random.Random(seed)
    chosen = dice.sample(absent, min(n, len(absent)))
    return [_question(thing, at, topics, dice) for at, thing in enumerate(chosen)]


def _terms(thing: str) -> set[str]:
    return {term for part in thing.split("-") for term in terms_in(part)}


def _question(thing: str, at: int, topics: Sequence[str], dice: random.Random) -> str:
    thing = thing.replace("-", " ")
    if at % 2 and topics:
        return dice.choice(BESIDE).format(thing=thing, topic=dice.choice(topics))
    return dice.choice(PLAIN).format(thing=thing)


def family_questions() -> list[tuple[str, frozenset[str]]]:
    """Return the questions to the family's week that lean on none before them, with their gold."""
    asked = []
    for name in ("questions", "other_words"):
        for line in (FAMILY / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            if not row.get("history"):
                groups = ([any_] if isinstance(any_, str) else any_ for any_ in row["gold"])
                asked.append((row["question"], frozenset(id_ for any_ in groups for id_ in any_)))
    return asked
