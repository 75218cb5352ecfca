"""How many of the turns that hold the evidence are among the first 5 and 10, on LoCoMo dialogues.

    python bench/locomo.py ../shared/data/locomo5/locomo5.json
    python bench/locomo.py FILE --encoder minilm --vectors /tmp/vectors
    python bench/locomo.py FILE --encoder minilm --late          # late interaction over tokens
    python bench/locomo.py FILE --pool                           # all conversations in one store
    python bench/locomo.py FILE --fit graphmem/retrieve/tables   # writes the table that ships

Prints one JSON line a conversation and one for all, in percent, of three sets of weights: the
untrained formula, the table that ships, and weights fitted on the other conversations. Questions
are those of categories 1 to 4 whose evidence can be read.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from graphmem.cli.evaluate_systems import open_memory
from graphmem.contracts import Encoder
from graphmem.evaluate.datasets import Pool, Question
from graphmem.evaluate.encoding import TimedEncoder
from graphmem.evaluate.locomo import load_locomo
from graphmem.evaluate.memory_system import write_source
from graphmem.evaluate.tune_turns import Example, fit_weights
from graphmem.memory import Memory
from graphmem.registry import open_encoder, open_extractor
from graphmem.retrieve import Engine
from graphmem.retrieve.fuse import TurnMeaning, read_question, turn_channels
from graphmem.retrieve.late import TokenIndex, asked_tokens, token_bits, token_index
from graphmem.retrieve.turn_models import FORMAT, TABLES, turn_weights, untrained

DEPTHS = (5, 10)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: the value of each channel at each turn, and the gold turns."""

    pool: str
    category: str
    channels: Mapping[str, np.ndarray]
    gold: tuple[int, ...]


def main() -> None:
    """Ask everything, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--encoder", default="rules")
    parser.add_argument("--vectors", type=Path, help="folder of vectors to keep between runs")
    parser.add_argument("--late", action="store_true")
    parser.add_argument("--pool", action="store_true")
    parser.add_argument("--fit", type=Path, help="folder to write the table to")
    options = parser.parse_args()
    dataset = load_locomo(options.file)
    model = open_encoder(options.encoder)
    encoder = TimedEncoder(model, options.vectors)
    pools = _one_pool(dataset.pools) if options.pool else dataset.pools
    asked = [one for pool in pools for one in _ask(pool, encoder, model, late=options.late)]
    encoder.flush()
    channels = sorted(asked[0].channels)
    kind = {"with_vectors": "vector_own" in channels, "with_tokens": "late_near" in channels}
    start, shipped = untrained(**kind), turn_weights(encoder.name, **kind)
    _report("untrained", asked, [start] * len(asked))
    _report("shipped", asked, [shipped] * len(asked))
    if not options.pool:
        _report("others", asked, _leave_one_out(asked, start))
    if options.fit:
        place = int(kind["with_vectors"]) + int(kind["with_tokens"])
        table = {
            "format": FORMAT,
            "encoder": encoder.name if kind["with_vectors"] else "",
            "data": dataset.hash,
            "questions": len(asked),
            "weights": _fit(asked, start),
        }
        text = json.dumps(table, indent=2, sort_keys=True) + "\n"
        (options.fit / TABLES[place]).write_text(text, encoding="utf-8")


def _one_pool(pools: Sequence[Pool]) -> list[Pool]:
    """Return all conversations as one; ids and sessions get the conversation's number."""
    passages = [
        replace(p, id=f"{n}/{p.id}", session=f"session_{n + 1}{p.session[8:]:0>3}")
        for n, pool in enumerate(pools)
        for p in pool.passages
    ]
    questions = [
        replace(q, gold=tuple(f"{n}/{id_}" for id_ in q.gold))
        for n, pool in enumerate(pools)
        for q in pool.questions
    ]
    return [Pool(name="all", passages=tuple(passages), questions=tuple(questions))]


