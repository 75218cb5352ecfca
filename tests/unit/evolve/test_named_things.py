"""Named things kept as notes come and go, against all of them read at once."""

from collections import Counter
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from graphmem.changes import Proposal
from graphmem.evolve.named_things import NamedThings, Use
from graphmem.evolve.names import is_named, pairs, same_names
from graphmem.graph.uses import EntityUse, entity_from
from graphmem.named import entity_of
from graphmem.types import ScopeKey

IDA = ScopeKey("ida")
SURFACES = (
    "Hedda", "Hed", "hedda", "Hedvig", "Woohoo Hedda", "Odd Moe", "Moe", "Dr. Moe", "Eva Moe",
    "Mike", "Michael", "BKK", "B.K.K.", "Bergen Kommunale Kraft", "Bodø Kino Klubb", "Sjøbua",
    "Sjo-bua", "Sjø bua", "C", "C++", "1990", "The Moe", "Mel", "Melanie", "Melanie Moe", "NYC",
    "!",
)  # fmt: skip
KINDS = ("name", "speaker", "title", "number", "phrase", None)
USES = st.lists(st.tuples(st.sampled_from(SURFACES), st.sampled_from(KINDS)), max_size=5)


def at_once(notes: Sequence[Sequence[Use]], same: dict[str, str]) -> list[Proposal]:
    """Return what the rules propose of all that some notes name."""
    uses: dict[str, list[EntityUse]] = {}
    for note in notes:
        for surface, kind in note:
            uses.setdefault(entity_of(IDA, surface), []).append(EntityUse(surface, kind, ()))
    entities = [entity_from(id_, IDA, found) for id_, found in uses.items()]
    return same_names(pairs(filter(is_named, entities)), same)


@settings(max_examples=60)
@given(st.lists(st.tuples(USES, st.booleans()), max_size=12), st.data())
def test_what_is_kept_comes_to_what_all_of_them_come_to(
    acts: list[tuple[list[Use], bool]], data: st.DataObject
) -> None:
    things, notes = NamedThings(IDA), list[tuple[Use, ...]]()
    for uses, is_gone in acts:
        if is_gone and notes:
            gone = notes.pop(data.draw(st.integers(0, len(notes) - 1)))
            things.gone(gone)
        else:
            notes.append(things.named(uses))
        made = things.merges()
        assert made == at_once(notes, things.same)
        if made and data.draw(st.booleans()):
            things.same[made[0].target.entity] = made[0].after  # type: ignore[union-attr]


def test_names_alone_are_compared_that_may_be_in_a_pair_with_what_changed() -> None:
    things = NamedThings(IDA)
    things.named([("Hedda", "speaker"), ("Oslo", "name"), ("Hed", "name")])
    (merge,) = things.merges()
    assert Counter([merge.reason]) == {"short for Hedda, who speaks": 1}
    assert things.merges() == [merge]
    things.gone([("Hedda", "speaker")])
    assert things.merges() == []
