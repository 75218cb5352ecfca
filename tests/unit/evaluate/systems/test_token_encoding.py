"""The encoder that remembers tokens: each text once, from disk in a later run, signs exact."""

import numpy as np
import pytest

from graphmem.evaluate.systems.encoding import TimedEncoder
from graphmem.evaluate.systems.token_encoding import TimedTokenEncoder, halved, timed_encoder
from graphmem.ingest.embed import signs_in_words
from graphmem.rules.embed import RuleEncoder
from tests.spelled import SpelledEncoder

TEXTS = ["I sail boats.", "", "I make pottery.", "I sail boats."]


def test_an_encoder_is_wrapped_as_what_it_is():
    assert isinstance(timed_encoder(SpelledEncoder()), TimedTokenEncoder)
    assert type(timed_encoder(RuleEncoder())) is TimedEncoder


def test_each_text_is_encoded_once_whichever_is_asked_first():
    inner = SpelledEncoder()
    timed = timed_encoder(inner)
    timed.encode_tokens(TEXTS)
    timed.encode_tokens(TEXTS[:1])
    rows = timed.encode(TEXTS)
    assert sorted(inner.asked) == sorted(["warm", *TEXTS[:3]])
    np.testing.assert_array_equal(rows, SpelledEncoder().encode(TEXTS))


def test_rows_are_exact_and_tokens_in_half_precision_with_their_own_signs():
    found = timed_encoder(SpelledEncoder()).encode_tokens(TEXTS)
    for text, ours, theirs in zip(TEXTS, found, SpelledEncoder().encode_tokens(TEXTS), strict=True):
        np.testing.assert_array_equal(ours.whole, theirs.whole)
        np.testing.assert_array_equal(ours.spans, theirs.spans)
        np.testing.assert_allclose(ours.rows, theirs.rows, atol=1e-3)
        np.testing.assert_array_equal(signs_in_words(text, ours), signs_in_words(text, theirs))


def test_what_half_precision_cannot_hold_keeps_its_sign():
    rows = np.array([[1e-12, -1e-12, 0.0, 0.5]], np.float32)
    np.testing.assert_array_equal(halved(rows) > 0, rows > 0)


def test_a_later_run_reads_tokens_and_times_from_disk(tmp_path):
    first = timed_encoder(SpelledEncoder(), tmp_path)
    first.encode(TEXTS[:1])
    before = first.encode_tokens(TEXTS)
    first.flush()
    first.encode(["Another."])
    first.flush()
    inner = SpelledEncoder()
    later = timed_encoder(inner, tmp_path)
    for one, other in zip(later.encode_tokens(TEXTS), before, strict=True):
        for part in ("whole", "rows", "spans"):
            np.testing.assert_array_equal(getattr(one, part), getattr(other, part))
    later.encode(["Another."])
    assert inner.asked == []
    assert later.model_seconds > 0


def test_vectors_kept_before_tokens_were_asked_for_are_read(tmp_path):
    plain = TimedEncoder(SpelledEncoder(), tmp_path)
    rows = plain.encode(TEXTS)
    plain.flush()
    later = timed_encoder(SpelledEncoder(), tmp_path)
    np.testing.assert_array_equal(later.encode(TEXTS), rows)
    assert len(later.encode_tokens(TEXTS)[0].rows) == 4


def test_time_is_that_of_the_model(tmp_path):
    timed = timed_encoder(SpelledEncoder())
    timed.encode_tokens(TEXTS)
    once = timed.model_seconds
    timed.encode_tokens(TEXTS)
    assert timed.model_seconds == pytest.approx(2 * once)
    assert timed.lookup_seconds > once / 2
