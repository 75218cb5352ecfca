"""One file of aligned arrays: a header in JSON, checksums over all of it, read by mapping.

Layout: MAGIC, the format, the lengths of header and arrays, two digests; the header; the arrays,
each at a multiple of ALIGNED bytes. One digest is of the header, and held before that is read; the
other is of the sums of all blocks of the arrays: a changed bit, a missing page and a block in
another's place are seen at the speed of memory. Nothing in the file is executed: it holds numbers,
and JSON that says what they are.
"""

import json
import math
import mmap
import re
import struct
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from graphmem.stacked import Rows, Stacked

MAGIC = b"grMeBase"
FORMAT = 1
ALIGNED = 64
BLOCK = 1 << 13
"""Numbers of eight bytes whose sum is one checksum."""
_HEAD = struct.Struct("<8sIIQQ16s16s")
_DIGEST_BYTES = 16
_AT_ONCE = 1 << 24
"""Bytes of a stacked array that are put together at a time."""
_KIND = re.compile(r"[<|][biufS]\d{1,3}")
"""How numpy writes the types of numbers, truth values and ids; it would read more than these."""
Array = NDArray[Any]


def write_container(out: BinaryIO, tree: Any, arrays: Sequence[Rows[Any]]) -> None:
    """Write arrays and a JSON value that says what they are."""
    table, offset = [], 0
    for array in arrays:
        table.append([array.dtype.str, list(array.shape), offset])
        offset += _padded(math.prod(array.shape) * array.dtype.itemsize)
    header = json.dumps({"arrays": table, "tree": tree}, separators=(",", ":")).encode()
    header += b" " * (_padded(_HEAD.size + len(header)) - _HEAD.size - len(header))
    sums = blake2b(digest_size=_DIGEST_BYTES)
    out.write(b"\0" * _HEAD.size + header)
    for array in arrays:
        written = 0
        for part in _parts(array):
            raw = _raw(part)
            out.write(raw.data)
            written += len(raw)
            sums.update(_sums(raw))
        sums.update(_rest(raw))
        out.write(b"\0" * (_padded(written) - written))
    out.seek(0)
    lengths = len(arrays), len(header), offset
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
        raw = _raw(array)
        sums.update(_sums(raw))
        sums.update(_rest(raw))
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


def _parts(array: Rows[Any]) -> Iterator[Array]:
    """Yield an array, a stacked one as runs of whole blocks, so that never all of it is copied."""
    if not isinstance(array, Stacked):
        yield np.ascontiguousarray(array)
        return
    size = max(math.prod(array.shape[1:]) * array.dtype.itemsize, 1)
    of_blocks = 8 * BLOCK // math.gcd(8 * BLOCK, size)
    step = of_blocks * max(_AT_ONCE // (of_blocks * size), 1)
    for begin in range(0, max(len(array), 1), step):
        yield array[begin : begin + step]


def _raw(array: Array) -> NDArray[np.uint8]:
    return array.reshape(-1).view(np.uint8) if array.nbytes else np.empty(0, np.uint8)


def _sums(raw: NDArray[np.uint8]) -> bytes:
    """Return the sums of an array's blocks."""
    n_whole = len(raw) // (8 * BLOCK)
    blocks = raw[: n_whole * 8 * BLOCK].view(np.uint64).reshape(n_whole, BLOCK)
    sums: bytes = blocks.sum(axis=1, dtype=np.uint64).tobytes()
    return sums


def _rest(raw: NDArray[np.uint8]) -> bytes:
    """Return what stands for the bytes behind the last block."""
    return blake2b(raw[len(raw) // (8 * BLOCK) * 8 * BLOCK :].tobytes()).digest()
