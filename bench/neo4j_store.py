"""What a Neo4j store costs on a fresh local server. One JSON line a measurement; no timed test.

python -m bench.neo4j_store                    # 20,000 notes, four mentions each
python -m bench.neo4j_store --notes 100000
"""

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np

from bench.harness import ms, parser, report, seconds
from bench.invented import NAMES, PLACES, invented_questions, invented_turns
from graphmem import ids
from graphmem.batches import Batch, Extraction, Mention, NoteRecord
from graphmem.graph.neo4j.store import Neo4jStore
from graphmem.memory import Memory
from graphmem.registry import open_encoder, open_extractor
from graphmem.types import (
    EncoderIdentity,
    Episode,
    EpisodeId,
    Note,
    NoteId,
    Scope,
    ScopeKey,
    Session,
    SessionId,
)
from scripts.neo4j_server import running

SCOPE = ScopeKey("bench")
DIM = 384
PER_BATCH = 1_000
PER_SESSION = 25
MENTIONS = 4
START = datetime(2020, 1, 1, tzinfo=UTC)
Cpu = Callable[[], float]


def main() -> None:
    """Measure everything, each on an empty server."""
    command = parser(__doc__)
    command.add_argument("--notes", type=int, default=20_000)
    command.add_argument("--turns", type=int, default=6_000)
    command.add_argument("--heap", default="1g")
    options = command.parse_args()
    for has_vectors in (False, True):
        with fresh(options.heap) as (store, cpu):
            bulk(store, cpu, options.notes, has_vectors=has_vectors)
            snapshots(store, cpu, options.notes, has_vectors=has_vectors)
            if has_vectors:
                pushed(store, cpu, options.notes)
    with fresh(options.heap) as (store, _):
        dialogue(store, options.turns)


@contextmanager
def fresh(heap: str) -> Iterator[tuple[Neo4jStore, Cpu]]:
    """Open a store on a server of its own; give a clock of the CPU seconds of both."""
    with running(heap=heap, page_cache="1g") as one:
        environment = {"NEO4J_USER": one.user, "NEO4J_PASSWORD": one.password}
        with closing(Neo4jStore(one.uri, environment=environment)) as store:
            yield store, lambda: time.process_time() + cpu_seconds(one.pid)


