"""What preferring the current value does: off and on, over facts, chats, dialogues and streams.

    python -m bench.current ../shared/data
    python -m bench.current ../shared/data --encoder minilm --vectors /tmp/vectors
    python -m bench.current ../shared/data --only streams    # facts, chats, dialogues, cost
    python -m bench.current ../shared/data --only facts --show    # what went wrong, one by one

Facts: SituatedQA's dated answers as statements of one store, in five wordings; chats: BEAM, what
the user said; dialogues: LoCoMo; streams: invented, 1 to 400 updates of each of 20 slots; cost: of
the step alone, over invented turns. One JSON line a figure, in percent of questions: `off`, `on`,
the difference, and where half a hundred questions or more are behind it, its 95 % interval.
"""

import sys
import time
from argparse import Namespace
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from bench.beam import ASKED, filled, read_chats
from bench.changing import WORDINGS, Fact, read_facts, statements, stream
from bench.harness import ms, parser, report
from bench.invented import invented_turns
from graphmem.answers import Hit
from graphmem.contracts import Encoder
from graphmem.evaluate.data.locomo import load_locomo
from graphmem.evaluate.measure.bootstrap import paired
from graphmem.evaluate.measure.metrics import recall
from graphmem.evaluate.systems.encoding import TimedEncoder
from graphmem.evaluate.systems.source_files import write_source
from graphmem.evaluate.systems.token_encoding import timed_encoder
from graphmem.memory import Memory
from graphmem.registry import open_encoder
from graphmem.retrieve.turns import current, search

UPDATES = (1, 2, 5, 20, 100, 400)
PROBES = 150
"""Facts asked as of a moment, in each wording."""
FEWEST = 50
NONE = 10_000
Figures = Mapping[str, tuple[float, ...]]
"""What is measured of one question: off and on, 0 to 1."""
Asking = tuple[dict[str, int], dict[str, tuple[str, ...]]]
"""The rank of each source id, and its marks."""


@dataclass
class Tally:
    """What was measured, question by question."""

    part: str
    show: bool
    found: defaultdict[str, list[tuple[float, float]]]

    def add(self, figures: Figures, shown: str = "") -> None:
        """Take the figures of a question, and print what is to be shown of it."""
        for name, (off, on) in figures.items():
            self.found[name].append((float(off), float(on)))
        if shown:
            sys.stdout.write(shown + "\n")

    def report(self) -> None:
        """Print a line a figure."""
        for name, values in self.found.items():
            off, on = 100 * np.array(values).T
            line: dict[str, Any] = {"off": round(off.mean(), 1), "on": round(on.mean(), 1)}
            if len(values) >= FEWEST:
                found = paired(on, off, draws=2_000)
                line["change"] = [round(x, 1) for x in (found.mean, found.low, found.high)]
            report(bench="current", part=self.part, figure=name, questions=len(values), **line)


def main() -> None:
    """Measure what was asked for."""
    command = parser(__doc__)
    command.add_argument("data", type=Path)
    command.add_argument("--encoder", default="rules")
    command.add_argument("--vectors", type=Path, help="folder of vectors to keep between runs")
    command.add_argument("--only", choices=PARTS)
    command.add_argument("--show", action="store_true")
    options = command.parse_args()
    encoder = timed_encoder(open_encoder(options.encoder), options.vectors)
    for name, measure in PARTS.items():
        if options.only in (None, name):
            measure(options, encoder)
            encoder.flush()


def _facts(options: Namespace, encoder: TimedEncoder) -> None:
    facts = read_facts(options.data / "situatedqa_train" / "versioned_facts.jsonl")
    for wording in WORDINGS:
        tally = Tally(f"facts, {wording}", options.show, defaultdict(list))
        with Memory.open("ram:", scope="bench", encoder=encoder) as memory:
            memory.ingest_turns(statements(facts, wording))
            encoder.flush()
            for fact in facts:
                ids = [f"{fact.id}-{number}" for number in range(len(fact.versions))]
                tally.add(*_versions(memory, fact.question, ids, options.show))
            for moment, fact, number in _probes(facts):
                tally.add(_as_of(memory, moment, fact, number))
        tally.report()


