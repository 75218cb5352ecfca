"""What every encoder promises, for each of graphmem's own."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmem.contracts import Encoder
from graphmem.registry import BUILT_IN
from graphmem.rules.embed import RuleEncoder
from graphmem.testing import EncoderContract
from tests.contract.encoded import AVX2, ENCODERS, in_process, opened

PRECISIONS = ["sentence-transformers/float32", "sentence-transformers/bfloat16"]


class TestRules(EncoderContract):
    @classmethod
    def new_encoder(cls) -> Encoder:
        return opened("rules")


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
class TestSentenceTransformersInFloat32(EncoderContract):
    @classmethod
    def new_encoder(cls) -> Encoder:
        return opened(PRECISIONS[0])


@pytest.mark.models
class TestSentenceTransformersInBfloat16(EncoderContract):
    @classmethod
    def new_encoder(cls) -> Encoder:
        return opened(PRECISIONS[1])


@pytest.mark.models
class TestOnnx(EncoderContract):
    @classmethod
    def new_encoder(cls) -> Encoder:
        return opened("onnx")


@pytest.mark.models
@pytest.mark.parametrize("kind", ["onnx", "sentence-transformers"])
def test_rows_and_tokens_have_the_same_bits_with_any_number_of_threads(kind: str) -> None:
    names = PRECISIONS if kind == "sentence-transformers" else [kind]
    opened(names[0])
    one, three = (in_process(names, {"OMP_NUM_THREADS": count}) for count in "13")
    assert one == three


@pytest.mark.models
def test_a_text_has_the_same_bits_in_any_batch_on_a_processor_without_avx512() -> None:
    opened(PRECISIONS[0])
    for at_once, alone in in_process(PRECISIONS, AVX2).values():
        assert at_once == alone


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(st.characters(codec=None)), max_size=5))
def test_the_rule_encoder_takes_any_text(texts: list[str]) -> None:
    rows = RuleEncoder().encode(texts)
    assert np.linalg.norm(rows.astype(np.float64), axis=1) == pytest.approx(1.0, abs=1e-6)
    for text, row in zip(texts, rows, strict=True):
        assert np.array_equal(RuleEncoder().encode([text])[0], row)


def test_every_registered_encoder_is_tested_here() -> None:
    assert {name.partition("/")[0] for name in ENCODERS} == set(BUILT_IN["encoder"])
