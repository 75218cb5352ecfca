"""Forgetting: out of search and back, byte for byte; a purge leaves nothing, and proves it."""

from hashlib import sha256

import pytest

from graphmem.errors import ConfigError
from graphmem.graph.dump import dump
from graphmem.memory import Memory
from graphmem.testing import standing_clock

SAID = (
    ("Ida", "Haha, yes!"),
    ("Ole", "I carved a walnut flute for Sigrid's wedding."),
    ("Ida", "I never ate oysters."),
    ("Ole", "Good night then!"),
    ("Ida", "The ferry from Sandnes leaves at 7:40."),
    ("Sigrid", "Thanks, it was lovely!"),
)


@pytest.fixture(params=["ram:", "file"])
def memory(request, tmp_path):
    place = "ram:" if request.param == "ram:" else tmp_path / "memory.db"
    with Memory.open(place, scope="ida", clock=standing_clock) as made:
        for number, (speaker, text) in enumerate(SAID):
            made.add(text, speaker=speaker, said_at=f"2024-01-0{number + 1}", id=f"t{number}")
        with Memory.open(made.store, scope="other", clock=standing_clock) as other:
            other.add("Sigrid paints boats.", speaker="Eva", said_at="2024-01-01")
            other.close = lambda: None  # type: ignore[method-assign]
            yield made


def found(memory: Memory, question: str, **more: object) -> set[str]:
    return {hit.note.text for hit in memory.search(question, k=10, min_score=0, **more)}


def test_a_sweep_puts_small_talk_out_of_search_and_undo_brings_it_back(memory: Memory) -> None:
    before = list(dump(memory.store))
    edit = memory.forget(keep=0.6)
    gone = {note.text for note in memory.get(*(c.target.note for c in edit.changes))}
    assert gone <= {SAID[0][1], SAID[3][1], SAID[5][1]}
    assert len(gone) == 2
    for text in gone:
        assert text not in found(memory, text)
        assert text in found(memory, text, archived=True)
        assert text not in {note.text for note in memory.list()}
        assert text in {note.text for note in memory.list(archived=True)}
    assert memory.count() == len(SAID) - 2
    memory.undo(edit.run_id)
    assert list(dump(memory.store)) == before


def test_a_dry_run_and_a_second_sweep_change_nothing(memory: Memory) -> None:
    before = list(dump(memory.store))
    tried = memory.forget(keep=0.6, dry_run=True)
    assert tried.is_dry_run
    assert list(dump(memory.store)) == before
    done = memory.forget(keep=0.6)
    assert [c.target for c in done.changes] == [c.target for c in tried.changes]
    assert memory.forget(keep=0.6).changes == ()


def test_denials_values_and_pinned_notes_stay_however_little_is_kept(memory: Memory) -> None:
    memory.pin("t0")
    memory.forget(keep=0.0)
    left = {note.text for note in memory.list()}
    assert {SAID[0][1], SAID[2][1], SAID[4][1]} <= left
    assert SAID[3][1] not in left


def test_what_a_search_has_shown_weighs_more(memory: Memory) -> None:
    def weight() -> float:
        made = memory.forget(keep=0.0, dry_run=True).changes
        (one,) = [c for c in made if memory.get(c.target.note)[0].text == SAID[0][1]]
        return float(one.reason.split()[-1])

    before = weight()
    memory.search(SAID[0][1], k=1)
    assert weight() == pytest.approx(before + 0.5)
    (note,) = [note.id for note in memory.list() if note.text == SAID[3][1]]
    first, told = (memory.forget(keep=0.0, shown=given, dry_run=True) for given in ((), [note]))
    reasons = ({c.target.note: c.reason for c in made.changes} for made in (first, told))
    assert len({found[note] for found in reasons}) == 2


def test_a_subject_is_put_out_of_search_by_a_persons_word(memory: Memory) -> None:
    edit = memory.forget(subject="Sigrid")
    assert {memory.get(c.target.note)[0].text for c in edit.changes} == {SAID[1][1], SAID[5][1]}
    assert {c.author for c in edit.changes} == {"user"}


