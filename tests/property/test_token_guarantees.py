"""The guarantees, for a memory whose turns keep the signs of their tokens."""

from collections.abc import Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from graphmem.contracts import identity_of
from graphmem.graph.transfer import move
from graphmem.ingest import Turn, with_vectors
from graphmem.memory import Memory
from graphmem.registry import open_extractor, open_store
from graphmem.retrieve import Engine
from graphmem.testing import standing_clock
from graphmem.types import Scope
from tests.property.test_guarantees import content, passages, pool, seen
from tests.spelled import SpelledEncoder

QUESTIONS = ("Where does Ana live?", "Which kitten did they adopt?", "Who founded the glassworks?")


def opened(url: str, scope: str = "ana", *, token_signs: bool = True) -> Memory:
    encoder = SpelledEncoder()
    store = open_store(url)
    store.set_encoder(identity_of(encoder))
    return Memory(
        store,
        Scope(scope),
        encoder=encoder,
        extractor=open_extractor("rules"),
        clock=standing_clock,
        token_signs=token_signs,
    )


def answers(memory: Memory) -> list[object]:
    return [seen(memory, question) for question in QUESTIONS]


def has_tokens(memory: Memory) -> bool:
    snapshot = memory.store.snapshot((memory.scope.key,), None)
    return Engine.of(snapshot, encoder=memory.encoder).turns.tokens is not None


def signs(memory: Memory) -> list[str]:
    return [line for line in content(memory) if '"kind":"token"' in line]


def remembering(turns: Sequence[Turn], **options: bool) -> Memory:
    memory = opened("ram:", **options)
    memory.ingest_turns(turns)
    return memory


@settings(max_examples=15)
@given(st.permutations(range(len(pool() + passages()))), st.sets(st.integers(1, 40), max_size=4))
def test_any_order_of_arrival_gives_the_same_tokens_and_the_same_answers(
    order: list[int], cuts: set[int]
) -> None:
    turns = pool() + passages()
    bounds = [0, *sorted(cuts), len(turns)]
    with remembering(turns) as whole, opened("ram:") as parts:
        for start, end in pairwise(bounds):
            parts.ingest_turns([turns[i] for i in order[start:end]])
            answers(parts)  # brings the index up to date step by step
        assert has_tokens(whole)
        assert signs(parts) == signs(whole)
        assert answers(parts) == answers(whole)


@settings(max_examples=15)
@given(st.sets(st.integers(0, 27), min_size=1, max_size=20))
def test_what_is_deleted_was_never_there(gone: set[int]) -> None:
    turns = pool()
    with remembering(turns) as memory:
        answers(memory)
        named = {e.source_id: e.id for e in memory.store.scan("episode", memory.scope.key)}
        memory.delete(*(named[str(turns[i].source_id)] for i in gone))
        with remembering([turn for i, turn in enumerate(turns) if i not in gone]) as fresh:
            assert content(memory) == content(fresh)
            assert answers(memory) == answers(fresh)


def test_another_scope_changes_no_score_and_no_switch(tmp_path: Path) -> None:
    path = str(tmp_path / "memory.db")
    with opened(path) as ana:
        ana.ingest_turns(pool()[:14])
        alone = answers(ana)
    with opened(path, "ben", token_signs=False) as ben:
        ben.ingest_turns(pool())
        assert not has_tokens(ben)
    with opened(path) as ana:
        assert has_tokens(ana)
        assert answers(ana) == alone


def test_a_memory_with_the_tokens_of_some_turns_answers_as_one_with_none() -> None:
    turns = pool()
    with remembering(turns[:20], token_signs=False) as memory:
        memory._reads = memory.encoder  # as a later process opens it, the setting left alone
        memory.ingest_turns(turns[20:])
        assert not has_tokens(memory)
        with remembering(turns, token_signs=False) as without:
            assert answers(memory) == answers(without)
        with remembering(turns) as with_all:
            assert answers(memory) != answers(with_all)


def test_making_vectors_anew_gives_an_old_memory_its_tokens() -> None:
    turns = pool() + passages()
    encoder = SpelledEncoder()
    with (
        remembering(turns, token_signs=False) as old,
        opened("ram:") as new,
        remembering(turns) as fresh,
    ):
        move.reembed(
            old.store,
            new.store,
            encoder=identity_of(encoder),
            remake=lambda records: with_vectors(records, encoder),
        )
        assert content(new) == content(fresh)
        assert answers(new) == answers(fresh)


def test_a_memory_goes_through_a_file_with_its_tokens(tmp_path: Path) -> None:
    with remembering(pool()) as memory, closing(open_store(str(tmp_path / "new.db"))) as target:
        move.export(memory.store, tmp_path / "memory.jsonl")
        move.import_(target, tmp_path / "memory.jsonl")
        move.export(target, tmp_path / "again.jsonl")
        assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "memory.jsonl").read_bytes()


def test_without_token_signs_vectors_are_the_same() -> None:
    with remembering(pool(), token_signs=False) as plain, remembering(pool()) as full:
        assert signs(full)
        assert content(plain) == [line for line in content(full) if line not in signs(full)]
