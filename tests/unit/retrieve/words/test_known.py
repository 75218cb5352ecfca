"""The places of ids that were there before, whatever came, went or moved."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.words.known import Before, rows_before
from graphmem.runs import Runs

IDS = st.lists(st.integers(0, 60).map(str), unique=True)


@given(IDS, IDS)
def test_each_id_has_its_place_before_or_none(before, now):
    rows = rows_before(tuple(before), tuple(now)).tolist()
    assert rows == [before.index(id_) if id_ in before else -1 for id_ in now]


@given(IDS, st.integers(0, 60), st.integers(0, 60), IDS)
def test_runs_that_stay_are_where_they_were(before, at, gone, added):
    fresh = [f"new {id_}" for id_ in added]
    old = Runs([(tuple(before), 0, len(before))])
    at = min(at, len(before))
    gone = min(at + gone, len(before))
    now = Runs([(old, 0, at), (fresh, 0, len(fresh)), (old, gone, len(before))])
    wanted = [before.index(id_) if id_ in before else -1 for id_ in now]
    assert rows_before(old, now).tolist() == wanted
    assert rows_before(tuple(before), now).tolist() == wanted


@given(IDS, IDS, st.sets(st.integers(0, 60)))
def test_what_stood_before_is_brought_forward_but_for_what_is_put_over_it(before, now, others):
    rows = rows_before(tuple(before), tuple(now))
    at = np.array([n for n, row in enumerate(rows.tolist()) if row < 0 or n in others], np.int64)
    old = np.array([(int(id_), 1) for id_ in before], np.int32).reshape(-1, 2)
    values = np.array([(-int(now[n]), 2) for n in at.tolist()], np.int32).reshape(-1, 2)
    wanted = [[-int(id_), 2] if n in at else [int(id_), 1] for n, id_ in enumerate(now)]
    assert Before.of(rows).put_over(old, at, values).tolist() == wanted


@given(IDS, st.integers(0, 60), st.integers(0, 60), IDS)
def test_what_is_new_what_is_gone_and_what_was_read_anew_is_told_apart(before, at, gone, added):
    old = Runs([(tuple(before), 0, len(before))])
    at = min(at, len(before))
    gone = min(at + gone, len(before))
    fresh = tuple(f"new {id_}" for id_ in added)
    read_anew = tuple(before[at:gone])
    now = Runs(
        [(old, 0, at), (read_anew, 0, gone - at), (fresh, 0, len(fresh)), (old, gone, len(old))]
    )
    stood = Before.between(old, now)
    assert [now[row] for row in stood.new.tolist()] == list(fresh)
    assert [now[row] for row in stood.again.tolist()] == list(read_anew)
    assert stood.gone(len(old)).tolist() == []
    assert stood.is_grown(len(old))
    assert stood.places(np.arange(len(now))).tolist() == stood.rows.tolist()
    fewer = Before.between(now, old)
    assert [now[row] for row in fewer.gone(len(now)).tolist()] == list(fresh)
    assert fewer.is_grown(len(now)) == (not fresh)


@given(IDS, IDS, st.data())
def test_of_some_rows_is_told_where_they_stood_among_some(before, now, data):
    some = data.draw(st.sets(st.sampled_from([*before, *now]))) if before or now else set()
    part, part_before = ([at for at, id_ in enumerate(ids) if id_ in some] for ids in (now, before))
    stood = Before.between(before, now).among(
        np.array(part, np.int64), np.array(part_before, np.int64)
    )
    wanted = rows_before([before[at] for at in part_before], [now[at] for at in part])
    assert stood.rows.tolist() == wanted.tolist()