def test_a_purge_erases_with_a_certificate_and_no_other_scope(memory: Memory) -> None:
    tried = memory.purge("Sigrid", dry_run=True)
    assert not tried.is_complete
    made = memory.purge("Sigrid")
    assert made.is_complete, made.left
    assert tried.erased == made.erased
    hashes = {sha256(SAID[i][1].encode()).hexdigest() for i in (1, 5)}
    assert {one.sha256 for one in made.erased} == hashes
    assert not any("Sigrid" in line and '"ida"' in line for line in dump(memory.store))
    assert any("Sigrid paints boats." in line for line in dump(memory.store))
    for path in memory.store.files():
        assert b"walnut flute" not in path.read_bytes()


@pytest.mark.parametrize("given", [{"keep": 1.5}, {"policy": "lru"}, {"subject": "Nobody"}])
def test_what_cannot_be_is_refused(memory: Memory, given: dict[str, object]) -> None:
    before = list(dump(memory.store))
    with pytest.raises(ConfigError):
        memory.forget(**given)
    assert list(dump(memory.store)) == before


def test_a_certificate_lists_what_a_record_of_any_kind_still_says(memory: Memory) -> None:
    memory.add("The cake was his idea.", speaker="Ole", said_at="2024-01-09",
               metadata={"guests": "Sigrid"})  # fmt: skip
    memory.pin("t2", reason="Sigrid asked for it")
    made = memory.purge("Sigrid")
    kinds = {left.split()[0] for left in made.left}
    assert kinds == {"episode", "change"}


def test_a_certificate_lists_a_copy_beside_the_store_that_holds_a_part_of_a_text(
    memory: Memory,
) -> None:
    for path in memory.store.files()[:1]:
        beside = path.with_name(f"{path.name}-index") / "old.base"
        copy = path.with_name(f"{path.name}.old")
        copy.write_bytes(b"..." + SAID[1][1][12:].encode())
        assert memory.purge("Sigrid").left == (f"the bytes of {copy.name}",)
        assert not beside.exists()


def test_what_was_said_of_nobody_else_is_looked_for_by_every_name(memory: Memory) -> None:
    memory.alias("Siri", "Sigrid")
    made = memory.purge("Siri")
    assert {one.sha256 for one in made.erased} == {
        sha256(SAID[i][1].encode()).hexdigest() for i in (1, 5)
    }
    assert made.is_complete, made.left


def test_what_was_shown_is_written_down_when_asked_and_weighs_more_in_any_process(
    memory: Memory,
) -> None:
    def weight(asked: Memory) -> float:
        made = asked.forget(keep=0.0, dry_run=True).changes
        (one,) = [c for c in made if asked.get(c.target.note)[0].text == SAID[0][1]]
        return float(one.reason.split()[-1])

    before, unshown = list(dump(memory.store)), weight(memory)
    memory.search(SAID[0][1], k=1)
    assert list(dump(memory.store)) == before, "a search writes nothing"
    tried = memory.keep_shown(dry_run=True)
    assert list(dump(memory.store)) == before
    edit = memory.keep_shown()
    assert [c.target for c in edit.changes] == [c.target for c in tried.changes]
    assert [(c.target.field, c.after, c.author) for c in edit.changes] == [("shown", True, "user")]
    other = Memory.open(memory.store, scope="ida", clock=standing_clock)
    assert weight(other) == pytest.approx(unshown + 0.5)
    memory.search(SAID[0][1], k=1)
    assert memory.keep_shown().changes == (), "a note is written once"
    memory.undo(edit.run_id)
    assert list(dump(memory.store)) == before
    assert weight(other) == weight(memory) == pytest.approx(unshown)


def test_what_was_shown_goes_with_its_note_and_other_scopes_are_not_written(
    memory: Memory,
) -> None:
    before = [line for line in dump(memory.store) if '"scope":"other"' in line]
    memory.search("Sigrid", k=10, min_score=0, scopes=["ida", "other"])
    memory.search(SAID[0][1], k=1)
    (gone,) = (note.id for note in memory.list() if note.text == SAID[0][1])
    edit = memory.keep_shown()
    assert gone in {c.target.note for c in edit.changes}
    assert [line for line in dump(memory.store) if '"scope":"other"' in line] == before
    memory.delete("t0")
    assert gone not in {c.target.note for c in memory.store.scan("change", "ida")}
    memory.search(SAID[1][1], k=1)
    assert memory.keep_shown().rejected == ()
