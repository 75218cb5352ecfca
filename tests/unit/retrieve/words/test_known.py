"""The places of ids that were there before, whatever came, went or moved."""

from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.words.known import rows_before
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
