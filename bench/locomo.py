"""Evidence-turn recall on LoCoMo, each conversation a memory of its own, and the fit of weights.

    python bench/locomo.py ../shared/data/locomo5/locomo5.json                  # rule encoder
    python bench/locomo.py FILE --encoder minilm
    python bench/locomo.py FILE --fit graphmem/retrieve/tables                  # write the table

Every run also prints what weights fitted on the other conversations reach (leave one out): that is
what to expect of conversations never seen. One JSON line each; recalls in percent, categories 1-4.
"""

import argparse
import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from graphmem.contracts import Encoder
from graphmem.evaluate.datasets import Pool
from graphmem.evaluate.locomo import load_locomo
from graphmem.evaluate.memory_system import write_source
from graphmem.evaluate.tune_turns import Example, fit_weights
from graphmem.graph import open_store
from graphmem.memory import Memory
from graphmem.providers.cached import CachedEncoder
from graphmem.registry import open_encoder, open_extractor
from graphmem.retrieve import Engine
from graphmem.retrieve.fuse import weighted_sum
from graphmem.retrieve.turn_models import FORMAT, turn_weights, untrained
from graphmem.types import Scope

DEPTHS = (5, 10, 20)
SCOPE = Scope("locomo")


@dataclass(frozen=True)
class Asked:
    """A question with the channels of its conversation's turns and the places of its gold."""

    category: str
    channels: Mapping[str, np.ndarray]
    gold: tuple[int, ...]


def main() -> None:
    """Measure, and fit if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--encoder", default="rules")
    parser.add_argument("--fit", type=Path)
    options = parser.parse_args()
    encoder = CachedEncoder(open_encoder(options.encoder), capacity=200_000)
    talks = conversations(options.file, encoder)
    formula = untrained(with_vectors=not encoder.derived, with_tokens=False)
    names = [name for name in sorted(talks[0][0].channels) if not name.startswith("late_")]
    if options.fit:
        write_table(options.fit, encoder, fitted(talks, names, formula), options.file)
    report("untrained", encoder, talks, [formula] * len(talks))
    shipped = turn_weights(encoder.name, with_vectors=not encoder.derived, with_tokens=False)
    report("shipped, in sample", encoder, talks, [shipped] * len(talks))
    left_out = [
        fitted([talk for talk in talks if talk is not left], names, formula) for left in talks
    ]
    report("leave one conversation out", encoder, talks, left_out)


def conversations(file: Path, encoder: Encoder) -> list[list[Asked]]:
    """Remember each conversation by itself; return its questions with their channels."""
    return [asked_of(pool, encoder) for pool in load_locomo(file).pools]


def asked_of(pool: Pool, encoder: Encoder) -> list[Asked]:
    """Return the scored questions of one conversation, asked of a memory of it alone."""
    with (
        TemporaryDirectory() as folder,
        closing(
            Memory(open_store("ram:"), SCOPE, encoder=encoder, extractor=open_extractor("rules"))
        ) as memory,
    ):
        memory.store.set_encoder(encoder.name, encoder.dim)
        memory.ingest(write_source(pool.passages, Path(folder)))
        snapshot = memory.store.snapshot((SCOPE.key,), None)
        episodes = {e.id: e.source_id for e in memory.store.scan("episode", SCOPE.key)}
        notes = {n.id: episodes[n.origins[0]] for n in memory.store.scan("note", SCOPE.key)}
        engine = Engine.of(snapshot, encoder=encoder)
        place = {
            notes[snapshot.note_ids[note]]: turn for turn, note in enumerate(engine.turns.notes)
        }
        return [
            Asked(
                category=question.category,
                channels=engine.turn_scores(question.text).channels,
                gold=tuple(sorted(place[id_] for id_ in question.gold if id_ in place)),
            )
            for question in pool.questions
            if question.is_scored and not place.keys().isdisjoint(question.gold)
        ]


def fitted(
    talks: Sequence[Sequence[Asked]], names: Sequence[str], formula: Mapping[str, float]
) -> dict[str, float]:
    """Return weights fitted on these conversations, held near the formula."""
    examples = [
        Example(np.stack([asked.channels[name] for name in names], axis=1), asked.gold)
        for talk in talks
        for asked in talk
    ]
    return fit_weights(examples, names, untrained=formula)


def report(
    how: str,
    encoder: Encoder,
    talks: Sequence[Sequence[Asked]],
    weights: Sequence[Mapping[str, float]],
) -> None:
    """Print recall over all questions and by category."""
    rows = [
        (asked.category, recalls(asked, used))
        for talk, used in zip(talks, weights, strict=True)
        for asked in talk
    ]
    table = {"all": [row for _, row in rows]}
    for category, row in rows:
        table.setdefault(f"category {category}", []).append(row)
    line = {
        name: dict(
            zip(
                (f"recall@{k}" for k in DEPTHS),
                np.round(100 * np.mean(part, axis=0), 1).tolist(),
                strict=True,
            )
        )
        for name, part in sorted(table.items())
    }
    print(
        json.dumps(
            {
                "bench": "locomo",
                "weights": how,
                "encoder": encoder.name,
                "questions": len(rows),
                **line,
            }
        ),
        flush=True,
    )


def recalls(asked: Asked, weights: Mapping[str, float]) -> list[float]:
    """Return the share of the gold among the first turns, for each depth."""
    total = weighted_sum(asked.channels, weights, len(asked.channels["words_wide"]))
    first = np.argsort(-total, kind="stable")
    return [len(set(asked.gold) & set(first[:k].tolist())) / len(asked.gold) for k in DEPTHS]


def write_table(folder: Path, encoder: Encoder, weights: Mapping[str, float], file: Path) -> None:
    """Write the weights as the table that graphmem ships."""
    table = {
        "format": FORMAT,
        "encoder": encoder.name,
        "data": hashlib.sha256(file.read_bytes()).hexdigest(),
        "weights": {name: weight for name, weight in sorted(weights.items()) if weight},
    }
    name = "dialogue_words.json" if encoder.derived else "dialogue_vectors.json"
    (folder / name).write_text(json.dumps(table, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
