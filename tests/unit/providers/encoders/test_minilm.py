"""The recommended model: two libraries, one vector space."""

import numpy as np
import pytest

from graphmem.providers.encoders import minilm
from graphmem.providers.encoders.sentence_transformers import SentenceTransformerEncoder
from graphmem.registry import open_encoder
from tests.unit.providers.encoders.conftest import TEXTS, needs_onnx, needs_torch

pytestmark = pytest.mark.models


@needs_onnx
@needs_torch
def test_the_session_gives_the_vectors_of_torch(session, exact):
    assert session.name == exact.name == "minilm@all-MiniLM-L6-v2"
    assert session.encode(TEXTS) == pytest.approx(exact.encode(TEXTS), abs=1e-5)
    for ours, theirs in zip(session.encode_tokens(TEXTS), exact.encode_tokens(TEXTS), strict=True):
        assert np.array_equal(ours.spans, theirs.spans)
        assert ours.rows == pytest.approx(theirs.rows, abs=1e-5)


@needs_torch
def test_minilm_falls_back_to_torch_where_the_session_is_not_installed(monkeypatch):
    monkeypatch.setattr(minilm, "SESSION_NEEDS", ("no_such_library",))
    assert isinstance(open_encoder("minilm"), SentenceTransformerEncoder)
