"""The ONNX graph of a BERT encoder, written from its safetensors weights with no torch installed.

It knows no attention mask: its caller batches texts of one length. The fused operators of
onnxruntime (domain `com.microsoft`) keep it at seven nodes a layer.

*Source:* BERT (Devlin et al. 2019), §3, post-layer-norm; weight names of transformers' BertModel.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.errors import ConfigError, MissingExtraError

OPSET = 17
FUSED = ("Attention", "BiasGelu", "SkipLayerNormalization")
FUSED_DOMAIN = "com.microsoft"

Weights = Mapping[str, NDArray[np.float32]]


def bert_graph(folder: Path) -> bytes:
    """Return the serialised model: `ids` (b, s) int64 to `tokens` (b, s, dim) float32.

    Reads config.json and model.safetensors. Raises ConfigError for another architecture,
    MissingExtraError without onnx or safetensors.
    """
    try:
        import onnx
        from safetensors.numpy import load_file
    except ImportError as error:
        raise MissingExtraError("the ONNX session", "onnx") from error
    described = folder / "config.json"
    config = json.loads(described.read_text("utf-8")) if described.is_file() else {}
    if config.get("model_type") != "bert" or config.get("hidden_act") != "gelu":
        raise ConfigError(f"{folder} describes no BERT with gelu; export a model.onnx into it")
    graph = _Graph(load_file(folder / "model.safetensors"), config)
    states = _embeddings(graph)
    for i in range(config["num_hidden_layers"]):
        states = _layer(graph, states, f"encoder.layer.{i}.")
    graph.nodes[-1].output[0] = "tokens"
    helper, kind = onnx.helper, onnx.TensorProto
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "bert",
            [helper.make_tensor_value_info("ids", kind.INT64, ["b", "s"])],
            [helper.make_tensor_value_info("tokens", kind.FLOAT, ["b", "s", "dim"])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED_DOMAIN, 1)],
        ir_version=8,
    )
    serialised: bytes = model.SerializeToString()
    return serialised


class _Graph:
    """Nodes and constants in the making."""

    def __init__(self, weights: Weights, config: Mapping[str, Any]) -> None:
        self.weights = weights
        self.heads = int(config["num_attention_heads"])
        self.epsilon = float(config["layer_norm_eps"])
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, value: NDArray[Any]) -> str:
        """Store a constant and return its name."""
        from onnx import numpy_helper

        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def weight(self, name: str) -> str:
        """Store a vector of weights as it stands."""
        return self.constant(self.weights[name])

    def matrix(self, name: str) -> str:
        """Store a linear layer's weights (out, in) as (in, out)."""
        return self.constant(self.weights[name].T)

    def node(
        self, operator: str, inputs: list[str], setting: tuple[str, float] | None = None
    ) -> str:
        """Append an operator with at most one setting and return the name of its output."""
        from onnx import helper

        name = f"n{len(self.nodes)}"
        domain = FUSED_DOMAIN if operator in FUSED else ""
        node = helper.make_node(operator, inputs, [name], name, domain=domain)
        if setting:
            node.attribute.append(helper.make_attribute(*setting))
        self.nodes.append(node)
        return name


def _embeddings(graph: _Graph) -> str:
    places = graph.weights["embeddings.position_embeddings.weight"]
    kinds = graph.weights["embeddings.token_type_embeddings.weight"]
    words = graph.node("Gather", [graph.weight("embeddings.word_embeddings.weight"), "ids"])
    length = graph.node("Gather", [graph.node("Shape", ["ids"]), graph.constant(np.array([1]))])
    # Every token is of kind 0, so that its vector is added to the places once and for all.
    table = graph.constant(places + kinds[0])
    place = graph.node("Slice", [table, graph.constant(np.array([0])), length])
    scale, shift = (graph.weight(f"embeddings.LayerNorm.{name}") for name in ("weight", "bias"))
    total = graph.node("Add", [words, place])
    return graph.node("LayerNormalization", [total, scale, shift], ("epsilon", graph.epsilon))


def _layer(graph: _Graph, states: str, layer: str) -> str:
    parts = [f"{layer}attention.self.{part}" for part in ("query", "key", "value")]
    weights = np.concatenate([graph.weights[f"{part}.weight"].T for part in parts], axis=1)
    bias = np.concatenate([graph.weights[f"{part}.bias"] for part in parts])
    attended = graph.node(
        "Attention",
        [states, graph.constant(weights), graph.constant(bias)],
        ("num_heads", graph.heads),
    )
    states = _dense_and_norm(graph, attended, states, f"{layer}attention.output.")
    inner = graph.node("MatMul", [states, graph.matrix(f"{layer}intermediate.dense.weight")])
    bent = graph.node("BiasGelu", [inner, graph.weight(f"{layer}intermediate.dense.bias")])
    return _dense_and_norm(graph, bent, states, f"{layer}output.")


def _dense_and_norm(graph: _Graph, inner: str, states: str, part: str) -> str:
    dense = graph.node("MatMul", [inner, graph.matrix(f"{part}dense.weight")])
    vectors = [f"{part}LayerNorm.weight", f"{part}LayerNorm.bias", f"{part}dense.bias"]
    return graph.node(
        "SkipLayerNormalization",
        [dense, states, *(graph.weight(name) for name in vectors)],
        ("epsilon", graph.epsilon),
    )
