"""Random acts of a person on a memory, against a fresh one that was given what is left of them.

Turns come and are deleted; notes are updated, corrected, replaced, expired and pinned; names are
merged, parted and given aliases; notes are said to be useful; subjects are forgotten, sessions
consolidated; each run is undone alone or with what depends on it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from graphmem.arrays import Matrix
from graphmem.changes import Change, Edit, Proposal, owner_of
from graphmem.contracts import GraphStore
from graphmem.errors import ConfigError, DependentChangesError, InputError, MissingRecordError
from graphmem.evolve import Probe, in_one_go, since
from graphmem.graph import dump
from graphmem.ingest import Turn
from graphmem.memory import Memory
from graphmem.registry import open_store
from graphmem.testing import standing_clock
from graphmem.testing.records import DIM, vectors
from graphmem.types import ATOMIC_KINDS, Note

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
NAMES = ("Mel", "Melanie", "Hedda", "Bergen", "Tromsø", "Nobody")
SAYINGS = (
    "Mel moved to Bergen in May.", "I met Melanie in Tromsø.", "Hedda has a sister, Mel.",
    "Bergen is wet. Hedda left it.", "Tromsø is where Hedda works.", "We had soup.",
    "Melanie said that Bergen is fine.", "My boat is in Bergen.", "My boat is in Tromsø.",
    "My boat is in Vardø.", "My oars are in Bergen.", "My oars are in Vardø.",
    "I never eat soup in Bergen.", "I eat soup in Bergen.", "I live in Bergen.", "We rowed.",
    "Soup again.", "I live in Tromsø.",
)  # fmt: skip
FACTS = frozenset({7, 8, 9})
"""Places of the sayings that an application marks as facts."""
QUESTIONS = ("Where is my boat?", "Who eats soup?", "Where does Hedda work?")
NEW_SAYINGS = ("Mel lives in Tromsø now.", "Hedda is in Bergen again.", "No soup any more.")
TURNS = [
    Turn(
        collection="",
        session=f"talk {i % 2}",
        text=text,
        source_id=f"T{i}",
        speaker=("Astrid", "Odd")[i % 3 == 0],
        said_at=NOON + timedelta(days=i),
        metadata={"kind": "fact"} if i in FACTS else {},
        where=f"editing:{i}",
    )
    for i, text in enumerate(SAYINGS)
]


class Hashed:
    """An encoder whose vectors depend on the text alone."""

    name, dim, keeps_vectors = "hashed@1", DIM, True

    def encode(self, texts: list[str]) -> Matrix:
        """Return a unit row for each text."""
        return vectors("", 0).reshape(0, DIM) if not texts else _stacked(texts)


def _stacked(texts: list[str]) -> Matrix:
    import numpy as np

    return np.concatenate([vectors(text, 1) for text in texts])


@dataclass
class Act:
    """One act that is still in force: a turn that was written, a word that was said, or both."""

    run: str
    turn: Turn | None = None
    note: str = ""
    """The note of the turn."""
    word: Callable[[Memory], Edit] | None = None
    notes: set[str] = field(default_factory=set)
    """Those that the word is about."""
    names: tuple[str, ...] = ()
    """Those that some note must use, or the word has no meaning."""
    is_evolution: bool = False


class EditingMachine(RuleBasedStateMachine):
    """Runs on stores in memory; a subclass says how to make others."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.opened = 0
        self.memory = self.open()
        self.other = Memory(self.memory.store, replace(self.memory.scope, user="other"),
                            encoder=Hashed(), extractor=self.memory._extractor,
                            clock=standing_clock)  # fmt: skip
        self.other.ingest_turns(TURNS[:2])
        self.others = self.lines(self.memory, "other")
        self.acts: list[Act] = []

    def new_store(self, folder: Path, number: int) -> GraphStore:
        """Return the `number`th new store; the first one is tested."""
        return open_store("ram:", clock=standing_clock)

    def open(self) -> Memory:
        """Return a memory in another new store."""
        self.opened += 1
        store = self.new_store(Path(self.folder.name), self.opened - 1)
        return Memory.open(store, scope="ana", encoder=Hashed(), clock=standing_clock)

    def lines(self, memory: Memory, scope: str) -> list[str]:
        """Return the dump of a scope without its tombstones."""
        said = [line for line in dump(memory.store) if f'"scope":"{scope}"' in line]
        return [line for line in said if '"kind":"tombstone"' not in line]

    def evolved_lines(self, memory: Memory) -> list[str]:
        """Return the dump as it would be after one more evolution; nothing is written."""

        def work() -> list[str]:
            memory.evolve()
            return self.lines(memory, "ana")

        return in_one_go(memory.store, work, dry_run=True)

    def notes(self) -> list[Note]:
        """Return the turns that are stored, whatever became of them."""
        found = self.memory.store.scan("note", self.memory.scope.key)
        return [note for note in found if note.kind in ATOMIC_KINDS]

    def chosen(self, data: st.DataObject, label: str) -> Note:
        """Draw one of the stored notes."""
        return data.draw(st.sampled_from(sorted(self.notes(), key=lambda n: n.id)), label=label)

    @rule(place=st.integers(0, len(TURNS) - 1))
    def ingest(self, place: int) -> None:
        """Write one turn, if it is not there."""
        if any(act.turn is TURNS[place] for act in self.acts):
            return
        receipt = self.memory.ingest_turns([TURNS[place]], restore=True)
        note = next(n for n in self.notes() if n.text == SAYINGS[place])
        self.acts.append(Act(receipt.run_id, TURNS[place], note.id))

    @precondition(lambda self: self.notes())
    @rule(data=st.data(), text=st.sampled_from(NEW_SAYINGS), is_update=st.booleans())
    def rewrite(self, data: st.DataObject, text: str, is_update: bool) -> None:
        """Update or correct one note."""
        old = self.chosen(data, "old")
        before = self.lines(self.memory, "ana")
        verb = self.memory.update if is_update else self.memory.correct
        try:
            assert verb(old.id, text=text, dry_run=True).is_dry_run
            assert self.lines(self.memory, "ana") == before, "a dry run writes nothing"
            edit = verb(old.id, text=text)
        except InputError:
            assert old.superseded_by or old.text == text
            assert self.lines(self.memory, "ana") == before
            return
        (new,) = edit.added
        (episode,) = self.memory.get(*new.origins)
        (session,) = self.memory.get(new.session_id)
        turn = Turn(
            collection="", session=session.name, text=text, source_id=episode.source_id,
            speaker=new.speaker, said_at=new.said_at, metadata=episode.metadata, where="",
        )  # fmt: skip
        until = None if is_update else since(old)
        word = _replacing(old.id, new.id, until, "updated" if is_update else "corrected")
        self.acts.append(Act(edit.run_id, turn, new.id, word, {old.id, new.id}))

    @precondition(lambda self: len(self.notes()) > 1)
    @rule(data=st.data())
    def replace(self, data: st.DataObject) -> None:
        """Let one stored note take another's place."""
        old, new = self.chosen(data, "old"), self.chosen(data, "new")
        self.say(_replacing(old.id, new.id, None, "replaced"), {old.id, new.id})

    @precondition(lambda self: self.notes())
    @rule(data=st.data(), days=st.integers(-2, 9))
    def expire(self, data: st.DataObject, days: int) -> None:
        """End one note at some day."""
        note, at = self.chosen(data, "note"), NOON + timedelta(days=days)
        self.say(lambda memory: memory.expire(note.id, at=at), {note.id})

    @precondition(lambda self: self.notes())
    @rule(data=st.data(), off=st.booleans())
    def pin(self, data: st.DataObject, off: bool) -> None:
        """Pin one note, or let it go."""
        note = self.chosen(data, "note")
        self.say(lambda memory: memory.pin(note.id, off=off), {note.id})

    @precondition(lambda self: self.notes())
    @rule(data=st.data(), question=st.sampled_from(QUESTIONS), off=st.booleans())
    def useful(self, data: st.DataObject, question: str, off: bool) -> None:
        """Say that one note answered a question, or need not any more."""
        note = self.chosen(data, "note")
        self.say(lambda memory: memory.useful(question, note.id, off=off), {note.id})
        if off or note.superseded_by is None:
            assert (Probe(question, note.id) in self.memory.probes()) != off

    @rule(name=st.sampled_from(NAMES), other=st.sampled_from(NAMES))
    def merge(self, name: str, other: str) -> None:
        """Say that two names are one thing's."""
        self.say(lambda memory: memory.merge(name, other), set(), (name, other))

    @rule(name=st.sampled_from(NAMES))
    def unmerge(self, name: str) -> None:
        """Say that a name is a thing of its own."""
        self.say(lambda memory: memory.unmerge(name), set(), (name,))

    @rule(name=st.sampled_from((*NAMES, "Mellie")), other=st.sampled_from(NAMES))
    def alias(self, name: str, other: str) -> None:
        """Give a named thing another name."""
        self.say(lambda memory: memory.alias(name, other), set(), (other,))

    @rule()
    def evolve(self) -> None:
        """Look at the new notes; a second time there is nothing to change."""
        edit = self.memory.evolve()
        if edit.changes:
            self.acts.append(Act(edit.run_id, word=Memory.evolve, is_evolution=True))
        again = self.memory.evolve()
        assert again.changes == ()
        self.has_no_circle()

    @precondition(lambda self: self.memory.doubts())
    @rule(data=st.data(), verb=st.sampled_from(("accept", "reject", "keep_both")))
    def review(self, data: st.DataObject, verb: str) -> None:
        """Say of one doubt whether it is right."""
        doubt = data.draw(st.sampled_from(self.memory.doubts()), label="doubt")
        pair = {doubt.old.id, doubt.new.id}
        self.say(_saying_of_a_doubt(doubt.kind, pair, verb), pair)

    @rule(subject=st.sampled_from((*NAMES, "Astrid")))
    def forget(self, subject: str) -> None:
        """Put out of search what a subject said, or what names it, and nothing a second time."""
        before = self.lines(self.memory, "ana")
        try:
            assert self.memory.forget(subject=subject, dry_run=True).is_dry_run
        except ConfigError:
            return
        assert self.lines(self.memory, "ana") == before, "a dry run writes nothing"
        edit = self.memory.forget(subject=subject)
        assert self.memory.forget(subject=subject).changes == ()
        for change in edit.changes:
            note = owner_of(change.target)
            self.acts.append(Act(edit.run_id, word=_again(change), notes={note}))

    @rule()
    def consolidate(self) -> None:
        """Write what sessions say together, nothing a second time, and take it back."""
        before = self.lines(self.memory, "ana")
        edit = self.memory.consolidate()
        again = self.memory.consolidate()
        assert (again.added, again.changes) == ((), ())
        for note in edit.added:
            assert set(note.origins) <= {origin for n in self.notes() for origin in n.origins}
        if edit.added or edit.changes:
            self.memory.undo(edit.run_id)
        assert self.lines(self.memory, "ana") == before

    def has_no_circle(self) -> None:
        """Follow what superseded each note; nothing comes back to itself, and all have origins."""
        notes = {note.id: note for note in self.memory.store.scan("note", self.memory.scope.key)}
        for note in notes.values():
            assert note.origins
            met = {note.id}
            while (note := notes.get(note.superseded_by)) is not None:
                assert note.id not in met
                met.add(note.id)

    def say(
        self, word: Callable[[Memory], Edit], notes: set[str], names: tuple[str, ...] = ()
    ) -> None:
        """Say a word, and keep it if it was one that can be."""
        before = self.lines(self.memory, "ana")
        try:
            edit = word(self.memory)
        except (InputError, MissingRecordError):
            assert self.lines(self.memory, "ana") == before
            return
        if edit.changes:
            self.acts.append(Act(edit.run_id, word=word, notes=notes, names=names))

    @precondition(lambda self: any(act.word for act in self.acts))
    @rule(data=st.data(), cascade=st.booleans())
    def undo(self, data: st.DataObject, cascade: bool) -> None:
        """Take one run back, with or without what depends on it."""
        place = data.draw(
            st.sampled_from([i for i, act in enumerate(self.acts) if act.word]), label="undone"
        )
        run, before = self.acts[place].run, self.lines(self.memory, "ana")
        try:
            edit = self.memory.undo(run, cascade=cascade)
        except MissingRecordError:  # all that an evolution changed has been deleted since
            assert self.acts[place].is_evolution
            del self.acts[place]
            return
        except DependentChangesError:
            assert not cascade
            assert self.lines(self.memory, "ana") == before
            return
        runs = {change.run_id for change in edit.changes}
        assert run in runs
        evolved = {act.run for act in self.acts if act.is_evolution}
        assert cascade or runs - evolved <= {run}
        whole = {one for one in runs if one not in evolved or not self.memory_holds(one)}
        undone = [act for act in self.acts if act.word and act.run in whole | {run}]
        assert {n.id for n in edit.erased} == {act.note for act in undone if act.turn}
        self.acts = [act for act in self.acts if act not in undone]

    def memory_holds(self, run: str) -> bool:
        """Tell whether changes of a run are in the journal."""
        found = self.memory.store.scan("change", self.memory.scope.key)
        return any(change.run_id == run for change in found)

    @rule(data=st.data())
    def undo_all(self, data: st.DataObject) -> None:
        """Take back every word, the last first; the turns are left."""
        if not data.draw(st.booleans(), label="all"):
            return
        for act in reversed([act for act in self.acts if act.word]):
            if self.memory_holds(act.run):
                self.memory.undo(act.run)
        self.acts = [act for act in self.acts if act.word is None]

    @precondition(lambda self: self.notes())
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        """Erase one turn, and forget the words that were about it."""
        note = self.chosen(data, "deleted")
        self.memory.delete(note.id)
        for act in self.acts:
            if act.note == note.id:
                act.turn = None
            if note.id in act.notes:
                act.word = None
        self.acts = [act for act in self.acts if act.turn or act.word]
        named = self.fresh(words=False)
        for act in self.acts:
            if any(_is_lost(named, name) for name in act.names):
                act.word = None
        named.close()
        self.acts = [act for act in self.acts if act.turn or act.word]

    def fresh(self, *, words: bool) -> Memory:
        """Return a new memory with the turns that are left, and the words if they are wanted."""
        made, left = self.open(), list[Act]()
        for act in self.acts:
            if act.turn:
                made.ingest_turns([act.turn])
            if act.word and words:
                left.append(act)
            left = [act for act in left if not _is_said(made, act)]
        assert not left
        return made

    @invariant()
    def is_what_is_left_of_all_acts(self) -> None:
        """Compare with a fresh memory; what another scope holds is as it was."""
        fresh = self.fresh(words=True)
        if any(act.is_evolution for act in self.acts):
            assert self.evolved_lines(self.memory) == self.evolved_lines(fresh)
        else:
            assert self.lines(self.memory, "ana") == self.lines(fresh, "ana")
        fresh.close()
        assert self.lines(self.memory, "other") == self.others

    def teardown(self) -> None:
        """Close the memory and clear the folder."""
        self.memory.close()
        self.folder.cleanup()


def _is_said(memory: Memory, act: Act) -> bool:
    """Say a word, unless a name in it was first given by a turn that is gone, and later again."""
    if act.word is None or any(_is_lost(memory, name) for name in act.names):
        return False
    act.word(memory)
    return True


def _again(change: Change) -> Callable[[Memory], Edit]:
    """Return what makes one change of a run that made several."""
    made = Proposal(target=change.target, after=change.after, reason=change.reason,
                    author=change.author)  # fmt: skip
    return lambda memory: memory._applied([made])


def _replacing(old: str, new: str, at: datetime | None, reason: str) -> Callable[[Memory], Edit]:
    return lambda memory: memory.replace(old, new, at=at, reason=reason)


def _saying_of_a_doubt(kind: str, pair: set[str], verb: str) -> Callable[[Memory], Edit]:
    def say(memory: Memory) -> Edit:
        ids = (d.id for d in memory.doubts() if d.kind == kind and {d.old.id, d.new.id} == pair)
        edit: Edit = getattr(memory, verb)(next(ids))
        return edit

    return say


def _is_lost(memory: Memory, name: str) -> bool:
    try:
        memory._entity(name)
    except MissingRecordError:
        return True
    return False