def _ask(pool: Pool, encoder: TimedEncoder, model: Encoder, *, late: bool) -> Iterator[Asked]:
    """Ingest a conversation as a user would, and ask its questions."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="graphmem-")))
        memory = open_memory(folder / "memory.db", encoder, open_extractor("rules"), stack)
        memory.ingest(write_source(pool.passages, folder))
        engine = Engine.of(memory.store.snapshot((memory.scope.key,), None), encoder=encoder)
        place = _turn_places(memory, engine)
    tokens = _tokens(engine, model) if late else None
    for question in pool.questions:
        gold = tuple(place[id_] for id_ in question.gold if id_ in place)
        if question.unanswerable or not gold:
            continue
        yield Asked(pool.name, question.category, _channels(engine, question, tokens, model), gold)


def _turn_places(memory: Memory, engine: Engine) -> dict[str, int]:
    scope = memory.scope.key
    named = {episode.id: episode.source_id for episode in memory.store.scan("episode", scope)}
    origin = {note.id: note.origins[0] for note in memory.store.scan("note", scope)}
    return {named[origin[id_]]: place for place, id_ in enumerate(engine.turns.ids)}


def _tokens(engine: Engine, model: Encoder) -> TokenIndex:
    found = model.encode_tokens(engine.snapshot.texts)
    bits = [token_bits(text, t) for text, t in zip(engine.snapshot.texts, found, strict=True)]
    return token_index(np.concatenate(bits), np.cumsum([0, *map(len, bits)]), model.dim)


def _channels(
    engine: Engine, question: Question, tokens: TokenIndex | None, model: Encoder
) -> Mapping[str, np.ndarray]:
    asked = read_question(question.text, engine.names, engine.words.numbers)
    meaning = None
    if engine.turn_vectors is not None:
        voiced = asked.voice.rewritten
        meaning = TurnMeaning(engine.turn_vectors, engine.encoder.encode([voiced])[0])
        if hasattr(model, "encode_tokens"):
            (found,) = model.encode_tokens([voiced])
            said = asked_tokens(voiced, found, engine.turns, engine.words.numbers)
            meaning = replace(meaning, tokens=tokens, asked=said)
    weights = turn_weights(
        engine.encoder.name, with_vectors=meaning is not None, with_tokens=tokens is not None
    )
    return turn_channels(engine.turns, asked, weights=weights, meaning=meaning)


def _fit(asked: Sequence[Asked], start: Mapping[str, float]) -> dict[str, float]:
    names = sorted(asked[0].channels)
    examples = [
        Example(np.stack([one.channels[name] for name in names], axis=1), one.gold) for one in asked
    ]
    return fit_weights(examples, names, untrained=start)


def _leave_one_out(asked: Sequence[Asked], start: Mapping[str, float]) -> list[Mapping[str, float]]:
    """Return for each question the weights fitted on the other conversations."""
    fitted = {
        pool: _fit([one for one in asked if one.pool != pool], start)
        for pool in dict.fromkeys(one.pool for one in asked)
    }
    return [fitted[one.pool] for one in asked]


def _report(name: str, asked: Sequence[Asked], weights: Sequence[Mapping[str, float]]) -> None:
    found = np.array([_recalls(one, w) for one, w in zip(asked, weights, strict=True)])
    for group in ("pool", "category"):
        keys = np.array([getattr(one, group) for one in asked])
        for key in sorted(set(keys.tolist())):
            _line(name, found[keys == key], **{group: key})
    _line(name, found, pool="all")


def _recalls(one: Asked, weights: Mapping[str, float]) -> list[float]:
    scores = sum(weights[name] * values for name, values in one.channels.items() if name in weights)
    best = np.argsort(-scores, kind="stable")
    return [len(set(best[:k].tolist()) & set(one.gold)) / len(one.gold) for k in DEPTHS]


def _line(name: str, found: np.ndarray, **of: str) -> None:
    figures = {
        f"recall@{k}": round(100 * float(value), 1)
        for k, value in zip(DEPTHS, found.mean(axis=0), strict=True)
    }
    print(json.dumps({"weights": name, **of, "questions": len(found), **figures}), flush=True)


if __name__ == "__main__":
    main()
