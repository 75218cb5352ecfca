"""How often one caller may ask."""

import pytest

from graphmem.server.rates import UNKNOWN, Rates
from graphmem.server.refused import RefusedError


def test_one_too_many_waits_until_the_bucket_fills_again() -> None:
    now = [0.0]
    rates = Rates(30, lambda: now[0])
    for _ in range(30):
        rates.take("phone")
    with pytest.raises(RefusedError, match="30 requests a minute") as caught:
        rates.take("phone")
    assert (caught.value.status, caught.value.wait) == (429, 2)
    rates.take("laptop")
    rates.take(UNKNOWN)
    now[0] += caught.value.wait
    rates.take("phone")
    with pytest.raises(RefusedError):
        rates.take("phone")


def test_a_bucket_holds_a_minutes_requests_and_no_more() -> None:
    now = [0.0]
    rates = Rates(5, lambda: now[0])
    rates.take("phone")
    now[0] += 86_400
    for _ in range(5):
        rates.take("phone")
    with pytest.raises(RefusedError):
        rates.take("phone")
