"""What a small set can tell: intervals that hold, differences that no coin would give."""

from math import comb

import pytest

from graphmem.evaluate.measure.small import least_difference, share_interval, worth


def test_the_interval_of_twelve_of_twenty_is_wilson_s() -> None:
    low, high = share_interval(12, 20)
    assert (round(low, 1), round(high, 1)) == (38.7, 78.1)


@pytest.mark.parametrize(("part", "whole"), [(0, 5), (5, 5), (1, 1), (0, 1)])
def test_none_or_all_of_a_few_is_no_certainty(part: int, whole: int) -> None:
    low, high = share_interval(part, whole)
    assert 0 <= low < high <= 100
    assert high - low > 30


@pytest.mark.parametrize("n", [6, 20, 100, 299, 1_000])
def test_a_coin_gives_the_least_difference_in_fewer_than_one_of_twenty_runs(n: int) -> None:
    least = least_difference(n)
    changed = max(6, round(n / 5))
    losses = (changed - least) // 2
    tail = 2 * sum(comb(changed, lost) for lost in range(losses + 1)) / 2**changed
    next_tail = 2 * sum(comb(changed, lost) for lost in range(losses + 2)) / 2**changed
    assert tail <= 0.05 < next_tail


def test_a_small_set_says_so_and_a_large_one_does_not() -> None:
    assert worth(20) == "20 questions: differences under 6 questions (30 points) mean nothing"
    assert worth(4) == "4 questions: too few for any difference to mean something"
    assert worth(760) == worth(0) == ""
