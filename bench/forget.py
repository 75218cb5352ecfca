"""How much recall a sweep costs: the shares of turns put away, and the absolute cut.

    python -m bench.forget ../shared/data/locomo5/locomo5.json
    python -m bench.forget FILE --beam ../shared/data/beam100k

One JSON line a policy and share: recall at 10 lost, in points, over all questions whose evidence
can be read, the adversarial ones too; the weights of `content` are fitted on the other
conversations. Half of the questions are asked before, so that what they find was shown; the other
half is scored, `--splits` times over. `random` and `oldest` are
there to be compared with. `--beam`: what the cut that ships, and its weights, cost there, a line a
category. The last line of the first is the table fitted on all conversations.
"""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from bench.beam import ASKED, Chat, read_chats
from bench.harness import parser, report
from graphmem.arrays import GraphSnapshot
from graphmem.evaluate.data.datasets import Pool
from graphmem.evaluate.data.locomo import load_locomo
from graphmem.evaluate.fit.passages import fit_logistic
from graphmem.evaluate.systems.source_files import write_source
from graphmem.evolve import forget, importance
from graphmem.memory import Memory
from graphmem.types import NoteId

SHARES = (0.1, 0.2, 0.3, 0.4, 0.5)
POLICIES = ("content", "content, not shown", "exponential", "power_law", "oldest", "random")
K = 10
L2 = 30.0


@dataclass
class Talk:
    """One conversation in a store, with what of it is asked."""

    memory: Memory
    asked: list[tuple[str, str, frozenset[str]]]
    """Question, category, the source ids of the evidence."""
    shown: set[NoteId] = field(default_factory=set)
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def snapshot(self) -> GraphSnapshot:
        """What is in its store."""
        return self.memory.store.snapshot((self.memory.scope.key,), None)

    def recalls(self, asked: Sequence[tuple[str, str, frozenset[str]]]) -> np.ndarray:
        """Return the recall at 10 of each question."""
        found = []
        for question, _, gold in asked:
            hits = self.memory.search(question, k=K)
            held = {e.source_id for hit in hits for e in (*hit.episodes, *hit.repeats)}
            found.append(len(gold & held) / len(gold))
        return np.array(found)


def main() -> None:
    """Measure what was asked for."""
    command = parser(__doc__)
    command.add_argument("file", type=Path)
    command.add_argument("--beam", type=Path)
    command.add_argument("--splits", type=int, default=5)
    command.add_argument("--shares", type=float, nargs="*", default=SHARES)
    command.add_argument("--policies", nargs="*", default=POLICIES)
    options = command.parse_args()
    if options.beam:
        _beam(options.beam)
        return
    talks = [_talk(pool) for pool in load_locomo(options.file).pools]
    lost: defaultdict[tuple[str, float], list[float]] = defaultdict(list)
    for place, talk in enumerate(talks):
        _fit([one for other, one in enumerate(talks) if other != place])
        for seed in range(options.splits):
            asked = _halves(talk, seed)
            before = talk.recalls(asked)
            for policy, share in product(options.policies, options.shares):
                lost[policy, share] += (_after(talk, asked, policy, share) - before).tolist()
    for (policy, share), found in lost.items():
        low, high = _interval(np.array(found))
        report(policy=policy, archived=share, questions=len(found),
               recall10=round(100 * float(np.mean(found)), 1), low=low, high=high)  # fmt: skip
    report(**_fit(talks))


def _talk(pool: Pool) -> Talk:
    memory = Memory.open("ram:", scope="bench")
    with TemporaryDirectory() as folder:
        memory.ingest(write_source(pool.passages, Path(folder)))
    asked = [(q.text, str(q.category), frozenset(q.gold)) for q in pool.questions if q.gold]
    return Talk(memory, asked)


