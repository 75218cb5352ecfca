"""Scopes never meet, to the bit: what one scope finds does not depend on what another holds."""

import random
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graphmem.contracts import Encoder, GraphStore, identity_of
from graphmem.ingest import Turn
from graphmem.memory import Memory
from graphmem.registry import open_extractor, open_store
from graphmem.rules.embed import RuleEncoder
from graphmem.testing import standing_clock
from graphmem.types import Scope
from tests.attack.amount import attacks

START = datetime(2024, 5, 1, 9, tzinfo=UTC)
SAYINGS = (
    "I moved to Porto with Maria.",
    "Yes.",
    "The kiln arrives on Friday, Omar said.",
    "Maria's brother Ivan sails to Bergen in June!",
    "Did Ivan sell the red bicycle?",
    "porto is a wine, too.",
)
TITLES = (None, None, None, "Porto", "Ivan (sailor)", "Kiln")
QUESTIONS = (
    "Who moved to Porto?",
    "When does the kiln arrive?",
    "What did Ben say about Ivan's bicycle in May 2024?",
    "Who is the brother of Maria?",
)
ACTS = 40
"""By which a scope has been written, deleted from and emptied several times."""


class KeptEncoder(RuleEncoder):
    """Vectors that the store keeps, as those of a trained encoder."""

    name, keeps_vectors = "kept@1", True


@pytest.fixture(params=["ram:", "memory.db"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[GraphStore]:
    url = request.param if request.param.endswith(":") else str(tmp_path / request.param)
    with closing(open_store(url)) as opened:
        yield opened


@pytest.mark.parametrize("encoder", [RuleEncoder(), KeptEncoder()], ids=["computed", "kept"])
def test_no_act_in_another_scope_changes_a_bit_of_what_is_found(
    store: GraphStore, encoder: Encoder
) -> None:
    dice = random.Random(400)
    store.set_encoder(identity_of(encoder))
    ana, ben = (opened(store, scope, encoder) for scope in ("ana", "ben"))
    ana.ingest_turns(turns(random.Random(1), 30))
    alone = found(ana)
    assert all(alone)
    assert any(True for _ in store.scan("vector", ana.scope.key)) == encoder.keeps_vectors
    for _ in range(attacks(ACTS)):
        act(ben, dice)
        assert found(ana) == alone
        assert found(opened(store, "ana", encoder)) == alone


def opened(store: GraphStore, scope: str, encoder: Encoder) -> Memory:
    return Memory(
        store,
        Scope(scope),
        encoder=encoder,
        extractor=open_extractor("rules"),
        clock=standing_clock,
    )


def act(memory: Memory, dice: random.Random) -> None:
    """Write or erase something in a scope, in the words and names of the other."""
    episodes = sorted(e.id for e in memory.store.scan("episode", memory.scope.key))
    kind = dice.choice(("write", "write", "delete", "delete all"))
    if kind == "write" or not episodes:
        memory.ingest_turns(turns(dice, dice.choice((1, 5, 60))), restore=True)
    elif kind == "delete":
        memory.delete(*dice.sample(episodes, min(3, len(episodes))))
    else:
        memory.delete_all()


def turns(dice: random.Random, n: int) -> list[Turn]:
    """Invent turns and passages, the same ids in every scope."""
    start = dice.randrange(40)
    return [
        Turn(
            collection="c",
            session=f"s{i // 12}",
            source_id=f"D{i // 12}:{i % 12}",
            speaker=dice.choice(("Ana", "Ben")) if title is None else None,
            title=title,
            is_passage=title is not None,
            text=dice.choice(SAYINGS),
            said_at=START + timedelta(minutes=7 * i) if title is None else None,
            where=f"invented:{i}",
        )
        for i in range(start, start + n)
        for title in (dice.choice(TITLES),)
    ]


def found(memory: Memory) -> list[list[tuple[object, ...]]]:
    """Return ids, scores to the last bit, reasons and paths of both retrievers."""
    return [
        [
            (
                hit.note.id,
                repr(hit.score),
                hit.why,
                [(path.text, repr(path.score)) for path in hit.paths],
            )
            for hit in memory.search(question, k=20, retriever=retriever)
        ]
        for question in QUESTIONS
        for retriever in ("walk", "pagerank")
    ]
