"""Random histories of one session, each with the store that one fresh build would give.

A dialogue of 1 to 300 turns: long runs of one speaker, gaps, equal words, with or without ids, with
times, dates or neither, with places that are negative or equal. It comes in pieces of any size, in
files that grow or go on, and is deleted and restored in part. Two memories that have the store open
take turns at it, or write at once.
"""

import json
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from graphmem.contracts import GraphStore
from graphmem.errors import StoreBusyError
from graphmem.graph import dump
from graphmem.ingest import Turn
from graphmem.memory import Memory
from graphmem.registry import open_store
from graphmem.testing import standing_clock
from graphmem.types import Episode
from tests.neo4j import servers

SAYINGS = (
    "Yes.", "No.", "OK.", "Why?", "We sold the green boat in {0}.", "Did Marta call about {0}?",
    "My brother Teo lives in {0} now.", "The {0} choir sings next Sunday, are you coming?",
    "I lost my keys near {0} yesterday.", "Nothing new here, {0} is quiet.",
)  # fmt: skip
PLACES = ("Vigo", "Lund", "Turku", "Graz", "Bari", "北京", "Ílhavo")
SPEAKERS = ("Ida", "Ole", "Per", None)
DAWN = datetime(2024, 2, 3, 6, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Style:
    """How the source of a dialogue names, dates and places its turns."""

    ids: str
    times: str
    positions: str = "none"

    @property
    def is_ordered(self) -> bool:
        """Whether the turns say their order, so that they may come in any."""
        return self.ids == "counted"

    @property
    def is_named(self) -> bool:
        return self.ids != "none"


STYLES = (
    *(
        Style(ids, times)
        for ids in ("none", "counted", "uuid")
        for times in ("none", "dates", "standing", "minutes")
    ),
    Style("none", "some"),
    Style("uuid", "some"),
    Style("counted", "minutes", "given"),
    Style("uuid", "dates", "given"),
    Style("none", "dates", "given"),
)


def dialogue(dice: random.Random, style: Style) -> list[Turn]:
    """Return the turns of one session in the order they were said."""
    n = dice.choice((dice.randint(1, 12), dice.randint(1, 60), dice.randint(60, 300)))
    now, speaker = DAWN, dice.choice(SPEAKERS)
    turns = []
    for i in range(n):
        if dice.random() < dice.choice((0.05, 0.5)):
            speaker = dice.choice(SPEAKERS)
        now += timedelta(minutes=1 + (dice.random() < 0.05) * dice.randint(60, 6000))
        turns.append(
            Turn(
                collection="",
                session="talk",
                text=dice.choice(SAYINGS).format(f"{dice.choice(PLACES)} {i}"),
                source_id=_id(dice, style, i),
                position=dice.choice((-7, 0, 3, i, -i)) if style.positions == "given" else None,
                speaker=speaker,
                said_at=_time(dice, style, now, i),
                where=f"history:{i}",
            )
        )
    return turns


def _id(dice: random.Random, style: Style, i: int) -> str | None:
    if style.ids == "uuid":
        return str(UUID(int=dice.getrandbits(128)))
    return f"D1:{i + 1}" if style.ids == "counted" else None


def _time(dice: random.Random, style: Style, now: datetime, i: int) -> datetime | None:
    if style.times == "none" or (style.times == "some" and i and dice.random() < 0.6):
        return None
    if style.times == "dates":
        return now.replace(hour=0, minute=0)
    return DAWN if style.times == "standing" else now


def pieces(dice: random.Random, turns: Sequence[Turn], least: int = 1) -> Iterator[list[Turn]]:
    """Cut the turns into runs of random length."""
    at = 0
    while at < len(turns):
        size = max(least, dice.choice((1, 2, dice.randint(1, 40), dice.randint(1, 300))))
        if len(turns) - at - size < least:
            size = len(turns) - at
        yield list(turns[at : at + size])
        at += size


@dataclass(frozen=True, slots=True)
class Writers:
    """Two memories that have one store open; who does the next thing is drawn."""

    both: tuple[Memory, Memory]
    dice: random.Random

    @property
    def one(self) -> Memory:
        """Whoever is next."""
        return self.dice.choice(self.both)

    def episodes(self) -> list[Episode]:
        """Return what is stored, by id."""
        return list(self.one.store.scan("episode", "ida"))


def stores_of(kind: str, folder: Path) -> tuple[GraphStore, GraphStore]:
    """Open a new store of a kind twice; one in memory is the same object."""
    if kind == "ram":
        store = open_store("ram:", clock=standing_clock)
        return store, store
    if kind == "sqlite":
        file = folder / "memory.db"
        return open_store(file, clock=standing_clock), open_store(file, clock=standing_clock)
    return servers.empty_store(clock=standing_clock), servers.same_store(clock=standing_clock)


def content(store: GraphStore) -> list[str]:
    """Return the dump without tombstones, of which a fresh build has none."""
    return [line for line in dump(store) if not line.startswith('{"kind":"tombstone"')]


def fresh(turns: Sequence[Turn]) -> list[str]:
    """Return what one call gives a new store."""
    with Memory.open("ram:", scope="ida", clock=standing_clock) as memory:
        memory.ingest_turns(turns)
        return content(memory.store)


def fresh_file(path: Path) -> list[str]:
    """Return what a file gives a new store."""
    with Memory.open("ram:", scope="ida", clock=standing_clock) as memory:
        memory.ingest(path)
        return content(memory.store)


def in_pieces(writers: Writers, dice: random.Random, folder: Path) -> list[str]:
    """One call or many, in any order where the turns say it."""
    style = dice.choice(STYLES)
    turns = dialogue(dice, style)
    given = dice.sample(turns, len(turns)) if style.is_ordered else turns
    for piece in pieces(dice, given):
        writers.one.ingest_turns(piece)
        if style.is_named and dice.random() < 0.2:
            writers.one.ingest_turns(
                dice.sample(given, min(len(given), 5)) if style.is_ordered else piece
            )
    return fresh(turns)


def deleted_and_restored(writers: Writers, dice: random.Random, folder: Path) -> list[str]:
    """Delete some turns, bring some of them back."""
    style = dice.choice([s for s in STYLES if s.times != "some"])
    turns = dialogue(dice, style)
    if not style.is_named:  # of equal words at one time, the others keep their names
        turns = [replace(turn, text=f"{turn.text} ({i})") for i, turn in enumerate(turns)]
    for piece in pieces(dice, turns):
        writers.one.ingest_turns(piece)
    episodes = {(e.source_id, e.text): e.id for e in writers.episodes()}
    gone = dice.sample(turns, dice.randint(1, len(turns)))
    for piece in pieces(dice, gone):
        writers.one.delete(*(episodes[turn.source_id or "", turn.text] for turn in piece))
    back = [turn for turn in gone if dice.random() < 0.4] if style.is_ordered else []
    for piece in pieces(dice, back):
        writers.one.ingest_turns(piece, restore=True)
    kept = {id(turn) for turn in turns} - {id(turn) for turn in gone} | {id(turn) for turn in back}
    return fresh([turn for turn in turns if id(turn) in kept])


def growing_file(writers: Writers, dice: random.Random, folder: Path) -> list[str]:
    """Read a file again and again while it grows; delete some of it and take that again."""
    style = dice.choice([s for s in STYLES if s.positions == "none"])
    turns = dialogue(dice, style)
    file, length = folder / "talk.jsonl", 0
    while length < len(turns):
        length += dice.choice((1, dice.randint(1, 20), dice.randint(1, 200)))
        write(file, turns[:length], named_session=True)
        for _ in range(dice.choice((1, 1, 2))):
            writers.one.ingest(file)
    if style.times != "some" and dice.random() < 0.5:
        ids = sorted(e.id for e in writers.episodes())
        writers.one.delete(*dice.sample(ids, dice.randint(1, max(1, len(ids) // 3))))
        writers.one.ingest(file, restore=True)
    return fresh_file(file)


def changed_file(writers: Writers, dice: random.Random, folder: Path) -> list[str]:
    """Put turns in between and in front of those that a file had; they lack nothing but ids."""
    style = Style(dice.choice(("none", "uuid")), dice.choice(("none", "dates", "minutes")))
    turns = dialogue(dice, style)
    file, named = folder / "talk.jsonl", dice.random() < 0.5
    left_out = {i for i in range(len(turns)) if dice.random() < 0.2}
    for steps in range(3, -1, -1):
        some = [t for i, t in enumerate(turns) if i not in left_out or i % 4 >= steps]
        if len(some) > len(turns) // 2:
            write(file, some or turns[:1], named_session=named)
            writers.one.ingest(file)
    write(file, turns, named_session=named)
    writers.one.ingest(file)
    return fresh_file(file)


def files_that_go_on(writers: Writers, dice: random.Random, folder: Path) -> list[str]:
    """Ingest a dialogue in several files, each more than once; the whole is one file's."""
    style = Style(
        dice.choice(("none", "uuid", "counted")), dice.choice(("none", "dates", "minutes"))
    )
    turns = dialogue(dice, style)
    starts = [f"As for {place}, part {i}:" for i, place in enumerate(PLACES * 60)]
    parts = [
        [replace(piece[0], text=starts[i]), *piece[1:]]
        for i, piece in enumerate(pieces(dice, turns, least=3))
    ]
    read: list[Path] = []
    for i, part in enumerate(parts):
        read.append(folder / f"part{i}.jsonl")
        write(read[-1], part, named_session=True)
        writers.one.ingest(read[-1])
        if dice.random() < 0.3:
            writers.one.ingest(dice.choice(read))
    whole = folder / "whole.jsonl"
    write(whole, [turn for part in parts for turn in part], named_session=True)
    return fresh_file(whole)


def write(file: Path, turns: Sequence[Turn], *, named_session: bool) -> None:
    """Write turns as lines of JSON."""
    lines = []
    for turn in turns:
        line = {"text": turn.text, "speaker": turn.speaker, "id": turn.source_id}
        line |= {"session": turn.session} if named_session else {}
        line |= {"said_at": turn.said_at.isoformat()} if turn.said_at else {}
        lines.append(json.dumps({key: value for key, value in line.items() if value is not None}))
    file.write_text("\n".join(lines) + "\n", "utf-8")


def at_once(writers: Writers, dice: random.Random, folder: Path) -> list[str]:
    """Two threads add what they have of one session, delete some of it and bring some back."""
    style = Style("counted", dice.choice(("none", "dates", "standing", "minutes")))
    turns = dialogue(dice, style)
    shares: tuple[list[Turn], list[Turn]] = ([], [])
    for turn in turns:
        dice.choice(shares).append(turn)
    throws = [random.Random(dice.random()) for _ in shares]
    with ThreadPoolExecutor(2) as pool:
        kept = list(pool.map(_written, writers.both, throws, shares))
    return fresh([turn for turn in turns if turn.source_id in kept[0] | kept[1]])


def _written(memory: Memory, dice: random.Random, turns: Sequence[Turn]) -> set[str | None]:
    """Write one thread's share; return the ids of the turns that it leaves in the store."""
    kept: set[str | None] = set()
    for piece in pieces(dice, turns):
        _tried(lambda piece=piece: memory.ingest_turns(piece))
        kept |= {turn.source_id for turn in piece}
        if dice.random() < 0.3:
            gone = dice.sample(piece, dice.randint(1, len(piece)))
            names = {turn.source_id for turn in gone}
            _tried(lambda names=names: memory.delete(*_ids(memory, names)))
            back = dice.sample(gone, dice.randint(0, len(gone)))
            _tried(lambda back=back: memory.ingest_turns(back, restore=True))
            kept -= names - {turn.source_id for turn in back}
    return kept


def _ids(memory: Memory, names: set[str | None]) -> list[str]:
    return [e.id for e in memory.store.scan("episode", "ida") if e.source_id in names]


def _tried(act: Callable[[], object]) -> None:
    """Do it again for as long as the other writer is in the way."""
    for _ in range(100):
        with suppress(StoreBusyError):
            act()
            return
    raise AssertionError("the other writer was in the way a hundred times")


HISTORIES: tuple[Callable[[Writers, random.Random, Path], list[str]], ...] = (
    in_pieces,
    deleted_and_restored,
    growing_file,
    changed_file,
    files_that_go_on,
    at_once,
)


def ended(
    history: Callable[[Writers, random.Random, Path], list[str]],
    dice: random.Random,
    kind: str,
    folder: Path,
) -> tuple[list[str], list[str]]:
    """Run a history on a new store of a kind; return what is wanted and what there is."""
    with ExitStack() as stack:
        first, second = (
            stack.enter_context(Memory.open(store, scope="ida", clock=standing_clock))
            for store in stores_of(kind, folder)
        )
        wanted = history(Writers((first, second), dice), dice, folder)
        return wanted, content(first.store)


def difference(seed: int, kind: str) -> tuple[str, list[str]]:
    """Run one history on a store of a kind; return its name and the lines that differ."""
    dice = random.Random(seed)
    history = dice.choice(HISTORIES)
    with tempfile.TemporaryDirectory() as name:
        wanted, found = ended(history, dice, kind, Path(name))
    if found == wanted:
        return history.__name__, []
    here, there = set(found), set(wanted)
    return history.__name__, [f"- {line}" for line in sorted(there - here)] + [
        f"+ {line}" for line in sorted(here - there)
    ]
