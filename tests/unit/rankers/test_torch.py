"""torch: blocks that fit a budget, the processor's scores, devices."""

import sys

import numpy as np
import pytest

from graphmem.errors import MissingExtraError
from graphmem.rankers.power import PowerRanker
from graphmem.rankers.torch import TorchRanker, cuda_devices
from tests.unit.rankers.graphs import skewed


def rows(count):
    """Return restarts over the 300 nodes of `skewed`."""
    drawn = np.random.default_rng(2).random((count, 300)) ** 8
    return drawn / drawn.sum(axis=1, keepdims=True)


def test_blocks_that_fit_the_memory_give_what_one_block_gives():
    pytest.importorskip("torch")
    small = TorchRanker(device="cpu", memory_bytes=3 * 4 * 300 * 8)
    assert small.block(300) == 3
    steps, restarts = skewed(), rows(8)
    for one, other in zip(
        small.rank(steps, restarts), PowerRanker().rank(steps, restarts), strict=True
    ):
        np.testing.assert_allclose(one.scores, other.scores, atol=1e-8)


def test_a_device_that_is_not_there_is_refused():
    pytest.importorskip("torch")
    if cuda_devices():
        pytest.skip("a CUDA device is here")
    with pytest.raises(ValueError, match="no CUDA device answers to 'cuda:9'"):
        TorchRanker(device="cuda:9")


def test_a_gpu_agrees_with_the_processor():
    if not cuda_devices():
        pytest.skip("no CUDA device")
    steps, restarts = skewed(n=20_000, m=200_000), np.eye(20_000)[:64]
    gpu = TorchRanker(device="cuda").rank(steps, restarts)
    for one, other in zip(gpu, PowerRanker().rank(steps, restarts), strict=True):
        assert np.abs(one.scores - other.scores).max() <= 1e-6
        assert set(np.argsort(-one.scores)[:20]) == set(np.argsort(-other.scores)[:20])


def test_without_the_library_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    assert cuda_devices() == 0
    with pytest.raises(MissingExtraError, match=r"graphmem\[models\]"):
        TorchRanker()
