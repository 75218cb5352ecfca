"""What every encoder that the registry names must do."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmem.contracts import Encoder, TokenEncoder
from graphmem.errors import MissingExtraError
from graphmem.providers.encoders.cached import cached
from graphmem.registry import BUILT_IN, open_encoder
from graphmem.rules.embed import RuleEncoder

NAMES = {
    "rules": "rules",
    "minilm": "minilm",
    "sentence-transformers": "sentence-transformers:all-MiniLM-L6-v2",
    "onnx": "onnx:all-MiniLM-L6-v2",
}
TEXTS = [
    "Ana moved to Lisbon in May.",
    "",
    "Her brother Rui stayed in Porto, where he teaches music at a small school.",
    "   \n\t ",
    "北京大学 and Müller met Иван Петров 🙂",
    "שלום עולם",
    "a\x00b \ud800",
    "Ana moved to Lisbon in May.",
    "?",
]


def _opened(name: str) -> Encoder:
    if name == "cached":
        return cached(RuleEncoder())
    try:
        return open_encoder(NAMES[name])
    except MissingExtraError as error:
        pytest.skip(str(error))


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(name, marks=() if name in ("rules", "cached") else pytest.mark.models)
        for name in [*sorted(BUILT_IN["encoder"]), "cached"]
    ],
)
def encoder(request: pytest.FixtureRequest) -> Iterator[Encoder]:
    return _opened(request.param)


def test_rows_are_float32_of_length_one(encoder):
    rows = encoder.encode(TEXTS)
    assert rows.dtype == np.float32
    assert rows.shape == (len(TEXTS), encoder.dim)
    assert np.linalg.norm(rows.astype(np.float64), axis=1) == pytest.approx(1.0, abs=1e-6)


def test_no_texts_give_no_rows(encoder):
    assert encoder.encode([]).shape == (0, encoder.dim)


def test_a_text_has_the_same_bits_alone_and_in_any_batch(encoder):
    together = encoder.encode(TEXTS)
    backwards = encoder.encode(TEXTS[::-1])[::-1]
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    assert np.array_equal(together, backwards)
    assert np.array_equal(together, alone)


def test_an_encoder_that_tells_its_tokens_gives_the_same_rows_with_them(encoder):
    if not isinstance(encoder, TokenEncoder):
        pytest.skip("tells no tokens")
    found = encoder.encode_tokens(TEXTS)
    assert np.array_equal(np.array([one.whole for one in found]), encoder.encode(TEXTS))
    for text, one in zip(TEXTS, found, strict=True):
        (alone,) = encoder.encode_tokens([text])
        assert np.array_equal(one.rows, alone.rows)
        assert np.array_equal(one.spans, alone.spans)
        assert one.rows.shape == (len(one.spans), encoder.dim)
        assert (one.spans[:, 1] <= len(text)).all()


def test_no_texts_have_no_tokens(encoder):
    assert not isinstance(encoder, TokenEncoder) or encoder.encode_tokens([]) == []


def test_rows_keep_the_order_of_the_texts(encoder):
    moved, brother = encoder.encode([TEXTS[0], TEXTS[2]])
    asked = encoder.encode(["Ana's move to Lisbon"])[0]
    assert asked @ moved > asked @ brother


def test_blank_texts_are_like_each_other(encoder):
    empty, blank = encoder.encode(["", "  \n"])
    assert empty @ blank == pytest.approx(1.0, abs=1e-3)


def test_a_megabyte_in_one_text_is_encoded(encoder):
    long = "Ana moved to Lisbon in May. " * 40_000
    assert np.linalg.norm(encoder.encode([long])) == pytest.approx(1.0, abs=1e-5)


def test_its_identity_opens_it_again(encoder):
    again = open_encoder(encoder.name)
    for member in ("name", "dim", "keeps_vectors"):
        assert getattr(again, member) == getattr(encoder, member)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(st.characters(codec=None)), max_size=5))
def test_the_rule_encoder_takes_any_text(texts):
    rows = RuleEncoder().encode(texts)
    assert np.linalg.norm(rows.astype(np.float64), axis=1) == pytest.approx(1.0, abs=1e-6)
    for text, row in zip(texts, rows, strict=True):
        assert np.array_equal(RuleEncoder().encode([text])[0], row)


def test_every_registered_encoder_is_tested_here():
    assert set(NAMES) == set(BUILT_IN["encoder"])