def cpu_seconds(pid: int) -> float:
    """Return the CPU seconds of a process: what counts where others use the machine."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def bulk(store: Neo4jStore, cpu: Cpu, n: int, *, has_vectors: bool) -> None:
    """Write n notes in batches of PER_BATCH; the first batch warms the server up."""
    store.set_encoder(EncoderIdentity("bench@1", DIM))
    made = list(batches(n + PER_BATCH, has_vectors=has_vectors))
    store.write(made[0])
    began = cpu()
    took = [seconds(partial(store.write, one)) for one in made[1:]]
    late = took[len(took) // 2 :]
    report(
        bench="bulk", notes=n, mentions_a_note=MENTIONS, vectors=has_vectors,
        notes_per_second=round(n / sum(took)),
        last_half_per_second=round(PER_BATCH * len(late) / sum(late)),
        per_cpu_second=round(n / (cpu() - began)),
        load=os.getloadavg()[0],
    )  # fmt: skip


def snapshots(store: Neo4jStore, cpu: Cpu, n: int, *, has_vectors: bool) -> None:
    """Read a first snapshot, one again, one with nothing written, one after a note more."""
    cold = seconds(lambda: store.snapshot((SCOPE,), None))
    began, used = time.perf_counter(), cpu()
    snapshot = store.snapshot((SCOPE,), None)
    warm, used = time.perf_counter() - began, cpu() - used
    edges = len(snapshot.graph.mention_note)
    same = seconds(lambda: store.snapshot((SCOPE,), None, snapshot))
    refreshes = []
    for seed in range(3, 12):
        store.write(next(batches(1, has_vectors=has_vectors, seed=seed)))
        refreshes.append(seconds(lambda: store.snapshot((SCOPE,), None, snapshot)))
    report(
        bench="snapshot", notes=n, vectors=has_vectors, edges=edges,
        cold_edges_per_second=round(edges / cold), warm_edges_per_second=round(edges / warm),
        edges_per_cpu_second=round(edges / used),
        nothing_new_ms=round(1000 * same, 1), after_few_notes_ms=ms(refreshes),
        load=os.getloadavg()[0],
    )  # fmt: skip


def pushed(store: Neo4jStore, cpu: Cpu, n: int) -> None:
    """Search on the server: its vector index and its full-text index."""
    dice = np.random.default_rng(5)
    rows = dice.standard_normal((60, DIM)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    for row in rows[:10]:
        store.nearest(SCOPE, row, k=10)
    used = cpu()
    near = [seconds(partial(store.nearest, SCOPE, r, k=10)) for r in rows[10:]]
    used = cpu() - used
    words = [f"{name} in {place}" for name in NAMES for place in PLACES[:6]]
    text = [seconds(partial(store.matching, SCOPE, w, k=10)) for w in words][10:]
    report(
        bench="pushed", notes=n, vector_ms_p50=ms(near),
        vector_cpu_ms=round(1000 * used / len(near), 1), full_text_ms_p50=ms(text),
    )  # fmt: skip


def dialogue(store: Neo4jStore, n: int) -> None:
    """Ingest turns with the rules, then search with the snapshot warm."""
    memory = Memory(
        store, Scope("bench"), encoder=open_encoder("rules"), extractor=open_extractor("rules")
    )
    store.set_encoder(EncoderIdentity("rules@1", DIM))
    took = seconds(lambda: memory.ingest_turns(invented_turns(n)))
    first = seconds(lambda: memory.search("warm up"))
    asked = [seconds(partial(memory.search, q, k=10)) for q in invented_questions(60)][10:]
    report(
        bench="dialogue", turns=n, turns_per_second=round(n / took), first_search_s=round(first, 2),
        search_ms_p50=ms(asked),
    )  # fmt: skip


def batches(n: int, *, has_vectors: bool, seed: int = 1) -> Iterator[Batch]:
    """Yield batches of n notes in all, each of an episode of its own."""
    dice, rng = random.Random(seed), np.random.default_rng(seed)
    vocabulary = [f"{name} {place} {i}" for name in NAMES for place in PLACES for i in range(50)]
    turns = invented_turns(n, seed=seed)
    for start in range(0, n, PER_BATCH):
        rows = rng.standard_normal((PER_BATCH, DIM)).astype(np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        sessions: dict[str, Session] = {}
        episodes, notes = [], []
        for i, turn in enumerate(islice(turns, PER_BATCH)):
            session, episode = _home(start + i, seed, turn.text)
            sessions[session.id] = session
            episodes.append(episode)
            names = [
                vocabulary[min(int(dice.paretovariate(0.6)), 5_000) - 1] for _ in range(MENTIONS)
            ]
            notes.append(_record(episode, names, rows[i : i + 1] if has_vectors else None))
        yield Batch(
            scope=SCOPE, sessions=tuple(sessions.values()), episodes=tuple(episodes),
            notes=tuple(notes),
        )  # fmt: skip


def _home(i: int, seed: int, text: str) -> tuple[Session, Episode]:
    name = f"{seed}:{i // PER_SESSION}"
    session = Session(
        id=SessionId(ids.session_id(SCOPE, "bench", name)),
        scope=SCOPE,
        collection="bench",
        name=name,
    )
    said_at = START + timedelta(minutes=i)
    episode = Episode(
        id=EpisodeId(ids.episode_id(session.id, str(i), "Ana", str(said_at), text)),
        scope=SCOPE, session_id=session.id, source_id=str(i), position=0, text=text,
        speaker="Ana", said_at=said_at,
    )  # fmt: skip
    return session, episode


def _record(episode: Episode, names: list[str], vectors: np.ndarray | None) -> NoteRecord:
    note = Note(
        id=NoteId(ids.note_id("turn", episode.session_id, (episode.id,), episode.text)),
        scope=SCOPE, session_id=episode.session_id, kind="turn", text=episode.text,
        origins=(episode.id,), context="Ana said", keywords=("one", "two"), speaker="Ana",
        said_at=episode.said_at, valid_from=episode.said_at, created_by="rule:bench@1",
        run_id="bench", written_at=START,
    )  # fmt: skip
    mentions = tuple(
        Mention(name=name, start=i, end=i + 1, kind="name") for i, name in enumerate(names)
    )
    return NoteRecord(note=note, extraction=Extraction(mentions=mentions), vectors=vectors)


if __name__ == "__main__":
    main()
