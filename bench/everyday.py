"""Values that change in everyday talk: is the new one first, and what changes nothing below it?

    python -m bench.everyday                # the half that rules are made with
    python -m bench.everyday --held-back    # the other half, for when a rule is done
    python -m bench.everyday --show         # what went wrong, one by one

`bench/everyday.json` has invented changes ("I live in Lisbon." and "We moved to Ghent."), and newer
turns that change nothing: questions, wishes, jokes, other people's, memories, plans not carried
out. Each has a store of its own, in which two people talk of other things in between; the person
who said it asks, in several wordings. One JSON line a figure, in percent of the questions, and of
the pairs of which all wordings are answered: `off` without preferring the current value, and `on`.
"""

import json
import sys
from argparse import Namespace
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypedDict

import numpy as np

from bench.harness import parser, report
from graphmem.contracts import Encoder
from graphmem.ingest import Turn
from graphmem.memory import Memory
from graphmem.registry import open_encoder

TALK = (
    "The ferry was late again.", "What did you cook yesterday?", "We had soup, and it was salty.",
    "I mended the fence behind the sheds.", "Did you hear the storm last night?",
    "The neighbours have painted their gate.", "It rained the whole afternoon.",
    "I read half of the novel on Sunday.", "Was it any good?", "The ending made me cry.",
    "My knees hurt after the hike.", "Let me know if you need a hand.",
    "There were swans on the pond.", "I forgot my umbrella in the cinema.",
    "Somebody rang the bell at six.", "The tomatoes are ripe at last.",
    "I could sleep for a week.", "Thanks for the postcard!", "The queue at the baker's was long.",
    "You should see the new exhibition.", "We played cards until midnight.",
    "I lost twice and won once.", "The milk has gone off.", "Can you lend me a ladder?",
    "My aunt sends her regards.", "That film was far too long.", "I have to iron my shirts.",
    "The bus driver whistled all the way.", "How was your weekend?", "I found a coin in the sand.",
)  # fmt: skip
OLD_AT, NEW_AT = 8, 20
"""Places in the talk."""
PEOPLE = ("Ida", "Max")
BEGINS = datetime(2024, 3, 1, 18, tzinfo=UTC)
NONE = 10_000


class Pair(TypedDict):
    """Two turns of one matter, and questions that the right one of them answers."""

    kind: str
    old: str
    new: str
    ask: Sequence[str]


def pairs(name: str, *, is_held_back: bool) -> Iterator[Pair]:
    """Yield every other one of the `changes` or `others`."""
    path = Path(__file__).with_name("everyday.json")
    rows: list[Pair] = json.loads(path.read_text("utf-8"))[name]
    yield from rows[is_held_back::2]


def main() -> None:
    """Ask, and print the figures."""
    command = parser(__doc__)
    command.add_argument("--encoder", default="rules")
    command.add_argument("--held-back", action="store_true")
    command.add_argument("--show", action="store_true")
    options = command.parse_args()
    encoder = open_encoder(options.encoder)
    for name, right, wrong in (("changes", "new", "old"), ("others", "old", "new")):
        _measure(name, right, wrong, options, encoder)


def _measure(name: str, right: str, wrong: str, options: Namespace, encoder: Encoder) -> None:
    found: defaultdict[str, list[tuple[float, ...]]] = defaultdict(list)
    for pair in pairs(name, is_held_back=options.held_back):
        with Memory.open("ram:", scope="ida", encoder=encoder) as memory:
            memory.ingest_turns(_turns(pair))
            asked = [
                [_ranks(memory, text, is_on) for is_on in (False, True)] for text in pair["ask"]
            ]
        firsts = [tuple(ranks[right] == 1 for ranks in both) for both in asked]
        found["right first"] += firsts
        found["right above the other"] += [
            tuple(ranks[right] < ranks[wrong] for ranks in both) for both in asked
        ]
        found["right first in all wordings"].append(tuple(map(all, zip(*firsts, strict=True))))
        if options.show:
            _show(name, pair, asked, right)
    for figure, values in found.items():
        off, on = (round(float(share), 1) for share in 100 * np.mean(np.array(values), axis=0))
        report(bench="everyday", part=name, figure=figure, questions=len(values), off=off, on=on)


def _show(name: str, pair: Pair, asked: Sequence[Sequence[dict[str, int]]], right: str) -> None:
    for text, (off, on) in zip(pair["ask"], asked, strict=True):
        if on[right] != 1:
            sys.stdout.write(
                f"{name}, {pair['kind']}: {text}\n    old: {pair['old']} {off['old']} > {on['old']}"
                f"\n    new: {pair['new']} {off['new']} > {on['new']}\n"
            )


def _turns(pair: Pair) -> Iterator[Turn]:
    texts = [(f"talk-{place}", PEOPLE[place % 2], text) for place, text in enumerate(TALK)]
    texts.insert(NEW_AT, ("new", PEOPLE[0], pair["new"]))
    texts.insert(OLD_AT, ("old", PEOPLE[0], pair["old"]))
    for place, (id_, speaker, text) in enumerate(texts):
        day = place // 4
        yield Turn(
            collection="everyday",
            session=f"day-{day}",
            source_id=id_,
            text=text,
            speaker=speaker,
            said_at=BEGINS + day * timedelta(days=9) + place * timedelta(minutes=2),
            where=id_,
        )


def _ranks(memory: Memory, question: str, is_on: bool) -> dict[str, int]:
    ranks = defaultdict(lambda: NONE)
    for hit in memory.search(question, k=20, asker=PEOPLE[0], current=is_on, min_score=0):
        ranks[hit.episodes[0].source_id] = hit.rank
    return ranks


if __name__ == "__main__":
    main()
