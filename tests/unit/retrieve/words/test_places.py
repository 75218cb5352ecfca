"""Where a text stands among sorted ones is the same, however they are held and whoever looks."""

from bisect import bisect_left

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphmem.retrieve.words import places
from graphmem.retrieve.words.places import place_of
from graphmem.runs import Packed, Runs

TEXTS = st.sets(st.text("aé\0京\ud800", max_size=4)).map(sorted)


def packed(texts):
    coded = [text.encode("utf-8", "surrogatepass") for text in texts]
    raw = np.frombuffer(b"".join(coded), np.uint8)
    return Packed(raw, np.array(list(map(len, coded)), np.int16))


def run_of(texts):
    """Return sorted texts as runs of bytes and of a tuple."""
    cut = len(texts) // 2
    return Runs([(packed(texts), 0, cut), (tuple(texts), cut, len(texts))])


@pytest.mark.parametrize("is_compiled", [True, False])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, st.text("aé\0京\ud800", max_size=4))
def test_it_is_where_halving_finds_it(monkeypatch, is_compiled, texts, wanted):
    if not is_compiled:
        monkeypatch.setattr(places, "kernel", lambda: None)
    at = bisect_left(texts, wanted)
    assert [place_of(held, wanted) for held in (texts, packed(texts), run_of(texts))] == [at] * 3
