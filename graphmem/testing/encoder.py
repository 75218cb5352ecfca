"""The encoder contract: what every encoder must do, as a class of tests."""

import random
from collections.abc import Sequence

import numpy as np
import pytest

from graphmem.arrays import TokenVectors
from graphmem.contracts import Encoder, TokenEncoder
from graphmem.registry import open_encoder

TEXTS: Sequence[str] = (
    "Ana moved to Lisbon in May.",
    "",
    "Her brother Rui stayed in Porto, where he teaches music at a small school.",
    "   \n\t ",
    "北京大学 and Müller met Иван Петров 🙂",
    "שלום עולם",
    "a\x00b \ud800",
    "Ana moved to Lisbon in May.",
    "?",
)
"""Short, long, blank, repeated, of many scripts, with characters that cannot be written."""

LADDER: Sequence[str] = [
    " ".join([word] * n) for n in (*range(1, 13), 34, 57, 60, 90) for word in ("sail", "tea")
]
"""Two texts of each length, so that texts of one length can meet in a batch. Kernels of a matrix
product change with its rows, in some libraries at 8 to 10 and at 57."""


def token_bits(tokens: TokenVectors) -> bytes:
    """Return all that an encoder says of one text."""
    return tokens.whole.tobytes() + tokens.rows.tobytes() + tokens.spans.tobytes()


class EncoderContract:
    """What every encoder promises: subclass it, say `new_encoder`, and pytest runs it all."""

    @classmethod
    def new_encoder(cls) -> Encoder:
        """Return the encoder; it is opened once for all tests of the class."""
        raise NotImplementedError("the class of tests must say how its encoder is opened")

    @pytest.fixture(scope="class")
    @classmethod
    def encoder(cls) -> Encoder:
        """Return the encoder of the class."""
        return cls.new_encoder()

    def test_the_registry_takes_it(self, encoder: Encoder) -> None:
        assert open_encoder(encoder) is encoder

    def test_rows_are_float32_of_length_one(self, encoder: Encoder) -> None:
        rows = encoder.encode(TEXTS)
        assert rows.dtype == np.float32
        assert rows.shape == (len(TEXTS), encoder.dim)
        assert np.linalg.norm(rows.astype(np.float64), axis=1) == pytest.approx(1.0, abs=1e-6)

    def test_no_texts_give_no_rows(self, encoder: Encoder) -> None:
        assert encoder.encode([]).shape == (0, encoder.dim)

    def test_a_text_has_the_same_bits_alone_and_in_any_batch(self, encoder: Encoder) -> None:
        together = encoder.encode(TEXTS)
        backwards = encoder.encode(TEXTS[::-1])[::-1]
        alone = np.vstack([encoder.encode([text]) for text in TEXTS])
        assert np.array_equal(together, backwards)
        assert np.array_equal(together, alone)

    @pytest.mark.parametrize("size", [1, 3, 32])
    def test_rows_and_tokens_have_the_same_bits_in_batches_of_any_size_and_order(
        self, encoder: Encoder, size: int
    ) -> None:
        shuffled = random.Random(size).sample(LADDER, len(LADDER))
        batches = [shuffled[at : at + size] for at in range(0, len(shuffled), size)]
        rows = dict(zip(LADDER, encoder.encode(LADDER), strict=True))
        for batch in batches:
            assert np.array_equal(encoder.encode(batch), [rows[text] for text in batch])
        if isinstance(encoder, TokenEncoder):
            tokens = dict(zip(LADDER, encoder.encode_tokens(LADDER), strict=True))
            for batch in batches:
                for text, found in zip(batch, encoder.encode_tokens(batch), strict=True):
                    assert token_bits(found) == token_bits(tokens[text])
                    assert np.array_equal(found.whole, rows[text])

    def test_an_encoder_that_tells_its_tokens_gives_the_same_rows_with_them(
        self, encoder: Encoder
    ) -> None:
        if not isinstance(encoder, TokenEncoder):
            pytest.skip("returns no tokens")
        found = encoder.encode_tokens(TEXTS)
        assert np.array_equal(np.array([one.whole for one in found]), encoder.encode(TEXTS))
        for text, one in zip(TEXTS, found, strict=True):
            (alone,) = encoder.encode_tokens([text])
            assert np.array_equal(one.rows, alone.rows)
            assert np.array_equal(one.spans, alone.spans)
            assert one.rows.shape == (len(one.spans), encoder.dim)
            assert (one.spans[:, 1] <= len(text)).all()

    def test_no_texts_have_no_tokens(self, encoder: Encoder) -> None:
        assert not isinstance(encoder, TokenEncoder) or encoder.encode_tokens([]) == []

    def test_rows_keep_the_order_of_the_texts(self, encoder: Encoder) -> None:
        moved, brother = encoder.encode([TEXTS[0], TEXTS[2]])
        asked = encoder.encode(["Ana's move to Lisbon"])[0]
        assert asked @ moved > asked @ brother

    def test_blank_texts_are_like_each_other(self, encoder: Encoder) -> None:
        empty, blank = encoder.encode(["", "  \n"])
        assert empty @ blank == pytest.approx(1.0, abs=1e-3)

    def test_a_megabyte_in_one_text_is_encoded(self, encoder: Encoder) -> None:
        long = "Ana moved to Lisbon in May. " * 40_000
        assert np.linalg.norm(encoder.encode([long])) == pytest.approx(1.0, abs=1e-5)

    def test_its_identity_opens_it_again(self, encoder: Encoder) -> None:
        again = open_encoder(encoder.name)
        for member in ("name", "dim", "keeps_vectors"):
            assert getattr(again, member) == getattr(encoder, member)
