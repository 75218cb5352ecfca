"""Entities and facts: what mentions and claims make them."""

from graphmem.batches import Batch
from graphmem.contracts import GraphStore
from graphmem.ids import entity_id, fact_id
from graphmem.testing.records import (
    ANA,
    batch_of,
    turn,
)
from graphmem.testing.store.base import StoreCase
from graphmem.text import normalise

LISBON = ("Lisbon is near Porto.", "lisbon again.", "Go to lisbon.")


class DerivedContract(StoreCase):
    """Entities and facts: what mentions and claims make them."""

    def test_an_entity_is_what_its_mentions_make_it(self, store: GraphStore) -> None:
        store.write(batch_of(*(turn(i, text=text) for i, text in enumerate(LISBON))))
        (lisbon,) = store.read("entity", ANA, [entity_id(ANA, normalise("LISBON"))])
        assert (lisbon.name, lisbon.aliases, lisbon.kinds) == ("lisbon", ("Lisbon",), ("name",))
        assert lisbon.origins == tuple(
            sorted(turn(i, text=text).episode.id for i, text in enumerate(LISBON))
        )

    def test_a_fact_ends_with_its_last_claim(self, store: GraphStore) -> None:
        first, second = turn(1, text="Porto is near Lisbon."), turn(2, text="Lisbon near Porto!")
        store.write(batch_of(first, second))
        id_ = fact_id(ANA, "lisbon", "near", "porto")
        (fact,) = store.read("fact", ANA, [id_])
        assert fact.notes == tuple(sorted((first.note.id, second.note.id)))
        assert fact.subject_id == entity_id(ANA, "lisbon")
        store.delete([first.episode.id], Batch(scope=ANA))
        assert store.read("fact", ANA, [id_])[0].origins == (second.episode.id,)
        store.delete([second.episode.id], Batch(scope=ANA))
        assert list(store.scan("fact", ANA)) == []
        assert list(store.scan("entity", ANA)) == []