def _as_of(memory: Memory, moment: datetime, fact: Fact, number: int) -> Figures:
    ids = [f"{fact.id}-{n}" for n, (at, _) in enumerate(fact.versions) if at <= moment]
    both = [_asked(memory, fact.question, is_on, moment) for is_on in (False, True)]
    right = ids.pop(number)
    return {
        "as of, right above the others": tuple(_above(one, right, ids) for one in both),
        "as of, right first": tuple(_rank(one, right) == 1 for one in both),
    }


def _versions(memory: Memory, question: str, ids: Sequence[str], show: bool) -> tuple[Figures, str]:
    *older, current = ids
    off, on = (_asked(memory, question, is_on) for is_on in (False, True))
    figures = {
        "current above every older": tuple(_above(one, current, older) for one in (off, on)),
        "current first": tuple(_rank(one, current) == 1 for one in (off, on)),
        "any version first": tuple(min(_rank(one, i) for i in ids) == 1 for one in (off, on)),
        "current marked outdated": tuple(_is_outdated(one, current) for one in (off, on)),
        "unmarked old in first five": tuple(
            any(_rank(one, i) <= 5 and not one[1][i] for i in older) for one in (off, on)
        ),
    }
    is_bad = figures["current marked outdated"][1] or not figures["current above every older"][1]
    return figures, _shown(memory, question, ids, on) if show and is_bad else ""


def _shown(memory: Memory, question: str, ids: Sequence[str], on: Asking) -> str:
    best = "".join(
        f"\n    {hit.rank} {hit.episodes[0].source_id} {hit.note.text[:150]!r} {hit.marks}"
        for hit in memory.search(question, k=4, min_score=0)
    )
    return f"{question} | {[(i, _rank(on, i), on[1].get(i)) for i in ids]}{best}"


