"""A person's verbs, asked afterwards: what is true now, what was true then, what was undone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from graphmem.errors import ConfigError, InputError, MissingRecordError
from graphmem.graph import dump
from graphmem.memory import Memory
from graphmem.testing import standing_clock

LINES = (
    ("Ana", "2024-01-05", "I live in Porto."),
    ("Ben", "2024-01-09", "Mel and Melanie went to Lisbon."),
    ("Ana", "2024-02-03", "My rent is 900 a month."),
    ("Ben", "2024-02-07", "The kettle is loud."),
)


@pytest.fixture(params=["ram:", "memory.db"])
def memory(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Memory]:
    place = request.param if request.param == "ram:" else tmp_path / request.param
    with Memory.open(place, scope="ana", clock=standing_clock) as opened:
        for speaker, day, text in LINES:
            opened.add(
                text, speaker=speaker, said_at=f"{day}T09:00:00Z", metadata={"channel": "sms"}
            )
        yield opened


def note(memory: Memory, begin: str) -> str:
    found = memory.store.scan("note", memory.scope.key)
    return next(n.id for n in found if n.kind == "turn" and n.text.startswith(begin))


def texts(memory: Memory, question: str, **more: str) -> list[str]:
    return [hit.note.text for hit in memory.search(question, k=9, **more)]


def test_an_update_is_found_now_and_the_old_text_as_of_then(memory: Memory) -> None:
    old = note(memory, "I live")
    edit = memory.update(old, text="I live in Faro.", said_at="2024-06-01T08:00:00Z")
    now = texts(memory, "Where does Ana live?")
    assert now[0] == "I live in Faro."
    assert "I live in Porto." not in now
    then = texts(memory, "Where does Ana live?", as_of="2024-03-01")
    assert then[0] == "I live in Porto."
    assert "I live in Faro." not in then
    (was,) = memory.get(old)
    assert (was.text, was.superseded_by) == ("I live in Porto.", edit.added[0].id)
    assert memory.history(old).changes == edit.changes


def test_an_update_is_said_by_whom_the_old_text_was_with_what_its_source_said(
    memory: Memory,
) -> None:
    edit = memory.update(note(memory, "I live"), text="I live in Faro.")
    (new,) = edit.added
    (episode,) = memory.get(*new.origins)
    assert (new.speaker, episode.metadata) == ("Ana", {"channel": "sms"})
    assert new.said_at == standing_clock()


def test_a_correction_stands_since_the_wrong_text_was_said(memory: Memory) -> None:
    memory.correct(note(memory, "My rent"), text="My rent is 800 a month.")
    for when in ({}, {"as_of": "2024-02-04"}):
        found = texts(memory, "How high is Ana's rent?", **when)
        assert found[0] == "My rent is 800 a month."
        assert "My rent is 900 a month." not in found


def test_a_note_that_is_there_takes_anothers_place(memory: Memory) -> None:
    memory.replace(note(memory, "My rent"), note(memory, "The kettle"), reason="it moved")
    assert "My rent is 900 a month." not in texts(memory, "What is the rent?")
    assert "My rent is 900 a month." in texts(memory, "What is the rent?", as_of="2024-02-04")


def test_an_expired_note_is_found_as_of_before(memory: Memory) -> None:
    memory.expire(note(memory, "The kettle"), at="2024-05-01")
    assert "The kettle is loud." not in texts(memory, "Is the kettle loud?")
    assert "The kettle is loud." in texts(memory, "Is the kettle loud?", as_of="2024-04-01")


def test_a_note_that_ends_later_is_found_until_then(tmp_path: Path) -> None:
    for place in ("ram:", tmp_path / "later.db"):
        now = [standing_clock()]
        with Memory.open(place, scope="ana", clock=lambda now=now: now[0]) as memory:
            memory.add("The ticket is valid.", speaker="Ana")
            memory.add("The train is late.", speaker="Ana")
            id_ = note(memory, "The ticket")
            memory.expire(id_, at=now[0] + timedelta(hours=2))
            for hours, is_found in ((0, True), (1, True), (1, False)):
                now[0] += timedelta(hours=hours)
                found = texts(memory, "Is the ticket valid, and is the train late?")
                assert ("The ticket is valid." in found) == is_found
                assert "The train is late." in found


def test_a_pinned_note_says_so_until_it_is_let_go(memory: Memory) -> None:
    id_ = note(memory, "The kettle")
    memory.pin(id_)
    assert memory.get(id_)[0].pinned
    assert memory.pin(id_).changes == ()
    memory.pin(id_, off=True)
    assert not memory.get(id_)[0].pinned


def test_names_are_merged_parted_and_given_aliases(memory: Memory) -> None:
    merged = memory.merge("Mel", "Melanie")
    mel, melanie = merged.changes[0].target.entity, merged.changes[0].after
    assert memory.get(mel)[0].same_as == melanie
    with pytest.raises(InputError, match="already"):
        memory.merge("Mel", "mel")
    memory.unmerge("Mel")
    assert memory.get(mel)[0].same_as is None
    (alias,) = memory.alias("Mellie", "Melanie").changes
    assert (alias.target.name, alias.after) == ("Mellie", melanie)
    with pytest.raises(MissingRecordError):
        memory.merge("Nobody", "Melanie")


def test_undoing_all_gives_the_store_before_byte_for_byte(memory: Memory) -> None:
    before = list(dump(memory.store))
    id_ = note(memory, "I live")
    edits = [
        memory.pin(id_),
        memory.update(id_, text="I live in Faro with Mel."),
        memory.expire(note(memory, "My rent"), at="2024-05-01"),
        memory.merge("Mel", "Melanie"),
        memory.alias("Mellie", "Melanie"),
    ]
    assert list(dump(memory.store)) != before
    for edit in reversed(edits):
        undone = memory.undo(edit.run_id)
        assert {c.id for c in undone.changes} == {c.id for c in edit.changes}
        assert undone.erased == edit.added
    assert list(dump(memory.store)) == before


def test_what_was_undone_is_not_found_and_can_be_said_again(memory: Memory) -> None:
    id_ = note(memory, "I live")
    memory.undo(memory.update(id_, text="I live in Faro.").run_id)
    assert "I live in Faro." not in texts(memory, "Where does Ana live?")
    memory.update(id_, text="I live in Faro.")
    assert "I live in Faro." in texts(memory, "Where does Ana live?")


def test_deleting_the_new_text_opens_the_old_one_again(memory: Memory) -> None:
    before = list(dump(memory.store))
    edit = memory.update(note(memory, "I live"), text="I live in Faro.")
    memory.delete(edit.added[0].id)
    after = [line for line in dump(memory.store) if '"kind":"tombstone"' not in line]
    assert after == before
    assert memory.update(note(memory, "I live"), text="I live in Faro.").added


@pytest.mark.parametrize("verb", ["update", "correct"])
def test_a_dry_run_tells_what_would_be_and_writes_nothing(memory: Memory, verb: str) -> None:
    before = list(dump(memory.store))
    told = getattr(memory, verb)(note(memory, "I live"), text="I live in Faro.", dry_run=True)
    assert told.is_dry_run
    assert [new.text for new in told.added] == ["I live in Faro."]
    assert list(dump(memory.store)) == before


def test_what_makes_no_sense_is_refused_and_changes_nothing(memory: Memory) -> None:
    id_, rent = note(memory, "I live"), note(memory, "My rent")
    memory.update(id_, text="I live in Faro.")
    before = list(dump(memory.store))
    session = memory.get(id_)[0].session_id
    for act, error in (
        (lambda: memory.update(id_, text="I live in Beja."), InputError),
        (
            lambda: memory.update(rent, text="My rent is 900 a month."),
            InputError,
        ),
        (lambda: memory.update(rent, text="  "), InputError),
        (lambda: memory.update(session, text="x"), ConfigError),
        (lambda: memory.update("n0", text="x"), MissingRecordError),
        (lambda: memory.pin(7), ConfigError),
        (lambda: memory.undo("nothing"), MissingRecordError),
        (lambda: memory.expire(rent, at="2023-01-01"), InputError),
        (lambda: memory.expire(rent, at="soon"), InputError),
    ):
        with pytest.raises(error):
            act()
    assert list(dump(memory.store)) == before


def test_a_note_is_named_by_its_episode_or_the_id_that_it_was_given(memory: Memory) -> None:
    memory.add("My shoe size is 40.", speaker="Ana", id="shoe-size", session="profile")
    (episode,) = memory.get("shoe-size")
    memory.pin(episode.id)
    memory.update("shoe-size", text="My shoe size is 42.")
    assert texts(memory, "What is Ana's shoe size?")[0] == "My shoe size is 42."


def test_an_own_id_given_again_with_another_text_means_that_one(memory: Memory) -> None:
    first = memory.add("My shoe size is 40.", speaker="Ana", id="shoe", said_at="2024-03-01")
    before = list(dump(memory.store))
    second = memory.add("My shoe size is 42.", speaker="Ana", id="shoe", said_at="2024-03-09")
    assert memory.get("shoe")[0].text == "My shoe size is 42."
    assert "My shoe size is 40." not in texts(memory, "What is Ana's shoe size?")
    assert "My shoe size is 40." in texts(memory, "What is Ana's shoe size?", as_of="2024-03-05")
    known = memory.add("My shoe size is 42.", speaker="Ana", id="shoe", said_at="2024-03-09")
    assert (known.episodes_added, known.episodes_known) == (0, 1)
    memory.undo(second.run_id)
    with pytest.raises(ConfigError, match="several"):
        memory.get("shoe")
    memory.delete(*second.ids)
    assert [line for line in dump(memory.store) if "tombstone" not in line] == before
    assert memory.get("shoe")[0].id == first.ids[0]


def test_an_older_text_that_comes_late_does_not_take_the_place_of_a_newer_one(
    memory: Memory,
) -> None:
    memory.add("My shoe size is 42.", speaker="Ana", id="shoe", said_at="2024-03-09")
    memory.add("My shoe size is 40.", speaker="Ana", id="shoe", said_at="2024-03-01")
    assert memory.get("shoe")[0].text == "My shoe size is 42."


def test_deleting_by_an_own_id_erases_all_that_it_stood_over(memory: Memory) -> None:
    before = list(dump(memory.store))
    memory.add("My shoe size is 40.", speaker="Ana", id="shoe", said_at="2024-03-01")
    memory.add("My shoe size is 42.", speaker="Ana", id="shoe", said_at="2024-03-09")
    memory.update("shoe", text="My shoe size is 43.", said_at="2024-04-01")
    assert memory.get("shoe")[0].text == "My shoe size is 43."
    assert memory.delete("shoe").episodes_deleted == 3
    assert [line for line in dump(memory.store) if "tombstone" not in line] == before


def test_ids_given_in_one_list_stand_over_their_last_text(memory: Memory) -> None:
    memory.add(
        [
            {"role": "user", "content": "I weigh 70.", "id": "w", "timestamp": "2024-03-01"},
            {"role": "user", "content": "I weigh 71.", "id": "w", "timestamp": "2024-03-02"},
        ]
    )
    assert memory.get("w")[0].text == "I weigh 71."


def test_a_hit_from_before_says_what_took_its_place(memory: Memory) -> None:
    edit = memory.update(note(memory, "I live"), text="I live in Faro.")
    question = "Where does Ana live?"
    assert memory.search(question, k=1)[0].marks == ()
    (then,) = memory.search(question, k=1, as_of="2024-03-01")
    assert then.marks == (f"earlier; newer: {edit.added[0].id}",)
