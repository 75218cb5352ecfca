"""How likely a hit holds evidence: fit it, see whether it is so, and tell what nothing answers.

    python -m bench.calibration ../shared/data                       # no encoder
    python -m bench.calibration ../shared/data --encoder minilm --vectors /tmp/vectors
    python -m bench.calibration ../shared/data --write               # the tables that ship

Asks LoCoMo (each conversation, its category 5 unanswerable), BEAM (each chat, its `abstention`
unanswerable), and three sets of passages; questions of one conversation, chat or set that are asked
of another are unanswerable too. Each is asked of its whole store and, kept to it by a filter, of
one session, of one turn, of ten passages. Questions of our own that nothing answers (`invented`)
are asked of LoCoMo, BEAM and the sample of a family's week, and measured only. Prints JSON lines of
probabilities by tables fitted without the conversation, fifth of the chats or set that is asked:
`calibration_error` over the first five hits and over the first ten, the AUROC of the first hit's
probability, answerable against unanswerable, and the reliability by tenths of all first ten.
"""

import random
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import orjson

from bench.beam import UNANSWERABLE, filled, read_chats
from bench.harness import parser, report
from bench.unanswerable import FAMILY, family_questions, unanswerable_questions
from graphmem.evaluate.data.datasets import Passage
from graphmem.evaluate.data.locomo import load_locomo
from graphmem.evaluate.data.retrieval import load_retrieval
from graphmem.evaluate.fit.calibration import (
    JudgedHits,
    fit_chances,
    held_out_chances,
    judged_passages,
    judged_turns,
)
from graphmem.evaluate.measure.calibration import auroc, calibration_error, reliability
from graphmem.evaluate.systems.channels import SourceEngine, source_engine
from graphmem.evaluate.systems.encoding import TimedEncoder
from graphmem.evaluate.systems.memory_system import open_memory
from graphmem.evaluate.systems.source_files import write_source
from graphmem.evaluate.systems.token_encoding import timed_encoder
from graphmem.memory import Memory
from graphmem.registry import open_encoder, open_extractor
from graphmem.retrieve.calibration import TABLES, Evidence

PASSAGES = ("musique_train100", "hotpot_train100", "2wiki_train500")
ELSEWHERE = 40
"""Questions of others asked of each conversation, chat and set."""
FEW = 10
"""Passages of a small store."""
SMALL = 0.1
"""What the questions asked of small stores weigh beside those asked of whole ones."""
INVENTED = "invented"
OWN = 20
"""Questions of our own asked of each conversation and chat."""
Asked = tuple[str, frozenset[str]]
"""A question, and the source ids of its evidence."""


def main() -> None:
    """Ask, fit, print, write."""
    command = parser(__doc__)
    command.add_argument("folder", type=Path, help="of the development sets")
    command.add_argument("--encoder", default="rules")
    command.add_argument("--vectors", type=Path, help="folder of vectors to keep between runs")
    command.add_argument("--assistant", action="store_true", help="BEAM's assistant, with vectors")
    command.add_argument("--sample", type=int, help="questions of each kind of a store, at most")
    command.add_argument("--write", action="store_true")
    options = command.parse_args()
    encoder = timed_encoder(open_encoder(options.encoder), options.vectors)
    named = encoder.name if encoder.keeps_vectors else ""
    for kind, judged in (
        ("turns", [*_locomo(options, encoder), *_beam(options, encoder), *_family(encoder)]),
        ("passages", list(_passages(options, encoder))),
    ):
        encoder.flush()
        _print(kind, judged, held_out_chances(judged, encoder=named))
        table = fit_chances(judged, encoder=named, data=_data(options.folder, kind))
        if options.write:
            path = Path("graphmem") / "retrieve" / kind / "tables" / TABLES[bool(named)]
            path.write_bytes(orjson.dumps(table, option=orjson.OPT_INDENT_2) + b"\n")


def _data(folder: Path, kind: str) -> list[str]:
    if kind == "turns":
        return [load_locomo(folder / "locomo5" / "locomo5.json").hash]
    return [load_retrieval(folder / name).hash for name in PASSAGES]


