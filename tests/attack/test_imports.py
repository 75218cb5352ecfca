"""Exports that somebody changed, their checksums made right again: no traceback, no dead store.

GRAPHMEM_ATTACKS=8000 python -m pytest tests/attack/test_imports.py
"""

import json
import random
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest

from graphmem.changes import Change, NoteField
from graphmem.errors import GraphmemError
from graphmem.graph import dump
from graphmem.graph.transfer.move import export, import_
from graphmem.memory import Memory
from graphmem.registry import open_store
from graphmem.testing import standing_clock
from graphmem.types import ChangeId
from tests.attack.amount import attacks

ODD: Sequence[Any] = (
    None, True, 0, -7, 3.5, 2**31, 2**53 + 1, 2**63, 2**90, 1e308, float("nan"), float("-inf"),
    "", " ", "q", "\0", "\ud834", "\x1b[2J", "q" * 4_000, "2023-11-31", "2023-11-30T08:00:00",
    "2023-11-30T08:00:00+05:30", "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59.999999+00:00",
    [], {}, [0], [[]], [[2, 1]], [[0, 10**9]], [[-1, 4]], [["x", "y"]], [None], {"q": {"q": []}},
    "turn", "session", "segment", "phrase", "rules@1", "../../etc", "ines", "AAAA", "????",
)  # fmt: skip
"""What takes the place of a value; some of it fits some fields."""

SAID = (
    "We rented a flat in Gdansk until March. It faced the shipyard.",
    "My cousin Oskar mends violins in Cremona.",
    "Oskar met Ines on 4 June 2023. They went to Trieste.",
    "On Friday I sold the piano.",
)


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The lines of an export that holds a record of every kind."""
    folder = tmp_path_factory.mktemp("source")
    with Memory.open(folder / "source.db", scope="ines", clock=standing_clock) as memory:
        for i, text in enumerate(SAID):
            memory.add(text, speaker="Ines", said_at=f"2023-06-{i + 5:02d}", session="letters")
        turns = [n for n in memory.store.scan("note", memory.scope.key) if n.kind == "turn"]
        memory.store.apply([_tagged(turns[0])])
        memory.delete(turns[-1].id)
        export(memory.store, folder / "export.jsonl")
    return [json.loads(line) for line in (folder / "export.jsonl").read_text("utf-8").splitlines()]


def _tagged(note: Any) -> Change:
    return Change(
        id=ChangeId("c1"),
        scope=note.scope,
        target=NoteField(note.id, "tags"),
        before=note.tags,
        after=("home",),
        reason="asked",
        author="user",
        at=standing_clock(),
    )


def _places(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every value inside a value."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in pairs:
        yield (*above, key)
        if isinstance(inner, dict | list):
            yield from _places(inner, (*above, key))


def _changed(lines: list[dict[str, Any]], dice: random.Random) -> list[dict[str, Any]]:
    """Return the lines with one to three values of one line replaced, taken out or doubled."""
    made: list[dict[str, Any]] = json.loads(json.dumps(lines))
    line = made[dice.randrange(len(made) - 2)]
    for _ in range(dice.choice((1, 1, 2, 3))):
        *way, last = dice.choice(list(_places(line)))
        with suppress(KeyError, IndexError, TypeError):
            home: Any = line
            for key in way:
                home = home[key]
            if dice.random() < 0.1:
                home.pop(last)
            elif isinstance(home, list) and dice.random() < 0.2:
                home.append(home[last])
            else:
                home[last] = json.loads(json.dumps(dice.choice(ODD)))
    if dice.random() < 0.1:
        made.insert(dice.randrange(1, len(made) - 1), dice.choice(made[1:-2]))
    return made


def _write(path: Path, lines: list[dict[str, Any]]) -> None:
    """Write lines as an export, every checksum right."""
    state, written = blake2b(digest_size=16), []
    for line in lines:
        whole = line
        if line.get("kind") in ("checksum", "end"):
            whole = {"kind": line["kind"], "lines": len(written), "blake2b": state.hexdigest()}
        raw = json.dumps(whole, sort_keys=True).encode() + b"\n"
        state.update(raw)
        written.append(raw)
    path.write_bytes(b"".join(written))


def _use(path: Path) -> None:
    """Do what a user does with a store that was imported."""
    with suppress(GraphmemError), Memory.open(path, scope="ines", clock=standing_clock) as memory:
        acts = (
            lambda: memory.search("Where does Oskar mend violins?"),
            lambda: list(dump(memory.store)),
            lambda: [memory.store.stats(scope) for scope in memory.store.scopes()],
            lambda: memory.add("Of Trieste again.", said_at="2023-07-01", session="letters"),
            lambda: memory.search("Trieste", as_of="2023-07-02", k=50),
            memory.delete_all,
        )
        for act in acts:
            with suppress(GraphmemError):
                act()


def _import(path: Path, file: Path) -> bool:
    """Import a file, and tell whether it was taken; if not, nothing says whose vectors it had."""
    with closing(open_store(path)) as store:
        try:
            import_(store, file)
        except GraphmemError as refusal:
            said = str(refusal)
        else:
            return True
        assert "\n" not in said
        assert store.encoder() is None or store.scopes()
    return False


def test_no_changed_export_ends_in_a_traceback_nor_leaves_a_store_that_does(
    lines: list[dict[str, Any]], tmp_path: Path
) -> None:
    file, taken = tmp_path / "changed.jsonl", 0
    for seed in range(attacks(25)):
        _write(file, _changed(lines, random.Random(seed)))
        path = tmp_path / f"{seed}.db"
        taken += _import(path, file)
        _use(path)
        for part in tmp_path.glob(f"{seed}.db*"):
            part.unlink()
    assert taken > 0


def test_the_export_that_nobody_changed_is_taken(
    lines: list[dict[str, Any]], tmp_path: Path
) -> None:
    _write(tmp_path / "same.jsonl", lines)
    store = open_store(tmp_path / "memory.db")
    moved = import_(store, tmp_path / "same.jsonl")
    assert moved.records["change"] == moved.records["tombstone"] == 1
    store.close()
