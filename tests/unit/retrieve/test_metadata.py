"""A column of metadata meets conditions as each of its values alone does."""

from itertools import product

import pytest

from graphmem.filters import OPERATORS, ORDERS, Condition
from graphmem.retrieve.metadata import LONGEST_TEXT, Values, written

VALUES = [
    "sms", "2020", "", 0, 1, 2, 2.0, 2.5, -3, True, False, None, 2**53, 2**53 + 1, 2**60, "2020-05",
    ["sms", "mail"], [1, 5], [], {"inner": 1},
]  # fmt: skip
BOUNDS = ["sms", "2020", "x" * (LONGEST_TEXT + 1), 1, 2, 2.5, True, None, 2**53 + 1, 2**60]


def column_of(values):
    read = Values(len(values) + 1)  # the last note has no such key
    for row, value in enumerate(values):
        read.put(row, value)
    return read.column()


@pytest.mark.parametrize(("operator", "bound"), list(product(OPERATORS, BOUNDS)))
@pytest.mark.parametrize("more", [[], ["y" * (LONGEST_TEXT + 1)]])
def test_a_condition_is_met_as_each_value_alone_meets_it(operator, bound, more):
    condition = Condition("key", operator, (bound,))
    values = [*VALUES, *more]
    met = column_of(values).where(condition).tolist()
    assert met == [*(condition.is_met(value) for value in values), False]


@pytest.mark.parametrize("operator", [sign for sign in OPERATORS if sign not in ORDERS])
def test_one_of_several_values_will_do_and_none_of_them_may_be_there(operator):
    condition = Condition("key", operator, ("sms", 2, None))
    met = column_of(VALUES).where(condition).tolist()
    assert met == [*(condition.is_met(value) for value in VALUES), False]


def test_equal_numbers_are_written_alike_and_nothing_else_is():
    assert written(2) == written(2.0)
    assert len({written(value) for value in VALUES}) == len(VALUES) - 1
