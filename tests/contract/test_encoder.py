"""What every encoder promises, for each of graphmem's own."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmem.contracts import Encoder
from graphmem.errors import MissingExtraError
from graphmem.providers.encoders.cached import cached
from graphmem.registry import BUILT_IN, open_encoder
from graphmem.rules.embed import RuleEncoder
from graphmem.testing import EncoderContract

NAMES = {
    "rules": "rules",
    "minilm": "minilm",
    "sentence-transformers": "sentence-transformers:all-MiniLM-L6-v2",
    "onnx": "onnx:all-MiniLM-L6-v2",
}


def opened(name: str) -> Encoder:
    """Open a built-in encoder, or skip the test where its extra is not installed."""
    try:
        return open_encoder(NAMES[name])
    except MissingExtraError as error:
        pytest.skip(str(error))


class TestRules(EncoderContract):
    @classmethod
    def new_encoder(cls) -> Encoder:
        return opened("rules")


class TestCached(EncoderContract):
    @classmethod
    def new_encoder(cls) -> Encoder:
        return cached(RuleEncoder())


@pytest.mark.models
class TestMinilm(EncoderContract):
    @classmethod
    def new_encoder(cls) -> Encoder:
        return opened("minilm")


@pytest.mark.models
class TestSentenceTransformers(EncoderContract):
    @classmethod
    def new_encoder(cls) -> Encoder:
        return opened("sentence-transformers")


@pytest.mark.models
class TestOnnx(EncoderContract):
    @classmethod
    def new_encoder(cls) -> Encoder:
        return opened("onnx")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(st.characters(codec=None)), max_size=5))
def test_the_rule_encoder_takes_any_text(texts: list[str]) -> None:
    rows = RuleEncoder().encode(texts)
    assert np.linalg.norm(rows.astype(np.float64), axis=1) == pytest.approx(1.0, abs=1e-6)
    for text, row in zip(texts, rows, strict=True):
        assert np.array_equal(RuleEncoder().encode([text])[0], row)


def test_every_registered_encoder_is_tested_here() -> None:
    assert set(NAMES) == set(BUILT_IN["encoder"])
