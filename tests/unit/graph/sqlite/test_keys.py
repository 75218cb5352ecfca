"""Facts are found by the number that their ids begin with, whatever else begins so."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from graphmem.batches import Claim, Extraction
from graphmem.graph.sqlite import keys, read, state
from graphmem.graph.sqlite.keys import fact_key
from graphmem.graph.sqlite.store import SqliteStore
from graphmem.ids import fact_id
from graphmem.named import fact_of
from graphmem.testing.records import ANA, ENCODER, batch_of, turn

IDS = [fact_id("ana", "boat", "near", str(i)) for i in range(200)]


def test_keys_sort_as_the_ids_and_fit_into_an_integer_of_sqlite() -> None:
    found = [fact_key(id_) for id_ in sorted(IDS)]
    assert found == sorted(found)
    assert all(0 <= key < 2**63 for key in [*found, fact_key("f" + "f" * 24)])


@pytest.mark.parametrize("text", ["", "f12", "fact", "f" + "x" * 24])
def test_what_is_no_id_has_no_key(text: str) -> None:
    assert fact_key(text) is None


@pytest.mark.parametrize("page", [1, 2, 3, 1_000])
@pytest.mark.parametrize("digits", [1, keys.DIGITS])
def test_facts_whose_ids_begin_alike_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: int, digits: int
) -> None:
    monkeypatch.setattr(keys, "DIGITS", digits)
    monkeypatch.setattr(read, "PAGE", page)
    monkeypatch.setattr(state, "PAGE", page)
    claims = [
        Claim(subject="boat", relation="near", object=str(i), start=0, end=1) for i in range(40)
    ]
    found = Extraction(claims=tuple(claims))
    with closing(SqliteStore(tmp_path / "memory.db")) as store:
        store.set_encoder(ENCODER)
        one = turn(0)
        store.write(replace(batch_of(one), notes=(replace(one.record, extraction=found),)))
        facts = list(store.scan("fact", ANA))
        wanted = sorted({fact_of(ANA, claim) for claim in claims})
        assert [fact.id for fact in facts] == wanted
        assert store.read("fact", ANA, wanted[::-1]) == facts[::-1]
        assert store.read("fact", ANA, wanted[:1]) == facts[:1]
