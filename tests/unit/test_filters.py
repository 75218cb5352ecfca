"""A condition on metadata: what meets it and what says nothing to it."""

import pytest

from graphmem.filters import Condition


@pytest.mark.parametrize(
    ("operator", "values", "meets", "fails"),
    [
        ("=", ("sms",), ["sms", ["mail", "sms"]], ["SMS", None, ["mail"], {"sms": 1}, []]),
        ("=", (2020, "2020"), [2020, 2020.0, "2020"], [True, "2021"]),
        ("=", (True,), [True], [1, "true"]),
        ("=", (None,), [None], [0, "", False]),
        ("!=", ("sms",), ["mail", 3, None, []], ["sms", ["mail", "sms"]]),
        (">=", (2020,), [2020, 2024.5, [1, 2021]], [2019, "2021", True, None]),
        ("<", ("2024-05",), ["2024-04-30", "1999"], ["2024-05-01", 3]),
    ],
)
def test_only_values_of_the_same_kind_meet_a_condition(operator, values, meets, fails):
    condition = Condition("key", operator, values)
    assert [value for value in [*meets, *fails] if condition.is_met(value)] == meets
