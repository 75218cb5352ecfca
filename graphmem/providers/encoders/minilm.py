"""The recommended model, all-MiniLM-L6-v2 (384 dimensions, 90 MB): which library opens it."""

from importlib.util import find_spec

from graphmem.contracts import Encoder
from graphmem.errors import MissingExtraError
from graphmem.providers.encoders.packaged import NAMES, packaged_folder

SESSION_NEEDS = ("onnx", "onnxruntime", "safetensors", "tokenizers")


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
