"""The encoder's share of a block's seconds is kept apart."""

import pytest

from graphmem.evaluate.measure.stopwatch import Stopwatch
from graphmem.evaluate.systems.encoding import TimedEncoder
from graphmem.rules.embed import RuleEncoder


def test_encoding_counts_as_the_model_s_time_and_not_as_the_block_s() -> None:
    encoder = TimedEncoder(RuleEncoder())
    encoder.lookup_seconds, encoder.model_seconds = 7.0, 3.0
    with Stopwatch(encoder) as watch:
        encoder.lookup_seconds += 100  # as if the block had spent that long in `encode`
        encoder.model_seconds += 2
    assert watch.took.encode_seconds == pytest.approx(2)
    assert -100 <= watch.took.seconds < -50  # the block itself took no hundred seconds
