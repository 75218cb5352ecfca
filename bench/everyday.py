"""Values that change in everyday talk: is the new one first, and what changes nothing below it?

    python -m bench.everyday                # the half that rules are made with
    python -m bench.everyday --held-back    # the other half, for when a rule is done
    python -m bench.everyday --show         # what went wrong, one by one

`bench/everyday.json` has invented changes ("I live in Lisbon." and "We moved to Ghent."), and newer
turns that change nothing: questions, wishes, jokes, other people's, memories, plans not carried
out; `bench/everyday_slots.py` is a third part. Each has a store of its own, in which two people
talk of other things in between; the person who said it asks, in several wordings. One JSON line a
figure, in percent of the questions, and of the pairs of which all wordings are answered: `off`
without preferring the current value, and `on`.
"""

import json
import sys
from argparse import Namespace
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypedDict

import numpy as np

from bench.everyday_slots import measure_slots
from bench.everyday_talk import PEOPLE, talk_with
from bench.harness import parser, report
from graphmem.contracts import Encoder
from graphmem.memory import Memory
from graphmem.registry import open_encoder

OLD_AT, NEW_AT = 8, 20
"""Places in the talk."""
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
    measure_slots(encoder, is_held_back=options.held_back, show=options.show)


def _measure(name: str, right: str, wrong: str, options: Namespace, encoder: Encoder) -> None:
    found: defaultdict[str, list[tuple[float, ...]]] = defaultdict(list)
    for pair in pairs(name, is_held_back=options.held_back):
        with Memory.open("ram:", scope="ida", encoder=encoder) as memory:
            memory.ingest_turns(
                talk_with([(OLD_AT, "old", pair["old"]), (NEW_AT, "new", pair["new"])])
            )
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


def _ranks(memory: Memory, question: str, is_on: bool) -> dict[str, int]:
    ranks = defaultdict(lambda: NONE)
    for hit in memory.search(question, k=20, asker=PEOPLE[0], current=is_on, min_score=0):
        ranks[hit.episodes[0].source_id] = hit.rank
    return ranks


if __name__ == "__main__":
    main()
