"""What was useful stays within reach, whatever rules propose; said, undone, erased as all else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest

from graphmem import Memory, MissingRecordError
from graphmem.changes import NoteField, Proposal
from graphmem.errors import ConfigError, InputError
from graphmem.evolve import Probe
from graphmem.evolve.said import Said
from graphmem.graph import dump
from graphmem.graph.transfer.move import copy
from graphmem.testing import standing_clock
from graphmem.types import NoteId

SAID = (
    ("Ida", "Haha, yes!"),
    ("Ole", "I carved a walnut flute for the wedding."),
    ("Ole", "Good night then!"),
    ("Tove", "Thanks, it was lovely!"),
    ("Ida", "My kayak is in the boathouse."),
    *(("Ole", f"What a day on pier {place}!") for place in ("one", "two", "three", "four", "five")),
)


@pytest.fixture(params=["ram:", "file"])
def memory(request, tmp_path) -> Iterator[Memory]:
    place = "ram:" if request.param == "ram:" else tmp_path / "memory.db"
    with Memory.open(place, scope="ida", clock=standing_clock) as made:
        for number, (speaker, text) in enumerate(SAID):
            made.add(text, speaker=speaker, said_at=f"2024-01-{number + 1:02}", id=f"t{number}")
        yield made


def note_id(memory: Memory, id_: str) -> NoteId:
    return memory.history(id_).note.id


def test_what_answered_is_kept_listed_and_let_go_of(memory: Memory) -> None:
    before = list(dump(memory.store))
    edit = memory.useful("What did Ole carve?", "t1", "t4")
    ids = sorted([note_id(memory, "t1"), note_id(memory, "t4")])
    assert memory.probes() == [Probe("What did Ole carve?", id_) for id_ in ids]
    assert memory.useful("What did Ole carve?", "t1").changes == ()
    gone = memory.useful("What did Ole carve?", "t4", off=True)
    assert memory.probes() == [Probe("What did Ole carve?", note_id(memory, "t1"))]
    memory.undo(gone.run_id)
    memory.undo(edit.run_id)
    assert list(dump(memory.store)) == before


def test_a_dry_run_keeps_nothing(memory: Memory) -> None:
    before = list(dump(memory.store))
    assert memory.useful("What did Ole carve?", "t1", dry_run=True).is_dry_run
    assert list(dump(memory.store)) == before


@pytest.mark.parametrize("question", ["", "  ", 7, "a\ud800b"])
def test_a_question_that_asks_nothing_is_refused(memory: Memory, question: str) -> None:
    before = list(dump(memory.store))
    with pytest.raises((InputError, ConfigError)):
        memory.useful(question, "t1")
    assert list(dump(memory.store)) == before


def test_no_note_an_unknown_one_and_one_that_was_superseded_are_refused(memory: Memory) -> None:
    with pytest.raises(InputError, match="which notes"):
        memory.useful("What did Ole carve?")
    with pytest.raises(MissingRecordError):
        memory.useful("What did Ole carve?", "t1", "t99")
    old = note_id(memory, "t1")
    memory.update(old, text="I carved a walnut bowl.")
    with pytest.raises(InputError, match="superseded"):
        memory.useful("What did Ole carve?", old)
    assert memory.probes() == []


def test_search_is_the_same_with_and_without_what_is_kept(memory: Memory) -> None:
    asked = ("What did Ole carve?", "Where is the kayak?")
    before = [[(h.note.id, h.score, h.why) for h in memory.search(one)] for one in asked]
    memory.useful(asked[0], "t1")
    memory.useful(asked[1], "t4")
    after = [[(h.note.id, h.score, h.why) for h in memory.search(one)] for one in asked]
    assert after == before


def test_a_sweep_leaves_what_was_useful_and_says_so_in_a_dry_run_too(memory: Memory) -> None:
    swept = {c.target.note for c in memory.forget(keep=0.0, dry_run=True).changes}
    assert note_id(memory, "t3") in swept
    memory.useful("How did Tove like it? Lovely?", "t3")
    for dry_run in (True, False):
        edit = memory.forget(keep=0.0, dry_run=dry_run)
        assert {c.target.note for c in edit.changes} == swept - {note_id(memory, "t3")}
        (left,) = edit.dropped
        assert left.change.target == NoteField(note_id(memory, "t3"), "archived")
        assert (left.question, left.note) == (
            "How did Tove like it? Lovely?",
            note_id(memory, "t3"),
        )
    assert memory.search("How did Tove like it? Lovely?", k=1)[0].note.text == SAID[3][1]


def test_a_persons_word_is_not_held_back(memory: Memory) -> None:
    memory.useful("How did Tove like it? Lovely?", "t3")
    edit = memory.forget(subject="Tove")
    assert edit.dropped == ()
    assert note_id(memory, "t3") in {c.target.note for c in edit.changes}


@dataclass
class Superseding:
    """A proposer that lets some note supersede another, and does so again when it is asked."""

    pairs: Sequence[tuple[NoteId, NoteId]]
    name: str = "model:odd@1"

    def propose(self, arrival: Said, near: object) -> list[Proposal]:
        made: list[Proposal] = []
        for old, new in self.pairs:
            if arrival.note == new:
                until = arrival.at
                for field, after in (("superseded_by", new), ("valid_until", until)):
                    follows = () if field == "superseded_by" else (len(made) - 1,)
                    made.append(Proposal(target=NoteField(old, field), after=after, reason="odd",
                                         author=self.name, follows=follows))  # fmt: skip
        return made


def test_an_evolution_leaves_out_what_would_lose_something_useful_and_keeps_the_rest(
    memory: Memory,
) -> None:
    old, other, new = (note_id(memory, id_) for id_ in ("t1", "t2", "t4"))
    proposer = Superseding([(old, new), (other, new)])
    word = memory.useful("What did Ole carve?", "t1")
    before = list(dump(memory.store))
    tried = memory.evolve(proposer=proposer, dry_run=True)
    assert list(dump(memory.store)) == before
    edit = memory.evolve(proposer=proposer)
    for made in (tried, edit):
        assert [d.change.target for d in made.dropped] == [
            NoteField(old, "superseded_by"),
            NoteField(old, "valid_until"),
        ]
    assert memory.history(other).note.superseded_by == new
    assert memory.search("What did Ole carve?", k=1)[0].note.id == old
    assert memory.evolve(proposer=proposer).changes == ()
    memory.undo(word.run_id)
    assert memory.evolve(proposer=proposer).dropped == ()
    assert memory.history(old).note.superseded_by == new


def test_undoing_an_evolution_that_left_something_out_restores_every_byte(memory: Memory) -> None:
    memory.useful("What did Ole carve?", "t1")
    before = list(dump(memory.store))
    pairs = [(note_id(memory, old), note_id(memory, "t4")) for old in ("t0", "t1", "t2")]
    edit = memory.evolve(proposer=Superseding(pairs))
    assert len(edit.dropped) == 2
    memory.undo(edit.run_id)
    assert list(dump(memory.store)) == before


def test_a_fact_gives_way_to_a_newer_one_that_answers_as_well() -> None:
    with Memory.open("ram:", scope="ida", clock=standing_clock) as memory:
        memory.add("My berth is B4.", speaker="Ida", said_at="2024-05-01", kind="fact", id="old")
        memory.useful("Which is my berth?", "old")
        memory.add("My berth is C9.", speaker="Ida", said_at="2024-06-01", kind="fact", id="new")
        edit = memory.evolve()
        assert edit.dropped == ()
        assert memory.history("old").note.superseded_by == memory.history("new").note.id


def test_no_proposer_says_what_was_useful_or_shown(memory: Memory) -> None:
    class Claiming:
        name = "model:claims@1"

        def propose(self, arrival: Said, near: object) -> list[Proposal]:
            fields = {"probes": ("Mine?",), "shown": True}
            return [Proposal(target=NoteField(arrival.note, field), after=after, reason="r",
                             author=self.name) for field, after in fields.items()]  # fmt: skip

    edit = memory.evolve(proposer=Claiming())
    assert {r.why.rpartition(" ")[2] for r in edit.rejected} == {"probes", "shown"}
    assert len(edit.rejected) == 2 * len(SAID)
    assert memory.probes() == []


def test_what_was_useful_goes_with_its_note_and_with_a_subject_that_it_names(
    memory: Memory,
) -> None:
    memory.useful("What did Ole carve?", "t1")
    memory.useful("Where does Tove keep the kayak?", "t4")
    memory.delete("t1")
    assert [probe.question for probe in memory.probes()] == ["Where does Tove keep the kayak?"]
    assert memory.purge("Tove").is_complete
    assert memory.probes() == []
    assert memory.search("kayak", k=1)[0].note.text == SAID[4][1]
    for path in memory.store.files():
        assert b"Tove keep" not in path.read_bytes()


def test_a_subject_that_only_questions_name_is_purged_of_them(memory: Memory) -> None:
    before = list(dump(memory.store))
    memory.useful("What would Halvard row?", "t4")
    made = memory.purge("Halvard")
    assert made.is_complete, made.left
    assert list(dump(memory.store)) == before


def test_consolidation_changes_nothing_that_a_search_finds(memory: Memory) -> None:
    memory.useful("Where is the kayak?", "t4")
    before = [(h.note.id, h.score) for h in memory.search("Where is the kayak?", k=10)]
    assert memory.consolidate().dropped == ()
    assert [(h.note.id, h.score) for h in memory.search("Where is the kayak?", k=10)] == before


def test_an_export_carries_what_was_useful_and_shown(memory: Memory) -> None:
    memory.useful("Where is the kayak?", "t4")
    memory.search("kayak", k=1)
    memory.keep_shown()
    with Memory.open("ram:", scope="ida", clock=standing_clock) as other:
        copy(memory.store, other.store)
        assert list(dump(other.store)) == list(dump(memory.store))
        assert other.probes() == memory.probes()
        assert other.history("t4").note.shown
