"""Words and names: what is derived depends on the set of texts alone, however it was come by."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmem.ids import text_hash
from graphmem.retrieve.names import again, links
from graphmem.retrieve.names.links import links_of
from graphmem.retrieve.passages.index import passages_of
from graphmem.retrieve.turns.indexing import turn_index
from graphmem.retrieve.words import counts, index, ragged, sparse
from graphmem.retrieve.words.counts import Counts
from graphmem.retrieve.words.index import part_of, updated
from graphmem.retrieve.words.said import Said
from graphmem.retrieve.words.similar import sought_words
from graphmem.retrieve.words.terms import term_of
from graphmem.runs import Lazy, Runs
from graphmem.text import words
from graphmem.types import NoteId
from tests.unit.retrieve.passage_data import snapshot_of_passages
from tests.unit.retrieve.reading import terms_of
from tests.unit.retrieve.snapshots import Turn, snapshot_of

WORDS = st.sampled_from(
    "the a Lisbon lisbon Ana's Ana ran running İzmir Müller MÜLLER 北京大学 Will will 1999 Red Car "
    "of politician Politician bread e-mail ½ St. St . parseConfigFile 70kg 라면을 ラーメンを "
    "ก๋วยเตี๋ยว בחיפה 1,000 👍🏽 C++ colours Казани".split()
)
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)
TITLES = st.none() | st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
CORPORA = st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(TITLES, TEXTS), max_size=8).map(
    lambda rows: {name + text_hash(row[1]): row for name, row in rows.items()}
)
"""A note's id says what its text is, as in a store."""


SAID = st.dictionaries(st.sampled_from("stuv"), TEXTS, max_size=3).map(
    lambda rows: {name + text_hash(text): text for name, text in rows.items()}
)

