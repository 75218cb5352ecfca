"""What an encoder makes of texts of many lengths, as hashes: all at once, and each text alone.

    python -m tests.contract.encoded onnx sentence-transformers/float32

Prints one JSON object, `{name: [hash all at once, hash one by one]}`. A process of its own, since
the number of threads and the processor's instructions are settled when a library is loaded.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from itertools import chain

import pytest

from graphmem.contracts import Encoder, TokenEncoder
from graphmem.errors import MissingExtraError
from graphmem.registry import open_encoder
from graphmem.testing.encoder import LADDER, token_bits
from tests.conftest import ROOT

MODEL = "all-MiniLM-L6-v2"
ENCODERS = {
    "rules": "rules",
    "minilm": "minilm",
    "onnx": f"onnx:{MODEL}",
    "sentence-transformers": f"sentence-transformers:{MODEL}",
    "sentence-transformers/float32": "",
    "sentence-transformers/bfloat16": "",
}
"""Every encoder that the registry names, and each precision of one that chooses by processor."""
AVX2 = {
    "ONEDNN_MAX_CPU_ISA": "AVX2",
    "ATEN_CPU_CAPABILITY": "avx2",
    "MKL_ENABLE_INSTRUCTIONS": "AVX2",
    "OPENBLAS_CORETYPE": "Haswell",
}
"""What makes torch and numpy compute as on an x86 processor without AVX-512 and bfloat16."""


def opened(name: str) -> Encoder:
    """Open an encoder by its name here; skip the test where its library is absent."""
    kind, _, precision = name.partition("/")
    try:
        if precision:
            from graphmem.providers.encoders.sentence_transformers import (
                SentenceTransformerEncoder,
            )

            half = precision == "bfloat16"
            return SentenceTransformerEncoder(MODEL, precision="bfloat16" if half else "float32")
        return open_encoder(ENCODERS[kind])
    except MissingExtraError as error:
        pytest.skip(str(error))


def in_process(names: Sequence[str], settings: Mapping[str, str]) -> dict[str, list[str]]:
    """Return what this module prints in a process with these environment variables."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.contract.encoded", *names],
        check=True,
        capture_output=True,
        env={**os.environ, **settings},
        cwd=ROOT,
        text=True,
    )
    found: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return found


def bits(encoder: Encoder, batches: Sequence[Sequence[str]]) -> str:
    """Return a hash of the rows and tokens of all texts, encoded batch by batch."""
    whole = blake2b(digest_size=8)
    for batch in batches:
        whole.update(encoder.encode(batch).tobytes())
    if isinstance(encoder, TokenEncoder):
        for one in chain.from_iterable(encoder.encode_tokens(batch) for batch in batches):
            whole.update(token_bits(one))
    return whole.hexdigest()


def main() -> None:
    """Print the hashes of the encoders named on the command line."""
    found = {}
    for name in sys.argv[1:]:
        encoder = opened(name)
        found[name] = [bits(encoder, [LADDER]), bits(encoder, [[text] for text in LADDER])]
    print(json.dumps(found))  # noqa: T201 - read by the process that started this one


if __name__ == "__main__":
    main()
