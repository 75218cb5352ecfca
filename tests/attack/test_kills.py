"""`kill -9` at any moment of every command that writes: nothing lost, doubled or left behind.

GRAPHMEM_ATTACKS=80 python -m pytest tests/attack/test_kills.py   # kills of each command
"""

import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import pytest

from graphmem.errors import MissingRecordError
from graphmem.graph import dump
from graphmem.graph.sqlite.schema import APPLICATION_ID, MIGRATIONS
from graphmem.graph.transfer.backup import back_up
from graphmem.graph.transfer.examine import examine
from graphmem.graph.transfer.move import copy, export, import_
from graphmem.ingest import Turn
from graphmem.memory import Memory
from graphmem.registry import open_store
from graphmem.testing import standing_clock
from graphmem.types import DERIVED_KINDS
from tests.attack.amount import attacks
from tests.unit.graph.sqlite.older import made_by_version7

SECRET = "Quillfeather"
LATER = " Or so he said."
PEOPLE = ("Signe", "Tove", "Arne")


def _turns(begin: int, end: int) -> list[Turn]:
    return [
        Turn(
            collection="",
            session=f"tour {i // 25}",
            text=f"{PEOPLE[i % 3]} saw {SECRET + str(i) if i % 4 == 0 else 'a lynx'} near Rjukan.",
            source_id=f"T{i}",
            speaker=PEOPLE[i % 3],
            said_at=standing_clock().replace(hour=i // 60, minute=i % 60),
            where=f"tour:{i}",
        )
        for i in range(begin, end)
    ]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of 150 turns; a quarter of them hold the secret."""
    path = tmp_path_factory.mktemp("store") / "memory.db"
    with Memory.open(path, scope="signe", clock=standing_clock) as memory:
        memory.ingest_turns(_turns(0, 150))
    return path


def _secrets(memory: Memory) -> list[str]:
    return [e.id for e in memory.store.scan("episode", memory.scope.key) if SECRET in e.text]


def _ingest(folder: Path) -> None:
    with Memory.open(folder / "memory.db", scope="signe", clock=standing_clock) as memory:
        memory.ingest_turns(_turns(100, 260))


def _delete(folder: Path) -> None:
    with Memory.open(folder / "memory.db", scope="signe", clock=standing_clock) as memory:
        memory.delete(*_secrets(memory))


def _compact(folder: Path) -> None:
    with closing(open_store(folder / "memory.db")) as opened:
        opened.compact()


def _copy(folder: Path) -> None:
    with (
        closing(open_store(folder / "memory.db")) as source,
        closing(open_store(folder / "copy.db")) as target,
    ):
        copy(source, target)


def _export(folder: Path) -> None:
    with closing(open_store(folder / "memory.db")) as opened:
        export(opened, folder / "memory.jsonl")


def _import(folder: Path) -> None:
    if not (folder / "memory.jsonl").exists():
        _export(folder)
    with closing(open_store(folder / "imported.db")) as opened:
        import_(opened, folder / "memory.jsonl")


def _migrate(folder: Path) -> None:
    """Open a file that the first version wrote."""
    open_store(folder / "old.db").close()


def _write_as_first_version(seventh: Path, old: Path) -> None:
    """Write what a file of version 7 holds; up to there no column has changed its meaning."""
    with closing(sqlite3.connect(old, isolation_level=None)) as db:
        db.execute("ATTACH ? AS seventh", (str(seventh),))
        db.execute("BEGIN")
        for statement in MIGRATIONS[0]:
            db.execute(statement)
        db.execute("DELETE FROM meta")
        names = "SELECT name FROM main.sqlite_schema WHERE type = 'table'"
        for (table,) in db.execute(names).fetchall():
            rows = db.execute("SELECT name FROM pragma_table_info(?, 'main')", (table,))
            columns = ", ".join(f'"{name}"' for (name,) in rows)
            db.execute(
                f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM seventh.{table}"
            )
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("PRAGMA user_version = 1")
        db.execute("COMMIT")


def _backup(folder: Path) -> None:
    if not (folder / "backup.db").exists():
        with closing(open_store(folder / "memory.db")) as opened:
            back_up(opened, folder / "backup.db")


def _edit(folder: Path, name: str = "memory.db") -> None:
    """Update, pin, expire and merge; what is done already is left."""
    with Memory.open(folder / name, scope="signe", clock=standing_clock) as memory:
        found = memory.store.scan("note", memory.scope.key)
        notes = sorted((n for n in found if n.kind == "turn"), key=lambda note: note.id)
        told = [note for note in notes if not note.text.endswith(LATER)]
        for i, note in enumerate(told):
            if i % 6 == 0 and note.superseded_by is None:
                memory.update(note.id, text=note.text + LATER)
            if i % 6 == 1:
                memory.pin(note.id)
            if i % 6 == 2:
                memory.expire(note.id, at=standing_clock() + timedelta(days=9))
        memory.merge("Signe", "Tove")
        memory.alias("Art", "Arne")


def _evolve(folder: Path) -> None:
    """Link the notes, in batches so small that a kill is between two of them."""
    with Memory.open(folder / "memory.db", scope="signe", clock=standing_clock) as memory:
        memory.evolve(batch=16)


def _edited(folder: Path, edit: Callable[[Path], None]) -> Path:
    """Return a copy of the memory after an edit, made once and whole."""
    edited = folder / "edited.db"
    if not edited.exists():
        with TemporaryDirectory() as place:
            copyfile(folder / "memory.db", Path(place) / "memory.db")
            edit(Path(place))
            copyfile(Path(place) / "memory.db", folder / "edited.part")
        (folder / "edited.part").rename(edited)
    return edited


def _undo_evolution(folder: Path) -> None:
    """Take back an evolution: the whole run, or what a killed one has left of it."""
    with Memory.open(_edited(folder, _evolve), scope="signe", clock=standing_clock) as memory:
        for run in {change.run_id for change in memory.store.scan("change", memory.scope.key)}:
            memory.undo(run)


def _consolidate(folder: Path, name: str = "memory.db") -> None:
    """Write what the sessions have in common, and put away what names one of them."""
    with Memory.open(folder / name, scope="signe", clock=standing_clock) as memory:
        memory.consolidate()
        memory.forget(subject="Arne")


def _undo_consolidation(folder: Path) -> None:
    """Take back a consolidation and a sweep: whole runs, or what a killed one has left of them."""
    with Memory.open(_edited(folder, _consolidate), scope="signe", clock=standing_clock) as memory:
        scope = memory.scope.key
        derived = [n for n in memory.store.scan("note", scope) if n.kind in DERIVED_KINDS]
        changed = [change.run_id for change in memory.store.scan("change", scope)]
        for run in {*(note.run_id for note in derived), *changed}:
            memory.undo(run)


def _sweep(folder: Path) -> None:
    """Keep what was useful and shown, and sweep as far as that allows."""
    with Memory.open(folder / "memory.db", scope="signe", clock=standing_clock) as memory:
        for person in PEOPLE:
            asked = f"What did {person} see near Rjukan?"
            hits = memory.search(asked, k=9, archived=True)  # the same after the sweep
            memory.useful(asked, *sorted(hit.note.id for hit in hits))
        memory.keep_shown()
        memory.forget(keep=0.0, policy="exponential", reason="swept")


def _undo(folder: Path) -> None:
    """Take back all that was edited, run by run."""
    edited = folder / "edited.db"
    if not edited.exists():
        with TemporaryDirectory() as place:
            copyfile(folder / "memory.db", Path(place) / "memory.db")
            _edit(Path(place))
            copyfile(Path(place) / "memory.db", folder / "edited.part")
        (folder / "edited.part").rename(edited)
    with Memory.open(edited, scope="signe", clock=standing_clock) as memory:
        for change in list(memory.store.scan("change", memory.scope.key)):
            with suppress(MissingRecordError):  # its run was taken back with another change
                memory.undo(change.run_id)


ACTS: dict[str, Callable[[Path], None]] = {
    "ingest": _ingest,
    "delete": _delete,
    "compact": _compact,
    "copy": _copy,
    "export": _export,
    "import": _import,
    "backup": _backup,
    "edit": _edit,
    "undo": _undo,
    "evolve": _evolve,
    "undo-evolve": _undo_evolution,
    "consolidate": _consolidate,
    "undo-consolidate": _undo_consolidation,
    "sweep": _sweep,
    "migrate": _migrate,
}


def _killed(act: Callable[[Path], None], folder: Path, after_seconds: float) -> bool:
    """Act in a child process and kill it after a while; False if it was done before."""
    child = os.fork()
    if child == 0:
        try:
            act(folder)
        finally:
            os._exit(0)
    time.sleep(after_seconds)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _begun(folder: Path, store: Path, name: str) -> Path:
    """Return a new folder with what an act begins with."""
    folder.mkdir()
    copyfile(store, folder / "memory.db")
    if name == "migrate":
        seventh = made_by_version7(folder / "seventh.db", "talk")
        _write_as_first_version(seventh, folder / "old.db")
        seventh.unlink()
    return folder


def _contents(folder: Path) -> dict[str, object]:
    """Return what each file of a folder holds; a store that is not well fails here."""
    found: dict[str, object] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix == ".db":
            with closing(open_store(path)) as opened:
                assert examine(opened, full=True) == []
                found[path.name] = list(dump(opened))
    for path in sorted(folder.iterdir()):
        if path.suffix != ".db":
            found[path.name] = path.suffix
    return found


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked process")
@pytest.mark.parametrize("name", list(ACTS))
def test_a_killed_command_is_run_again_and_ends_as_if_never_killed(
    name: str, store: Path, tmp_path: Path
) -> None:
    act, dice = ACTS[name], random.Random(name)
    clean = _begun(tmp_path / "clean", store, name)
    began = time.perf_counter()
    act(clean)
    whole = time.perf_counter() - began
    wanted = _contents(clean)
    kills, number = 0, 0
    while kills < attacks(4):
        folder = _begun(tmp_path / str(number), store, name)
        number += 1
        while kills < attacks(4) and _killed(act, folder, dice.uniform(0, whole)):
            kills += 1
        act(folder)
        assert _contents(folder) == wanted
        if name.startswith("undo"):
            assert wanted["edited.db"] == wanted["memory.db"]
        if name == "delete":
            assert not [p for p in folder.iterdir() if SECRET.encode() in p.read_bytes()]
