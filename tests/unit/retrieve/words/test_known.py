"""The places of ids that were there before, whatever came, went or moved."""

from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.words import known
from graphmem.retrieve.words.known import rows_before

IDS = st.lists(st.integers(0, 60).map(str), unique=True)


@given(IDS, IDS, st.integers(1, 9))
def test_each_id_has_its_place_before_or_none(before, now, step):
    kept, known.STEP = known.STEP, step
    try:
        rows = rows_before(tuple(before), tuple(now)).tolist()
    finally:
        known.STEP = kept
    assert rows == [before.index(id_) if id_ in before else -1 for id_ in now]


@given(IDS, st.integers(0, 60), IDS)
def test_what_was_put_in_between_is_new_and_all_else_is_where_it_was(before, at, added):
    fresh = [f"new {id_}" for id_ in added]
    now = [*before[:at], *fresh, *before[at:]]
    rows = rows_before(tuple(before), tuple(now)).tolist()
    assert [row for row in rows if row >= 0] == list(range(len(before)))
    assert rows.count(-1) == len(fresh)
