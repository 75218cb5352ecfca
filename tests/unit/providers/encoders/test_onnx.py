"""The ONNX session: tokens in their places, models of other people, what cannot be opened."""

import json
from shutil import copyfile

import numpy as np
import pytest

from graphmem.errors import ConfigError
from graphmem.providers.encoders.packaged import packaged_folder
from graphmem.registry import open_encoder
from tests.unit.providers.encoders.conftest import needs_onnx

pytestmark = pytest.mark.models


@needs_onnx
def test_tokens_stand_where_their_spans_say(session):
    found = session.encode_tokens(["Ana moved\tto Lisbon 🙂 Müller.", ""])
    texts = ["Ana", "moved", "to", "Lisbon", "🙂"]
    assert ["Ana moved\tto Lisbon 🙂 Müller."[a:b] for a, b in found[0].spans][:5] == texts
    assert np.linalg.norm(found[0].rows, axis=1) == pytest.approx(1.0, abs=1e-6)
    assert found[1].rows.shape == (0, session.dim)
    assert found[1].spans.shape == (0, 2)


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
