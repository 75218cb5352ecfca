"""Slots of everyday life that change once or twice, amid what tempts to take something else for it.

The third part of `python -m bench.everyday`. `bench/everyday_slots.json` has invented slots: an old
value, up to one between, a new one; a newer turn of the same words that changes nothing; and turns
of other matters. Each is asked in three wordings, plainly and for now: once with the changes
(`slots, changed`: the new value should be first, and not marked as earlier), and once without them
(`slots, unchanged`: the old one).
"""

import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

import numpy as np

from bench.everyday_talk import PEOPLE, talk_with
from bench.harness import report
from graphmem.contracts import Encoder
from graphmem.memory import Memory

NOW = ("now", "these days", "at the moment", "at present")
"""Each slot is asked with one of them."""
OLD_AT, BETWEEN_AT, NEW_AT, TEMPTING_AT = 4, 12, 19, 25
OTHERS_AT = (8, 22)
"""Places in the talk."""
FIRST = 5
NONE = 10_000


class Slot(TypedDict):
    """What is said of a slot over time, what is said beside it, and how it is asked."""

    kind: str
    old: str
    between: Sequence[str]
    new: str
    tempting: str
    others: Sequence[str]
    ask: Sequence[str]


@dataclass
class Found:
    """The ranks and marks of the turns that a search found, by source id."""

    ranks: dict[str, int] = field(default_factory=dict)
    marks: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def is_outdated(self, id_: str) -> bool:
        """Tell whether a turn is marked as earlier."""
        return any(mark.startswith("earlier") for mark in self.marks.get(id_, ()))

    def is_first(self, id_: str) -> bool:
        """Tell whether a turn is the first."""
        return self.ranks.get(id_) == 1

    def is_above(self, id_: str, others: Sequence[str]) -> bool:
        """Tell whether a turn stands above some others."""
        return self.ranks.get(id_, NONE) < min(self.ranks.get(one, NONE + 1) for one in others)

    def has_unmarked(self, ids: Sequence[str]) -> bool:
        """Tell whether one of some turns stands among the first without a mark."""
        return any(self.ranks.get(one, NONE) <= FIRST and not self.marks[one] for one in ids)


def slots(*, is_held_back: bool) -> list[tuple[Slot, str]]:
    """Return every other slot, each with a word for now."""
    rows: list[Slot] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    worded = [(row, NOW[place // 2 % len(NOW)]) for place, row in enumerate(rows)]
    return worded[is_held_back::2]


def measure_slots(encoder: Encoder, *, is_held_back: bool, show: bool) -> None:
    """Ask for half of the slots, and print the figures."""
    for part in ("changed", "unchanged"):
        is_changed = part == "changed"
        measured: defaultdict[str, list[tuple[bool, bool]]] = defaultdict(list)
        for slot, now in slots(is_held_back=is_held_back):
            with Memory.open("ram:", scope="ida", encoder=encoder) as memory:
                memory.ingest_turns(talk_with(_said(slot, is_changed=is_changed)))
                for text in _wordings(slot, now):
                    off, on = (_found(memory, text, is_on) for is_on in (False, True))
                    figures = _figures(on, slot, is_changed=is_changed)
                    for name, was in _figures(off, slot, is_changed=is_changed).items():
                        measured[name].append((was, figures[name]))
                    if show:
                        _show(part, slot, text, on)
        for name, values in measured.items():
            shares = [round(float(one), 1) for one in 100 * np.mean(values, axis=0)]
            report(
                bench="everyday", part=f"slots, {part}", figure=name, questions=len(values),
                off=shares[0], on=shares[1],
            )  # fmt: skip


def _said(slot: Slot, *, is_changed: bool) -> list[tuple[int, str, str]]:
    said = [(OLD_AT, "old", slot["old"]), (TEMPTING_AT, "tempting", slot["tempting"])]
    said += [(at, f"other-{at}", text) for at, text in zip(OTHERS_AT, slot["others"], strict=True)]
    if is_changed:
        said += [(BETWEEN_AT, "between", text) for text in slot["between"]]
        said.append((NEW_AT, "new", slot["new"]))
    return sorted(said)


def _wordings(slot: Slot, now: str) -> list[str]:
    return [worded for text in slot["ask"] for worded in (text, f"{text[:-1]} {now}?")]


def _found(memory: Memory, question: str, is_on: bool) -> Found:
    found = Found()
    for hit in memory.search(question, k=20, asker=PEOPLE[0], current=is_on, min_score=0):
        for episode in (*hit.episodes, *hit.repeats):
            found.ranks.setdefault(episode.source_id, hit.rank)
            found.marks.setdefault(episode.source_id, hit.marks)
    return found


def _figures(found: Found, slot: Slot, *, is_changed: bool) -> Mapping[str, bool]:
    if not is_changed:
        return {
            "the old value first": found.is_first("old"),
            "the old value marked as earlier": found.is_outdated("old"),
        }
    older = ["old", *("between" for _ in slot["between"])]
    return {
        "the new value first": found.is_first("new"),
        "the new value above every older": found.is_above("new", older),
        "the new value marked as earlier": found.is_outdated("new"),
        "an older one unmarked among the first five": found.has_unmarked(older),
    }


def _show(part: str, slot: Slot, question: str, found: Found) -> None:
    right = "new" if part == "changed" else "old"
    if found.is_first(right) and not found.is_outdated(right):
        return
    sys.stdout.write(f"{part}, {slot['kind']}: {question}\n")
    for id_ in ("old", "between", "new", "tempting"):
        if id_ in found.ranks:
            text = slot["between"][0] if id_ == "between" else slot[id_]
            sys.stdout.write(f"    {found.ranks[id_]} {id_}: {text} {found.marks[id_]}\n")
