"""What models share: where one lies, what identifies it, texts made fit and grouped for it."""

import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_DIGEST = re.compile(r"@[0-9a-f]{8}$")


def place(name: str) -> Path | None:
    """Return the file or folder that a name or a recorded identity stands for; None if there is
    none there."""
    for candidate in (name, _DIGEST.sub("", name)):
        path = Path(candidate).expanduser()
        if path.exists():
            return path.resolve()
    return None


def identity(prefix: str, path: Path) -> str:
    """Name the vector space of a model on this disk: `prefix:path@hash of its weights`.

    The path, so that a store can open its encoder again; the hash, so that another model in the
    same place is noticed.
    """
    digest = blake2b(digest_size=4)
    for file in _weights(path):
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return f"{prefix}:{path}@{digest.hexdigest()}"


def _weights(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(file for end in ("safetensors", "bin", "onnx") for file in path.rglob(f"*.{end}"))


def readable(texts: Sequence[str]) -> list[str]:
    """Return the texts with half characters, which no tokenizer takes, as U+FFFD; same lengths."""
    return [_LONE_SURROGATE.sub("\ufffd", text) for text in texts]


def equal_lengths(lengths: Sequence[int], *, size: int) -> Iterator[list[int]]:
    """Yield the places of texts in batches of one length each, at most `size` in a batch.

    Nothing is padded then, which costs no speed, since padding is work too. With onnxruntime a
    text's row is the same, bit for bit, alone and in any such batch; with torch it is not
    (docs/adr/0004).
    """
    order = sorted(range(len(lengths)), key=lambda i: lengths[i])
    start = 0
    for i in range(1, len(order) + 1):
        full = i - start == size
        if i == len(order) or full or lengths[order[i]] != lengths[order[start]]:
            yield order[start:i]
            start = i
