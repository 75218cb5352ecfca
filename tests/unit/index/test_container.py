"""A container gives back what was written, or says that it is not whole."""

import io
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmem.index import container
from graphmem.index.container import BLOCK, read_container, write_container
from graphmem.stacked import Stacked, whole

ARRAYS = [
    np.arange(3, dtype=np.int32),
    np.zeros((0, 5), np.float16),
    np.array([b"t1", b"t22"], "S25"),
    np.linspace(0, 1, 9 * BLOCK + 5).reshape(1, -1),
    np.array([True, False]),
    np.asfortranarray(np.arange(6.0).reshape(2, 3)),
]


def written(tmp_path, tree=("x",), arrays=ARRAYS):
    path = tmp_path / "a.base"
    out = io.BytesIO()
    write_container(out, tree, arrays)
    path.write_bytes(out.getvalue())
    return path


def test_arrays_of_every_sort_come_back_with_their_types_and_lie_aligned_in_the_file(tmp_path):
    tree, arrays = read_container(written(tmp_path, {"a": [1, "ü", None]}))
    assert tree == {"a": [1, "ü", None]}
    for found, given_ in zip(arrays, ARRAYS, strict=True):
        assert (found.dtype, found.shape) == (given_.dtype, given_.shape)
        np.testing.assert_array_equal(found, given_)
        assert not found.flags.writeable
        assert found.ctypes.data % 64 == 0 or not found.nbytes


def test_the_same_is_written_to_the_same_bytes(tmp_path):
    first = written(tmp_path).read_bytes()
    assert written(tmp_path).read_bytes() == first


@settings(max_examples=200)
@given(st.data())
def test_any_changed_bit_of_header_or_arrays_is_seen(tmp_path_factory, data):
    path = written(tmp_path_factory.mktemp("flips"))
    whole = bytearray(path.read_bytes())
    header = 64 + int.from_bytes(whole[16:24], "little")
    held = [at for at in range(header, len(whole), 997) if whole[at]]
    at = data.draw(st.integers(0, header - 1) | st.sampled_from(held))
    whole[at] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(whole)
    with pytest.raises(ValueError, match=r"it is|header"):
        read_container(path)


@pytest.mark.parametrize("length", [0, 1, 63, 64, 500, -1, -4096])
def test_a_cut_file_is_seen(tmp_path, length):
    path = written(tmp_path)
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(ValueError, match=r"it is|header"):
        read_container(path)


@pytest.mark.parametrize("kind", ["O", "|O", "<f8,<f8", "<M8[s]", "<f8x", "V8", ","])
def test_types_that_hold_no_numbers_are_refused_even_if_all_digests_are_right(tmp_path, kind):
    whole = written(tmp_path, 1, [np.arange(4.0)]).read_bytes()
    header = json.loads(whole[64 : 64 + int.from_bytes(whole[16:24], "little")])
    header["arrays"][0][0] = kind
    raw = json.dumps(header).encode()
    lengths = 1, len(raw), 64
    digest = container._of_header(raw, lengths)
    head = container._HEAD.pack(container.MAGIC, container.FORMAT, *lengths, digest, bytes(16))
    path = tmp_path / "odd.base"
    path.write_bytes(head + raw + bytes(64))
    with pytest.raises(ValueError, match="header cannot be read"):
        read_container(path)


def test_two_blocks_that_changed_places_are_seen(tmp_path):
    path = written(tmp_path)
    raw = path.read_bytes()
    size = 8 * BLOCK
    first, second = raw[-3 * size : -2 * size], raw[-2 * size : -size]
    path.write_bytes(raw[: -3 * size] + second + first + raw[-size:])
    with pytest.raises(ValueError, match=r"it is|header"):
        read_container(path)


@pytest.mark.parametrize("raw", [b"SQLite format 3\0" * 10, b"\x80\x04\x95" * 100, b"{}" * 64])
def test_a_file_of_something_else_is_refused(tmp_path, raw):
    path = tmp_path / "a.base"
    path.write_bytes(raw)
    with pytest.raises(ValueError, match="another format"):
        read_container(path)


@pytest.mark.parametrize("at_once", [1, 1 << 24])
@pytest.mark.parametrize("width", [1, 3, 48])
def test_a_stacked_array_is_written_as_one(tmp_path, monkeypatch, at_once, width):
    monkeypatch.setattr(container, "_AT_ONCE", at_once)
    rows = np.random.default_rng(0).integers(0, 256, (400_000 // width, width), dtype=np.uint8)
    stacked = Stacked([(rows, 0, 9), (rows, 20, len(rows)), (rows, 9, 20)])
    plain = written(tmp_path, arrays=[whole(stacked)]).read_bytes()
    assert written(tmp_path, arrays=[stacked]).read_bytes() == plain