LEAVE = st.sets(st.sampled_from("abcdefghstuv"), max_size=4)
"""Notes that go, by their first letters."""


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every array and plain value in a tree of records."""
    if isinstance(value, Counts):
        yield from leaves(looked_up(value), path)
    elif isinstance(value, Said):
        yield from leaves(told(value), path)
    elif is_dataclass(value):
        for field in fields(value):
            yield from leaves(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, dict):
        yield from leaves(tuple(sorted(value.items())), path)
    elif isinstance(value, tuple | list | Lazy):
        for at, item in enumerate(value):
            yield from leaves(item, f"{path}[{at}]")
    else:
        yield path, value


def looked_up(held: Counts) -> list[Any]:
    """Return all that counts answer, whatever part of it lies in an overlay."""
    rows = [held.row(text) for text in range(len(held.lengths))]
    postings = [held.postings(term) for term in range(len(held.df))]
    matrix = [held.by_row.data, held.by_row.indices, held.by_row.indptr]
    return [rows, postings, matrix, held.lengths, held.df, held.mean_length]


def told(said: Said) -> list[Any]:
    """Return the words of all sentences, wherever they lie."""
    one_by_one = [said.words(at, at + 1) for at in range(len(said.ends))]
    return [one_by_one, said.rows().indptr, said.rows().values, said.lengths]


def assert_same(left: Any, right: Any) -> None:
    """Hold two records equal, bit for bit."""
    for (path, one), (other_path, two) in zip(leaves(left), leaves(right), strict=True):
        assert path == other_path
        np.testing.assert_array_equal(one, two, err_msg=path)


@settings(max_examples=60)
@given(CORPORA, CORPORA, st.booleans())
def test_runs_of_rows_that_stay_are_passed_on_as_they_are(before, added, some_go):
    """With runs of any length, as in memories that are large."""
    stays = dict(list(before.items())[some_go:])
    whole = snapshot_of_passages(dict(sorted((stays | added).items())))
    with patch.object(ragged, "LONG_RUN", 0), patch.object(sparse, "LONG_RUN", 0):
        grown = updated(updated(None, snapshot_of_passages(before)), whole)
    fresh = updated(None, whole)
    assert_same(grown, fresh)
    assert_same(grown.notes.damped, fresh.notes.damped)
    np.testing.assert_array_equal(
        grown.sentence_trigram_norms.all, fresh.sentence_trigram_norms.all
    )


@settings(max_examples=60)
@given(CORPORA, CORPORA)
def test_an_index_brought_up_to_date_equals_a_fresh_one(before, after):
    old = updated(None, snapshot_of_passages(before))
    snapshot = snapshot_of_passages(after)
    assert_same(updated(old, snapshot), updated(None, snapshot))


TURNS = st.lists(
    st.builds(
        Turn,
        text=TEXTS,
        session=st.just("s"),
        speaker=st.sampled_from([None, "Ana"]),
        said_at=st.sampled_from([None, *(datetime(2024, 3, day, tzinfo=UTC) for day in (1, 2))]),
    ),
    max_size=6,
)


@settings(max_examples=60)
@given(TURNS, TURNS, TEXTS)
def test_turns_are_indexed_and_sought_alike_whatever_was_known_before(before, after, question):
    old = snapshot_with_ids(before)
    snapshot = snapshot_with_ids(after)
    old_words = updated(None, old)
    fresh, grown = updated(None, snapshot), updated(old_words, snapshot)
    one = turn_index(snapshot, fresh.notes)
    two = turn_index(snapshot, grown.notes, before=turn_index(old, old_words.notes))
    assert_same(two, one)
    shares = dict.fromkeys(map(term_of, words(question)), 1.0)
    assert_same(sought_words(grown, shares, two.holds), sought_words(fresh, shares, one.holds))


@st.composite
def growing(draw):
    """Draw a talk as it was at several times, turns coming in anywhere and sometimes going."""
    turns, states = [], []
    for _ in range(draw(st.integers(2, 5))):
        for turn in draw(TURNS):
            turns.insert(draw(st.integers(0, len(turns))), turn)
        if turns and draw(st.integers(0, 3)) == 0:
            turns.pop(draw(st.integers(0, len(turns) - 1)))
        states.append(list(turns))
    return states


@settings(max_examples=60)
@given(growing(), st.sampled_from([0, 12, counts.FEW]), st.booleans())
def test_an_index_that_is_added_to_again_and_again_equals_a_fresh_one(states, few, is_passed_on):
    """Whether what came since lies in an overlay, or was merged at some time, and whether a store
    passes on what it read before."""
    ids: dict[int, NoteId] = {}
    blocks: dict[NoteId, tuple[NoteId]] = {}
    words_, turns_ = None, None
    for turns in states:
        given_ = tuple(ids.setdefault(id(turn), NoteId(f"n{len(ids)}")) for turn in turns)
        if is_passed_on:
            given_ = Runs((blocks.setdefault(one, (one,)), 0, 1) for one in given_)
        snapshot = replace(snapshot_of(turns), note_ids=given_)
        with patch.object(index, "FEW", few), patch.object(counts, "FEW", few or 1):
            words_ = updated(words_, snapshot)
        turns_ = turn_index(snapshot, words_.notes, before=turns_)
        fresh = updated(None, snapshot)
        assert_same(words_, fresh)
        assert_same(turns_, turn_index(snapshot, fresh.notes))


def beside_turns(passages, turns):
    """Return a snapshot of passages, given by id, and of turns."""
    snapshot = snapshot_of_passages(passages | {name: (None, text) for name, text in turns.items()})
    return replace(
        snapshot, is_turn=np.array([id_ in turns for id_ in snapshot.note_ids], np.bool_)
    )


def snapshot_with_ids(turns):
    """Return a snapshot of turns whose ids say what their texts are, as in a store."""
    snapshot = snapshot_of(turns)
    ids = tuple(NoteId(f"n{i}{text_hash(turn.text)}") for i, turn in enumerate(turns))
    return replace(snapshot, note_ids=ids)


@settings(max_examples=40)
@given(CORPORA, CORPORA)
def test_names_are_found_alike_whatever_was_known_before(before, after):
    old = updated(None, snapshot_of_passages(before))
    snapshot = snapshot_of_passages(after)
    everything = np.arange(len(snapshot.note_ids))
    fresh = links_of(updated(None, snapshot), snapshot, everything)
    assert_same(links_of(updated(old, snapshot), snapshot, everything), fresh)


@settings(max_examples=80)
@given(CORPORA, SAID, SAID)
def test_passages_are_derived_alike_whatever_was_said_beside_them(passages, said, said_later):
    before, after = (beside_turns(passages, turns) for turns in (said, said_later))
    old = updated(None, before)
    earlier = passages_of(old, before), before
    grown = passages_of(updated(old, after), after, earlier)
    assert_same(grown, passages_of(updated(None, after), after))


@settings(max_examples=200)
@given(st.lists(st.tuples(CORPORA, SAID, LEAVE), min_size=2, max_size=4), st.sampled_from([2, 120]))
def test_passages_that_come_and_go_again_and_again_are_derived_alike(states, most):
    """With turns and passages more or less each time, and names that come into more notes than
    counts, or into less."""
    passages, said, before = {}, {}, None
    few = patch.object(links, "MAX_DF", most), patch.object(again, "MAX_DF", most)
    with few[0], few[1], patch.object(again, "MOST", 0):
        for more, also, leave in states:
            passages, said = (
                {name: one for name, one in had.items() if name[0] not in leave} | new
                for had, new in ((passages, more), (said, also))
            )
            snapshot = beside_turns(passages, said)
            words_ = updated(None if before is None else before[2], snapshot)
            found = passages_of(words_, snapshot, None if before is None else before[:2])
            assert_same(found, passages_of(updated(None, snapshot), snapshot))
            before = found, snapshot, words_


@settings(max_examples=40)
@given(CORPORA, TEXTS, st.sets(st.sampled_from("abcdefgh")))
def test_a_part_scores_as_if_the_rest_were_not_there(corpus, question, kept):
    snapshot = snapshot_of_passages(corpus)
    notes = np.array([i for i, name in enumerate(snapshot.note_ids) if name[0] in kept], np.int64)
    part = part_of(updated(None, snapshot), notes)
    alone = updated(None, snapshot_of_passages({k: v for k, v in corpus.items() if k[0] in kept}))
    asked, asked_alone = terms_of(question, part), terms_of(question, alone)
    for channel in ("note_bm25", "sentence_bm25", "sentence_cosine"):
        one, two = getattr(part, channel)(asked), getattr(alone, channel)(asked_alone)
        np.testing.assert_array_equal(one, two, err_msg=channel)
    one = part.sentence_trigrams(part.term_likeness(asked))
    two = alone.sentence_trigrams(alone.term_likeness(asked_alone))
    np.testing.assert_array_equal(one, two)