def _probes(facts: Sequence[Fact]) -> Iterator[tuple[datetime, Fact, int]]:
    """Yield the last probe of some facts whose version is not the only one then, by moment."""
    some = [fact for fact in facts if any(number for _, number in fact.probes)]
    chosen = [
        (*next(p for p in fact.probes if p[1]), fact) for fact in some[:: -(-len(some) // PROBES)]
    ]
    for moment, number, fact in sorted(chosen, key=lambda one: (one[0], one[2].id)):
        yield moment, fact, number


def _chats(options: Namespace, encoder: TimedEncoder) -> None:
    tally = Tally("chats", options.show, defaultdict(list))
    for chat in read_chats(options.data / "beam100k", roles=("user",)):
        with ExitStack() as stack:
            memory = filled(chat, encoder, stack)
            for one in chat.questions:
                if not one.gold or one.category not in ASKED:
                    continue
                off, on = (_asked(memory, one.text, is_on) for is_on in (False, True))
                flags = (_is_contradicted(off), _is_contradicted(on))
                tally.add(
                    {
                        **_recalls(off, on, one.category, one.gold),
                        f"contradiction flagged: {one.category}": flags,
                        **(_updates((off, on), one.new, one.old) if one.new else {}),
                    }
                )
        encoder.flush()
    tally.report()


def _updates(both: tuple[Asking, Asking], new: Sequence[str], old: Sequence[str]) -> Figures:
    return {
        "update: new above old": tuple(_best(one, new) < _best(one, old) for one in both),
        "update: new first": tuple(_best(one, new) == 1 for one in both),
        "update: new marked outdated": tuple(any(_is_outdated(a, i) for i in new) for a in both),
        "update: unmarked old in first five": tuple(
            any(_rank(a, i) <= 5 and not a[1][i] for i in old) for a in both
        ),
    }


def _dialogues(options: Namespace, encoder: TimedEncoder) -> None:
    tally = Tally("dialogues", options.show, defaultdict(list))
    for pool in load_locomo(options.data / "locomo5" / "locomo5.json").pools:
        with TemporaryDirectory() as folder:
            memory = Memory.open("ram:", scope="bench", encoder=encoder)
            memory.ingest(write_source(pool.passages, Path(folder)))
        for one in pool.questions:
            if one.is_scored and one.gold:
                off, on = (_asked(memory, one.text, is_on) for is_on in (False, True))
                is_marked = any(map(any, on[1].values()))
                recalls = _recalls(off, on, f"category {one.category}", one.gold)
                tally.add({**recalls, "anything marked": (0, is_marked)})
    tally.report()


def _recalls(off: Asking, on: Asking, name: str, gold: Sequence[str]) -> Figures:
    found: dict[str, tuple[float, ...]] = {}
    for k in (5, 10):
        for group in ("all", name):
            found[f"recall@{k}: {group}"] = tuple(
                recall([i for i, at in one[0].items() if at <= k], tuple(gold), k=k)
                for one in (off, on)
            )
    return found


def _streams(options: Namespace, encoder: TimedEncoder) -> None:
    for updates in UPDATES:
        tally = Tally(f"streams, {updates} updates", options.show, defaultdict(list))
        said = stream(updates)
        with Memory.open("ram:", scope="bench", encoder=encoder) as memory:
            memory.ingest_turns(said.turns)
            for question, ids in said.asked:
                off, on = (_asked(memory, question, is_on) for is_on in (False, True))
                current = tuple(_rank(one, ids[-1]) == 1 for one in (off, on))
                stale = tuple(
                    sum(i in one[0] and one[0][i] <= 5 and not one[1][i] for i in ids[:-1]) / 5
                    for one in (off, on)
                )
                figures = {"current first": current, "unmarked stale of the first five": stale}
                show = options.show and (not current[1] or stale[1] > 0)
                tally.add(figures, _shown(memory, question, ids, on) if show else "")
        tally.report()


def _cost(options: Namespace, encoder: Encoder) -> None:
    """Time the step alone, and the search that it is part of, over 100,000 turns."""
    real, took = current.statements, list[float]()

    def timed(*given: Any) -> Any:
        began = time.process_time()
        found = real(*given)
        took.append(time.process_time() - began)
        return found

    with Memory.open("ram:", scope="bench", encoder=encoder) as memory:
        said = stream(400)
        memory.ingest_turns([*said.turns, *invented_turns(100_000 - len(said.turns))])
        vars(search)["statements"] = timed
        for question, _ in said.asked * 3:
            memory.search(question, k=10)
        vars(search)["statements"] = real
    report(bench="current", part="cost", notes=100_000, cpu_ms_p50=ms(took), p95=ms(took, 95))


def _asked(
    memory: Memory, question: str, is_on: bool, as_of: datetime | None = None, k: int = 20
) -> Asking:
    hits = memory.search(question, k=k, current=is_on, min_score=0, as_of=as_of)
    ranks: dict[str, int] = {}
    marks: dict[str, tuple[str, ...]] = {}
    for hit in hits:
        for id_ in _ids(hit):
            ranks.setdefault(id_, hit.rank)
            marks.setdefault(id_, hit.marks)
    return ranks, marks


def _ids(hit: Hit) -> list[str]:
    return [episode.source_id for episode in (*hit.episodes, *hit.repeats)]


def _rank(asked: Asking, id_: str) -> int:
    return asked[0].get(id_, NONE)


def _best(asked: Asking, ids: Sequence[str]) -> int:
    return min((_rank(asked, i) for i in ids), default=NONE)


def _above(asked: Asking, id_: str, others: Sequence[str]) -> bool:
    return _rank(asked, id_) < min((_rank(asked, i) for i in others), default=NONE + 1)


def _is_outdated(asked: Asking, id_: str) -> bool:
    return any(mark.startswith("earlier") for mark in asked[1].get(id_, ()))


def _is_contradicted(asked: Asking) -> bool:
    ranks, marks = asked
    return any("contradicts" in mark for i in ranks if ranks[i] <= 10 for mark in marks[i])


PARTS: Mapping[str, Callable[[Namespace, TimedEncoder], None]] = {
    "facts": _facts,
    "chats": _chats,
    "dialogues": _dialogues,
    "streams": _streams,
    "cost": _cost,
}

if __name__ == "__main__":
    main()
