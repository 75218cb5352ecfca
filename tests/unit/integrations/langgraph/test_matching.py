"""Filters and namespaces as values; on a store they are in tests/conformance."""

import pytest

pytest.importorskip("langgraph", reason="needs the extra `langgraph`")

from langgraph.store.base import ListNamespacesOp

from graphmem.integrations.langgraph.matching import checked_filter, is_under, listed, meets


@pytest.mark.parametrize(
    ("conditions", "is_met"),
    [
        ({"n": 1}, True),
        ({"n": 1.0}, True),
        ({"n": True}, False),
        ({"n": "1"}, False),
        ({"yes": 1}, False),
        ({"list": [1, 2]}, True),
        ({"list": [2, 1]}, False),
        ({"none": None}, True),
        ({"gone": None}, False),
        ({"none": {"$ne": 1}}, True),
        ({"inside": {"n": {"$gt": 4}}}, True),
        ({"inside.n": {"$gt": 5}}, False),
        ({"inside": {"n": 5, "gone": 1}}, False),
        ({"text": {"$gt": "a", "$lt": "c"}}, True),
        ({}, True),
    ],
)
def test_a_condition_compares_what_json_knows(conditions, is_met):
    value = {"n": 1, "yes": True, "list": [1, 2], "none": None, "inside": {"n": 5}, "text": "b"}
    assert meets(value, conditions) is is_met


def test_an_unknown_operator_names_what_there_is():
    with pytest.raises(ValueError, match=r"no filter '\$gtt'; did you mean '\$gt'"):
        checked_filter({"n": {"$gtt": 1}})


def test_a_prefix_is_whole_labels():
    assert is_under(("a", "b"), ("a",))
    assert is_under(("a",), ())
    assert not is_under(("ab",), ("a",))


def test_depth_is_cut_before_counting():
    found = {("a", "b"), ("a", "c"), ("d",)}
    assert listed(found, ListNamespacesOp(max_depth=1, limit=2)) == [("a",), ("d",)]