def _locomo(options: Namespace, encoder: TimedEncoder) -> Iterator[JudgedHits]:
    chance = random.Random(0)
    pools = load_locomo(options.folder / "locomo5" / "locomo5.json").pools
    for number, pool in enumerate(pools):
        with ExitStack() as stack:
            source = _source(pool.passages, encoder, stack)
        asked = {
            "": [(q.text, frozenset(q.gold)) for q in pool.questions if q.is_scored],
            "swapped": [(q.text, frozenset[str]()) for q in pool.questions if q.unanswerable],
            "elsewhere": _some(
                chance,
                [q.text for p in pools if p is not pool for q in p.questions if q.is_scored],
            ),
        }
        asked = {kind: _sampled(options, chance, few) for kind, few in asked.items()}
        asked[INVENTED] = _own([passage.text for passage in pool.passages], number)
        yield from _turns(source, asked, of="locomo", fold=f"locomo {number}", chance=chance)


def _beam(options: Namespace, encoder: TimedEncoder) -> Iterator[JudgedHits]:
    chance = random.Random(0)
    both = not encoder.keeps_vectors or options.assistant
    roles = {"beam user": ("user",), **({"beam": ("user", "assistant")} if both else {})}
    for name, of in roles.items():
        chats = read_chats(options.folder / "beam100k", roles=of)
        for number, chat in enumerate(chats):
            with ExitStack() as stack:
                source = source_engine(filled(chat, encoder, stack))
            others = [q.text for c in chats if c is not chat for q in c.questions if q.gold]
            asked = {
                "": [(q.text, frozenset(q.gold)) for q in chat.questions if q.gold],
                "abstention": [
                    (q.text, frozenset[str]()) for q in chat.questions if q.category == UNANSWERABLE
                ],
                "elsewhere": _some(chance, others, n=10),
                INVENTED: _own([turn.text for turn in chat.turns], number),
            }
            held = set(source.ids)
            asked[""] = [one for one in asked[""] if one[1] & held]
            yield from _turns(source, asked, of=name, fold=f"beam {number % 5}", chance=chance)


def _own(texts: Sequence[str], seed: int) -> list[Asked]:
    return [(text, frozenset()) for text in unanswerable_questions(texts, OWN, seed=seed)]


