"""One file of aligned arrays: a header in JSON, checksums over all of it, read by mapping.

Layout: MAGIC, the format, the lengths of header and arrays, two digests; the header; the arrays,
each at a multiple of ALIGNED bytes. One digest is of the header, and held before that is read; the
other is of the sums of all blocks of the arrays: a changed bit, a missing page and a block in
another's place are seen at the speed of memory. Nothing in the file is executed: it holds numbers,
and JSON that says what they are.
"""

import json
import mmap
import re
import struct
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

MAGIC = b"grMeBase"
FORMAT = 1
ALIGNED = 64
BLOCK = 1 << 13
"""Numbers of eight bytes whose sum is one checksum."""
_HEAD = struct.Struct("<8sIIQQ16s16s")
_DIGEST_BYTES = 16
_KIND = re.compile(r"[<|][biufS]\d{1,3}")
"""How numpy writes the types of numbers, truth values and ids; it would read more than these."""
Array = NDArray[Any]


def write_container(out: BinaryIO, tree: Any, arrays: Sequence[Array]) -> None:
    """Write arrays and a JSON value that says what they are."""
    parts = [np.ascontiguousarray(array) for array in arrays]
    table, offset = [], 0
    for part in parts:
        table.append([part.dtype.str, list(part.shape), offset])
        offset += _padded(part.nbytes)
    header = json.dumps({"arrays": table, "tree": tree}, separators=(",", ":")).encode()
    header += b" " * (_padded(_HEAD.size + len(header)) - _HEAD.size - len(header))
    sums = blake2b(digest_size=_DIGEST_BYTES)
    out.write(b"\0" * _HEAD.size + header)
    for part in parts:
        raw = part.reshape(-1).view(np.uint8) if part.nbytes else np.empty(0, np.uint8)
        out.write(raw.data)
        out.write(b"\0" * (_padded(len(raw)) - len(raw)))
        sums.update(_sums(raw))
    out.seek(0)
    lengths = len(parts), len(header), offset
    out.write(_HEAD.pack(MAGIC, FORMAT, *lengths, _of_header(header, lengths), sums.digest()))


def read_container(path: Path) -> tuple[Any, list[Array]]:
    """Return the JSON value and the arrays, which are read-only and lie in the file.

    Raises ValueError for a file that is not what was written, OSError.
    """
    with path.open("rb") as file:
        try:
            whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:
            raise ValueError("it is empty") from None
    if len(whole) < _HEAD.size:
        raise ValueError("it is cut")
    magic, format_, *lengths, of_header, of_arrays = _HEAD.unpack_from(whole)
    _, header_length, length = lengths
    if magic != MAGIC or format_ != FORMAT:
        raise ValueError("it is of another format")
    begin = _HEAD.size + header_length
    if len(whole) != begin + length:
        raise ValueError("it is cut")
    header = whole[_HEAD.size : begin]
    if _of_header(header, lengths) != of_header:
        raise ValueError("it is damaged")
    try:
        read = json.loads(header)
        arrays = [_array(whole, begin, row) for row in read["arrays"]]
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError("its header cannot be read") from error
    sums = blake2b(digest_size=_DIGEST_BYTES)
    for array in arrays:
        raw = array.reshape(-1).view(np.uint8) if array.nbytes else np.empty(0, np.uint8)
        sums.update(_sums(raw))
    if sums.digest() != of_arrays:
        raise ValueError("it is damaged")
    return read["tree"], arrays


def _array(whole: mmap.mmap, begin: int, row: Sequence[Any]) -> Array:
    kind, shape, offset = row
    if not _KIND.fullmatch(kind):
        raise ValueError("no array of numbers")
    dtype = np.dtype(kind)
    count = int(np.prod(shape, dtype=np.int64))
    return np.frombuffer(whole, dtype, count, begin + offset).reshape(shape)


def _of_header(header: bytes, lengths: Sequence[int]) -> bytes:
    return blake2b(header + repr(tuple(lengths)).encode(), digest_size=_DIGEST_BYTES).digest()


def _padded(length: int) -> int:
    return -(-length // ALIGNED) * ALIGNED


def _sums(raw: NDArray[np.uint8]) -> bytes:
    """Return the sums of an array's blocks, and its last bytes as they are."""
    n_whole = len(raw) // (8 * BLOCK)
    blocks = raw[: n_whole * 8 * BLOCK].view(np.uint64).reshape(n_whole, BLOCK)
    rest = raw[n_whole * 8 * BLOCK :]
    sums: bytes = blocks.sum(axis=1, dtype=np.uint64).tobytes()
    return sums + blake2b(rest.tobytes()).digest()
