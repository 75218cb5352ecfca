"""What a change is of, what it hangs on, and what each target can hold."""

from dataclasses import replace
from datetime import datetime

import pytest

from graphmem.changes import (
    EntityTarget,
    LinkTarget,
    NoteField,
    Target,
    can_hold,
    chain_of,
    hangs_on,
    native,
    owner_of,
)
from graphmem.named import entity_of
from graphmem.testing.records import ANA, START, change, linking, naming, turn
from graphmem.types import ChangeId, EntityId, NoteId

ONE, TWO = turn(0).note, turn(1).note
FIELD = NoteField(NoteId("n1"), "strength")
LINK = LinkTarget(NoteId("n1"), NoteId("n2"), "about")
ENTITY = EntityTarget(EntityId("t1"))


@pytest.mark.parametrize(
    ("target", "owner"),
    [(FIELD, "n1"), (LINK, "n1"), (ENTITY, "t1")],
    ids=["field", "link", "entity"],
)
def test_a_target_belongs_to_the_record_that_it_changes(target: Target, owner: str) -> None:
    assert owner_of(target) == owner


def test_an_alias_is_of_the_same_value_as_a_merge_of_its_entity() -> None:
    assert chain_of(ENTITY) == chain_of(replace(ENTITY, name="Mel"))
    assert len({chain_of(target) for target in (FIELD, LINK, ENTITY)}) == 3


def test_a_change_hangs_on_all_that_it_names() -> None:
    superseded = change(ONE, "superseded_by", TWO.id)
    assert hangs_on(replace(superseded, evidence=("e9",), depends_on=(ChangeId("c9"),))) == {
        ONE.id, TWO.id, "e9", "c9"
    }  # fmt: skip
    assert hangs_on(change(ONE, "context", TWO.id)) == {ONE.id}
    assert hangs_on(linking(ONE, TWO, 0.5)) == {ONE.id, TWO.id}
    mel, melanie = entity_of(ANA, "Mel"), entity_of(ANA, "Melanie")
    assert hangs_on(naming("Mel", "Melanie")) == {mel, melanie}
    assert hangs_on(naming("Mel", "Melanie", alias=True)) == {melanie}


@pytest.mark.parametrize(
    ("target", "value"),
    [
        (NoteField(NoteId("n1"), "text"), "new"),
        (NoteField(NoteId("n1"), "origins"), ()),
        (NoteField(NoteId("n1"), "pinned"), 1),
        (NoteField(NoteId("n1"), "valid_until"), datetime(2024, 1, 1)),
        (FIELD, 1.5),
        (FIELD, True),
        (FIELD, float("nan")),
        (LINK, 0),
        (LINK, float("inf")),
        (LINK, "heavy"),
        (ENTITY, "t1"),
        (ENTITY, ""),
        (ENTITY, 7),
    ],
)
def test_a_target_refuses_what_it_cannot_hold(target: Target, value: object) -> None:
    assert not can_hold(target, value)


@pytest.mark.parametrize(
    ("target", "value"),
    [
        (NoteField(NoteId("n1"), "pinned"), True),
        (NoteField(NoteId("n1"), "valid_until"), START),
        (FIELD, 1),
        (LINK, 2.5),
        (LINK, None),
        (ENTITY, "t2"),
        (ENTITY, None),
    ],
)
def test_a_target_holds_what_it_may(target: Target, value: object) -> None:
    assert can_hold(target, value)


def test_values_come_back_from_json_as_the_record_has_them() -> None:
    assert native(NoteField(NoteId("n1"), "valid_until"), START.isoformat()) == START
    assert native(NoteField(NoteId("n1"), "tags"), ["a"]) == ("a",)
    assert native(NoteField(NoteId("n1"), "context"), "2024") == "2024"
    assert isinstance(native(LINK, 1), float)
    assert native(ENTITY, None) is None