def _family(encoder: TimedEncoder) -> Iterator[JudgedHits]:
    """Ask the week its own questions, without what was asked before them; fit nothing on it."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="graphmem-")))
        place = folder / "memory.db"
        memory = open_memory(place, encoder, open_extractor("rules"), stack, token_signs=True)
        memory.ingest(FAMILY / "week.jsonl")
        source = source_engine(memory)
    texts = source.engine.snapshot.texts
    asked = {"": family_questions(), INVENTED: _own(texts, 0)}
    for hits in _turns(source, asked, of="family", fold="family", chance=random.Random(0)):
        yield replace(hits, weight=0.0)


def _passages(options: Namespace, encoder: TimedEncoder) -> Iterator[JudgedHits]:
    chance = random.Random(0)
    pools = {name: load_retrieval(options.folder / name).pools[0] for name in PASSAGES}
    for name, pool in pools.items():
        with ExitStack() as stack:
            source = _source(pool.passages, encoder, stack)
        texts = {passage.text for passage in pool.passages}
        others = [
            question.text
            for other in pools.values()
            if other is not pool
            for at in [{passage.id: passage.text for passage in other.passages}]
            for question in other.questions
            if question.is_scored and not any(at.get(id_) in texts for id_ in question.gold)
        ]
        own = [(q.text, frozenset(q.gold)) for q in pool.questions if q.is_scored]
        for text, gold in _sampled(options, chance, own):
            notes = _notes(source, gold)
            yield _hits(judged_passages(source.engine, text, notes), name, name, "")
            if chance.random() < ELSEWHERE / len(pool.questions):
                few = chance.sample(range(len(source.ids)), FEW)
                kept = _mask(source, {*few, *notes})
                hits = judged_passages(source.engine, text, notes, kept)
                yield _hits(hits, f"{name} few", name, "")
                kept = _mask(source, set(few) - notes)
                yield _hits(judged_passages(source.engine, text, (), kept), name, name, "small")
        for text, _ in _some(chance, others):
            yield _hits(judged_passages(source.engine, text, ()), name, name, "elsewhere")


def _turns(
    source: SourceEngine,
    asked: dict[str, list[Asked]],
    *,
    of: str,
    fold: str,
    chance: random.Random,
) -> Iterator[JudgedHits]:
    """Ask all of the whole store, and some of one session and of one turn alone."""
    session = source.engine.snapshot.session
    for kind, questions in asked.items():
        for text, gold in questions:
            notes = _notes(source, gold)
            yield _hits(judged_turns(source.engine, text, notes), of, fold, kind)
            if kind or chance.random() > 0.3:
                continue
            at = chance.choice(sorted(notes))
            other = chance.randrange(len(session))
            for name, kept in (("session", session == session[at]), ("turn", _mask(source, {at}))):
                hits = judged_turns(source.engine, text, notes, kept)
                yield _hits(hits, f"{of} {name}", fold, "")
            for kept in (session == session[other], _mask(source, {other})):
                if not notes & set(np.flatnonzero(kept).tolist()):
                    hits = judged_turns(source.engine, text, (), kept)
                    yield _hits(hits, of, fold, "small")


def _hits(
    found: tuple[Evidence, np.ndarray, np.ndarray], of: str, fold: str, kind: str
) -> JudgedHits:
    evidence, spoken_for, is_gold = found
    is_measured = kind == INVENTED
    is_small = kind == "small" or of.endswith((" few", " session", " turn"))
    return JudgedHits(
        of=of,
        fold=fold,
        kind=kind,
        evidence=evidence,
        spoken_for=spoken_for,
        is_gold=is_gold,
        weight=0.0 if is_measured else SMALL if is_small else 1.0,
    )


def _some(chance: random.Random, texts: Sequence[str], *, n: int = ELSEWHERE) -> list[Asked]:
    return [(text, frozenset()) for text in chance.sample(list(texts), min(n, len(texts)))]


def _sampled(options: Namespace, chance: random.Random, asked: list[Asked]) -> list[Asked]:
    few = options.sample
    return asked if few is None or len(asked) <= few else chance.sample(asked, few)


def _notes(source: SourceEngine, gold: frozenset[str]) -> set[int]:
    place = dict(zip(source.ids, source.order.tolist(), strict=True))
    return {place[id_] for id_ in gold if id_ in place}


def _mask(source: SourceEngine, notes: set[int]) -> np.ndarray:
    return np.isin(np.arange(len(source.engine.snapshot.note_ids)), sorted(notes))


def _source(passages: Sequence[Passage], encoder: TimedEncoder, stack: ExitStack) -> SourceEngine:
    folder = Path(stack.enter_context(TemporaryDirectory(prefix="graphmem-")))
    memory: Memory = open_memory(
        folder / "memory.db", encoder, open_extractor("rules"), stack, token_signs=True
    )
    memory.ingest(write_source(passages, folder))
    return source_engine(memory)


def _print(kind: str, judged: Sequence[JudgedHits], chances: Sequence[np.ndarray]) -> None:
    pairs = list(zip(judged, chances, strict=True))
    for of in dict.fromkeys(one.of for one in judged):
        answered = [(one, p) for one, p in pairs if one.of == of and not one.kind]
        line: dict[str, object] = {"kind": kind, "set": of, "questions": len(answered)}
        for k in (5, 10):
            line[f"calibration_error@{k}"] = round(_error(answered, k), 3)
            everything = [(one, p) for one, p in pairs if one.of == of and one.kind != INVENTED]
            line[f"with_unanswerable@{k}"] = round(_error(everything, k), 3)
        for other in dict.fromkeys(one.kind for one in judged if one.of == of and one.kind):
            rest = [p for one, p in pairs if one.of == of and one.kind == other]
            line[f"auroc {other}"] = round(auroc(_first(p for _, p in answered), _first(rest)), 3)
        report(**line)
    answered = [(one, p) for one, p in pairs if not one.kind and one.weight == 1]
    tenths = reliability(*_joined(answered, 10))
    rows = [[round(said, 3), round(so, 3), count] for said, so, count in tenths]
    report(
        kind=kind,
        set="all",
        questions=len(answered),
        **{f"calibration_error@{k}": round(_error(answered, k), 3) for k in (5, 10)},
        reliability=rows,
    )


def _first(chances: Iterable[np.ndarray]) -> np.ndarray:
    return np.array([float(p[0]) if len(p) else 0.0 for p in chances])


def _joined(
    pairs: Sequence[tuple[JudgedHits, np.ndarray]], k: int
) -> tuple[np.ndarray, np.ndarray]:
    return (
        np.concatenate([p[:k] for _, p in pairs]),
        np.concatenate([one.is_gold[:k] for one, _ in pairs]),
    )


def _error(pairs: Sequence[tuple[JudgedHits, np.ndarray]], k: int) -> float:
    return calibration_error(*_joined(pairs, k))


if __name__ == "__main__":
    main()
