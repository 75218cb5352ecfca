"""Random histories of one session, each with the store that one fresh build would give.

A dialogue of 1 to 300 turns: long runs of one speaker, gaps, equal words, with or without ids, with
times, dates or neither, with places that are negative or equal. It comes in pieces of any size, in
files that grow or go on, and is deleted and restored in part.
"""

import json
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from graphmem.graph import dump
from graphmem.ingest import Turn
from graphmem.memory import Memory
from graphmem.testing import standing_clock

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


def content(memory: Memory) -> list[str]:
    """Return the dump without tombstones, of which a fresh build has none."""
    return [line for line in dump(memory.store) if not line.startswith('{"kind":"tombstone"')]


def fresh(turns: Sequence[Turn]) -> list[str]:
    """Return what one call gives a new store."""
    with Memory.open("ram:", scope="ida", clock=standing_clock) as memory:
        memory.ingest_turns(turns)
        return content(memory)


def fresh_file(path: Path) -> list[str]:
    """Return what a file gives a new store."""
    with Memory.open("ram:", scope="ida", clock=standing_clock) as memory:
        memory.ingest(path)
        return content(memory)


def in_pieces(memory: Memory, dice: random.Random, folder: Path) -> list[str]:
    """One call or many, in any order where the turns say it."""
    style = dice.choice(STYLES)
    turns = dialogue(dice, style)
    given = dice.sample(turns, len(turns)) if style.is_ordered else turns
    for piece in pieces(dice, given):
        memory.ingest_turns(piece)
        if style.is_named and dice.random() < 0.2:
            memory.ingest_turns(
                dice.sample(given, min(len(given), 5)) if style.is_ordered else piece
            )
    return fresh(turns)


def deleted_and_restored(memory: Memory, dice: random.Random, folder: Path) -> list[str]:
    """Delete some turns, bring some of them back."""
    style = dice.choice([s for s in STYLES if s.times != "some"])
    turns = dialogue(dice, style)
    if not style.is_named:  # of equal words at one time, the others keep their names
        turns = [replace(turn, text=f"{turn.text} ({i})") for i, turn in enumerate(turns)]
    for piece in pieces(dice, turns):
        memory.ingest_turns(piece)
    episodes = {(e.source_id, e.text): e.id for e in memory.store.scan("episode", "ida")}
    gone = dice.sample(turns, dice.randint(1, len(turns)))
    for piece in pieces(dice, gone):
        memory.delete(*(episodes[turn.source_id or "", turn.text] for turn in piece))
    back = [turn for turn in gone if dice.random() < 0.4] if style.is_ordered else []
    for piece in pieces(dice, back):
        memory.ingest_turns(piece, restore=True)
    kept = {id(turn) for turn in turns} - {id(turn) for turn in gone} | {id(turn) for turn in back}
    return fresh([turn for turn in turns if id(turn) in kept])


def growing_file(memory: Memory, dice: random.Random, folder: Path) -> list[str]:
    """Read a file again and again while it grows; delete some of it and take that again."""
    style = dice.choice([s for s in STYLES if s.positions == "none"])
    turns = dialogue(dice, style)
    file, length = folder / "talk.jsonl", 0
    while length < len(turns):
        length += dice.choice((1, dice.randint(1, 20), dice.randint(1, 200)))
        write(file, turns[:length], named_session=True)
        for _ in range(dice.choice((1, 1, 2))):
            memory.ingest(file)
    if style.times != "some" and dice.random() < 0.5:
        ids = sorted(e.id for e in memory.store.scan("episode", "ida"))
        memory.delete(*dice.sample(ids, dice.randint(1, max(1, len(ids) // 3))))
        memory.ingest(file, restore=True)
    return fresh_file(file)


def changed_file(memory: Memory, dice: random.Random, folder: Path) -> list[str]:
    """Put turns in between and in front of those that a file had; they lack nothing but ids."""
    style = Style(dice.choice(("none", "uuid")), dice.choice(("none", "dates", "minutes")))
    turns = dialogue(dice, style)
    file, named = folder / "talk.jsonl", dice.random() < 0.5
    left_out = {i for i in range(len(turns)) if dice.random() < 0.2}
    for steps in range(3, -1, -1):
        some = [t for i, t in enumerate(turns) if i not in left_out or i % 4 >= steps]
        if len(some) > len(turns) // 2:
            write(file, some or turns[:1], named_session=named)
            memory.ingest(file)
    write(file, turns, named_session=named)
    memory.ingest(file)
    return fresh_file(file)


def files_that_go_on(memory: Memory, dice: random.Random, folder: Path) -> list[str]:
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
        memory.ingest(read[-1])
        if dice.random() < 0.3:
            memory.ingest(dice.choice(read))
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


HISTORIES: tuple[Callable[[Memory, random.Random, Path], list[str]], ...] = (
    in_pieces,
    deleted_and_restored,
    growing_file,
    changed_file,
    files_that_go_on,
)


def difference(seed: int, store: str) -> tuple[str, list[str]]:
    """Run one history on a store of a kind; return its name and the lines that differ."""
    dice = random.Random(seed)
    history = dice.choice(HISTORIES)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = "ram:" if store == "ram" else str(folder / "memory.db")
        with Memory.open(url, scope="ida", clock=standing_clock) as memory:
            expected = history(memory, dice, folder)
            found = content(memory)
    if found == expected:
        return history.__name__, []
    here, there = set(found), set(expected)
    return history.__name__, [f"- {line}" for line in sorted(there - here)] + [
        f"+ {line}" for line in sorted(here - there)
    ]