def _halves(talk: Talk, seed: int) -> list[tuple[str, str, frozenset[str]]]:
    """Ask half of the questions, so that what they find was shown; return the other half."""
    order = random.Random(seed).sample(talk.asked, len(talk.asked))
    first, second = order[: len(order) // 2], order[len(order) // 2 :]
    talk.shown = set()
    for question, _, _ in first:
        talk.shown |= {hit.note.id for hit in talk.memory.search(question, k=K)}
    return second


def _fit(talks: Sequence[Talk]) -> dict[str, Any]:
    """Fit importance on some conversations, and have it used; return the table."""
    rows, labels = [], []
    for talk in talks:
        snapshot, gold = talk.snapshot, set().union(*(gold for *_, gold in talk.asked))
        episodes = {
            e.id: e.source_id for e in talk.memory.store.scan("episode", snapshot.scopes[0])
        }
        notes = talk.memory.store.read("note", snapshot.scopes[0], snapshot.note_ids)
        rows.append(importance.features(snapshot))
        labels.append(np.array([episodes[note.origins[0]] in gold for note in notes]))
    matrix, is_gold = np.concatenate(rows), np.concatenate(labels)
    weights, intercept = fit_logistic(matrix, is_gold, np.ones(len(is_gold)), l2=L2)
    importance.WEIGHTS = dict(zip(importance.FEATURES, np.round(weights, 3).tolist(), strict=True))
    importance.INTERCEPT = round(float(intercept), 3)
    odds = matrix @ weights + intercept
    cuts = {f"cut_{share}": round(float(np.quantile(odds, share)), 2) for share in SHARES}
    return {"weights": importance.WEIGHTS, "intercept": importance.INTERCEPT, **cuts}


def _after(
    talk: Talk, asked: Sequence[tuple[str, str, frozenset[str]]], policy: str, share: float
) -> np.ndarray:
    """Return the recalls when a share is put away, and take that back."""
    snapshot, memory = talk.snapshot, talk.memory
    if policy in ("random", "oldest"):
        key = (
            snapshot.said_at
            if policy == "oldest"
            else np.random.default_rng(1).random(len(snapshot.note_ids))
        )
        rows = np.argsort(key, kind="stable")[: round(share * len(key))].tolist()
        gone = [snapshot.note_ids[row] for row in rows]
        edit = memory._applied(forget.put_away(gone, reason="bench"))
    else:
        shown = talk.shown if policy != "content, not shown" else set()
        memory._shown = set()
        edit = memory.forget(keep=1 - share, policy=policy.partition(",")[0], shown=shown)
    found = talk.recalls(asked)
    if edit.changes:
        memory.undo(edit.run_id)
    return found


def _interval(found: np.ndarray) -> tuple[float, float]:
    draws = np.random.default_rng(0).integers(0, len(found), (1_000, len(found)))
    low, high = np.percentile(100 * found[draws].mean(axis=1), (2.5, 97.5))
    return round(float(low), 1), round(float(high), 1)


def _beam(folder: Path) -> None:
    lost: defaultdict[str, list[float]] = defaultdict(list)
    turns = gone = 0
    for chat in read_chats(folder, roles=("user",)):
        memory = Memory.open("ram:", scope="bench")
        memory.ingest_turns(chat.turns)
        talk = Talk(memory, _asked(chat))
        before = talk.recalls(talk.asked)
        memory._shown = set()
        gone += len(memory.forget().changes)
        turns += len(chat.turns)
        for (_, category, _), change in zip(
            talk.asked, (talk.recalls(talk.asked) - before).tolist(), strict=True
        ):
            lost[category].append(change)
    report(turns=turns, archived=gone)
    for category, found in lost.items():
        report(category=category, questions=len(found),
               recall10=round(100 * float(np.mean(found)), 1))  # fmt: skip


def _asked(chat: Chat) -> list[tuple[str, str, frozenset[str]]]:
    return [(q.text, q.category, frozenset(q.gold)) for q in chat.questions
            if q.gold and q.category in ASKED]  # fmt: skip


if __name__ == "__main__":
    main()
