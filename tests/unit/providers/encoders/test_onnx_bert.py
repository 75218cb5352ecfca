"""The ONNX graph of a BERT, written from its weights."""

import json
from importlib.util import find_spec
from math import erf

import numpy as np
import pytest

from graphmem.errors import ConfigError
from graphmem.providers.encoders.minilm import SESSION_NEEDS
from graphmem.providers.encoders.onnx import _session
from graphmem.providers.encoders.onnx_bert import bert_graph

pytestmark = [
    pytest.mark.models,
    pytest.mark.skipif(
        not all(map(find_spec, SESSION_NEEDS)), reason="needs pip install 'graphmem[onnx]'"
    ),
]

WIDTH, HEADS, INNER, WORDS, PLACES = 4, 2, 6, 5, 7
CONFIG = {
    "model_type": "bert",
    "hidden_act": "gelu",
    "num_hidden_layers": 1,
    "num_attention_heads": HEADS,
    "layer_norm_eps": 1e-12,
}


def small_bert(folder, **changed):
    """Write a BERT of one layer with weights from a seed."""
    from safetensors.numpy import save_file

    rng = np.random.default_rng(0)
    layer = "encoder.layer.0."
    shapes = {
        "embeddings.word_embeddings.weight": (WORDS, WIDTH),
        "embeddings.position_embeddings.weight": (PLACES, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
        f"{layer}attention.output.dense.weight": (WIDTH, WIDTH),
        f"{layer}attention.output.dense.bias": (WIDTH,),
        f"{layer}intermediate.dense.weight": (INNER, WIDTH),
        f"{layer}intermediate.dense.bias": (INNER,),
        f"{layer}output.dense.weight": (WIDTH, INNER),
        f"{layer}output.dense.bias": (WIDTH,),
    }
    for part in ("query", "key", "value"):
        shapes[f"{layer}attention.self.{part}.weight"] = (WIDTH, WIDTH)
        shapes[f"{layer}attention.self.{part}.bias"] = (WIDTH,)
    for norm in ("embeddings.", f"{layer}attention.output.", f"{layer}output."):
        shapes[f"{norm}LayerNorm.weight"] = (WIDTH,)
        shapes[f"{norm}LayerNorm.bias"] = (WIDTH,)
    weights = {name: rng.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    save_file(weights, folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps({**CONFIG, **changed}), "utf-8")
    return weights


def normed(rows, weights, part):
    """Layer norm, written as in the paper."""
    centred = rows - rows.mean(axis=-1, keepdims=True)
    unit = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
    return unit * weights[f"{part}LayerNorm.weight"] + weights[f"{part}LayerNorm.bias"]


def by_hand(weights, ids):
    """Return the last states (s, WIDTH) of one text, after Devlin et al. (2019), section 3."""
    w, layer = weights, "encoder.layer.0."
    rows = w["embeddings.word_embeddings.weight"][ids]
    rows = rows + w["embeddings.position_embeddings.weight"][: len(ids)]
    rows = normed(rows + w["embeddings.token_type_embeddings.weight"][0], w, "embeddings.")

    def dense(given, name):
        return given @ w[f"{layer}{name}.weight"].T + w[f"{layer}{name}.bias"]

    q, k, v = (dense(rows, f"attention.self.{part}") for part in ("query", "key", "value"))
    heads, each = [], WIDTH // HEADS
    for h in range(HEADS):
        part = slice(h * each, (h + 1) * each)
        scores = np.exp(q[:, part] @ k[:, part].T / np.sqrt(each))
        heads.append(scores / scores.sum(axis=1, keepdims=True) @ v[:, part])
    attended = dense(np.concatenate(heads, axis=1), "attention.output.dense")
    rows = normed(rows + attended, w, f"{layer}attention.output.")
    inner = dense(rows, "intermediate.dense")
    bent = inner * 0.5 * (1 + np.vectorize(erf)(inner / np.sqrt(2)))
    return normed(rows + dense(bent, "output.dense"), w, f"{layer}output.")


def test_the_graph_computes_what_the_paper_says(tmp_path):
    weights = small_bert(tmp_path)
    opened = _session(tmp_path / "model.safetensors")
    ids = np.array([[1, 4, 2], [3, 0, 1]])
    (states,) = opened.run(None, {"ids": ids})
    for found, line in zip(states, ids, strict=True):
        assert found == pytest.approx(by_hand(weights, line), abs=1e-5)


@pytest.mark.parametrize("changed", [{"model_type": "roberta"}, {"hidden_act": "relu"}])
def test_another_architecture_is_refused(tmp_path, changed):
    small_bert(tmp_path, **changed)
    with pytest.raises(ConfigError, match="describes no BERT with gelu"):
        bert_graph(tmp_path)
