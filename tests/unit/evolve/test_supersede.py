"""Until when a note was true, by what a person says."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from graphmem.changes import NoteField, Proposal
from graphmem.errors import InputError
from graphmem.evolve.supersede import NEVER, corrected, expired, name_of_update, replaced
from graphmem.testing.records import START, summary_of, turn

OLD, NEW, UNDATED = turn(0).note, turn(4).note, turn(2).note
NOW = START + timedelta(days=30)


def ends(proposals: list[Proposal]) -> dict[str, object]:
    assert {proposal.author for proposal in proposals} == {"user"}
    found = {}
    for proposal in proposals:
        assert isinstance(proposal.target, NoteField)
        found[proposal.target.field] = proposal.after
    return found


def of(old, new, at: datetime | None = None) -> dict[str, object]:
    return ends(replaced(old, new, reason="because", at=at, now=NOW))


def test_the_old_one_is_true_until_the_new_one_holds() -> None:
    assert of(OLD, NEW) == {"superseded_by": NEW.id, "valid_until": NEW.said_at}
    later = replace(NEW, valid_from=NOW)
    assert of(OLD, later)["valid_until"] == NOW


def test_a_person_may_say_since_when_and_what_is_undated_holds_from_now() -> None:
    at = START + timedelta(hours=1)
    assert of(OLD, NEW, at)["valid_until"] == at
    assert of(OLD, UNDATED)["valid_until"] == NOW


def test_nothing_ends_before_it_began() -> None:
    with pytest.raises(InputError, match=r"later than .*correct"):
        of(NEW, OLD)
    with pytest.raises(InputError, match="cannot end before"):
        expired(NEW, at=START, reason="because")
    assert of(NEW, OLD, NEW.said_at)["superseded_by"] == OLD.id


def test_what_was_never_right_ends_where_it_began() -> None:
    assert ends(corrected(OLD, NEW, reason="because"))["valid_until"] == OLD.said_at
    assert ends(corrected(UNDATED, NEW, reason="because"))["valid_until"] == NEVER


def test_only_a_turn_or_passage_that_nothing_else_superseded_ends() -> None:
    gone = replace(OLD, superseded_by=UNDATED.id)
    for act in (
        lambda: of(gone, NEW),
        lambda: corrected(gone, NEW, reason="because"),
        lambda: expired(gone, at=NOW, reason="because"),
    ):
        with pytest.raises(InputError, match=f"superseded by {UNDATED.id}"):
            act()
    assert of(replace(OLD, superseded_by=NEW.id), NEW)["superseded_by"] == NEW.id
    with pytest.raises(InputError, match="own place"):
        of(OLD, OLD)
    with pytest.raises(InputError, match="note of a segment"):
        of(summary_of([turn(0), turn(1)]).note, NEW)


def test_the_session_of_an_update_is_named_by_what_it_replaces() -> None:
    assert name_of_update(OLD.id) != name_of_update(NEW.id)
    assert OLD.id in name_of_update(OLD.id)
