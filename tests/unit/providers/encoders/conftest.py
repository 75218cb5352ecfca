"""MiniLM, opened once by each library for all tests of the encoders."""

from importlib.util import find_spec

import pytest

from graphmem.errors import MissingExtraError
from graphmem.providers.encoders.minilm import SESSION_NEEDS
from graphmem.providers.encoders.onnx import OnnxEncoder
from graphmem.providers.encoders.packaged import packaged_folder
from graphmem.providers.encoders.sentence_transformers import SentenceTransformerEncoder

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


@pytest.fixture(scope="session")
def session() -> OnnxEncoder:
    """MiniLM in an ONNX session."""
    try:
        return OnnxEncoder(MODEL)
    except MissingExtraError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def exact() -> SentenceTransformerEncoder:
    """MiniLM in torch, float32."""
    try:
        return SentenceTransformerEncoder(MODEL, precision="float32")
    except MissingExtraError as error:
        pytest.skip(str(error))
