"""The lines of an export: what is written is read back, and what was not written is refused."""

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graphmem.batches import NoteRecord
from graphmem.errors import ConfigError, InputError
from graphmem.graph.transfer.file import Reader, lines_of, write_file
from graphmem.graph.transfer.stream import Chunk
from graphmem.testing.records import ANA, BEN, ENCODER, START, change, turn
from graphmem.types import EncoderIdentity

NOT_A_NUMBER = b64encode(np.full(8, np.nan, "<f4").tobytes()).decode()
ONE, OTHER = turn(1), turn(1, scope=BEN)
FIRST: Chunk = [(ANA, ONE.session), (ANA, ONE.episode), (ANA, ONE.record)]
SECOND: Chunk = [
    (BEN, OTHER.session),
    (BEN, OTHER.episode),
    (BEN, OTHER.record),
    (BEN, change(OTHER.note, "valid_until", START)),
]


def written() -> list[bytes]:
    return list(lines_of([FIRST, SECOND], ENCODER))


def read(lines: list[bytes], scopes: list[Any] | None = None) -> list[Chunk]:
    return list(Reader(BytesIO(b"".join(lines)), "memory.jsonl").chunks(scopes))


def signed(*lines: dict[str, Any]) -> list[bytes]:
    """Return the lines with a right checksum at the end."""
    raw = [json.dumps(line).encode() + b"\n" for line in lines]
    digest = blake2b(b"".join(raw), digest_size=16).hexdigest()
    end = {"kind": "end", "lines": len(raw), "blake2b": digest}
    return [*raw, json.dumps(end).encode() + b"\n"]


def with_note(edit: Callable[[dict[str, Any]], object], encoder: bool = True) -> list[bytes]:
    """Return an export of one note whose line was edited."""
    head, *_, note, _, _ = map(json.loads, lines_of([FIRST], ENCODER))
    edit(note)
    return signed(head if encoder else {**head, "encoder": None, "dim": None}, note)


def same(left: NoteRecord, right: NoteRecord) -> bool:
    bare = [replace(one, vectors=None, tokens=None) for one in (left, right)]
    arrays = [[one.vectors.tolist(), one.tokens.tolist()] for one in (left, right)]
    return bare[0] == bare[1] and arrays[0] == arrays[1]


def test_the_first_line_says_what_the_file_is() -> None:
    assert json.loads(written()[0]) == {
        "format": "graphmem-export",
        "version": 1,
        "encoder": "test@1",
        "dim": 8,
    }


def test_a_checksum_line_counts_and_hashes_every_byte_before_it() -> None:
    lines = written()
    place = 4
    digest = blake2b(b"".join(lines[:place]), digest_size=16).hexdigest()
    assert json.loads(lines[place]) == {"kind": "checksum", "lines": place, "blake2b": digest}
    assert [json.loads(line)["kind"] for line in lines[-2:]] == ["checksum", "end"]


def test_what_is_written_is_read_back() -> None:
    reader = Reader(BytesIO(b"".join(written())), "memory.jsonl")
    chunks = list(reader.chunks(None))
    assert reader.encoder == ENCODER
    assert list(map(len, chunks)) == [3, 4]
    for chunk, given in zip(chunks, (FIRST, SECOND), strict=True):
        for (scope, item), (home, meant) in zip(chunk, given, strict=True):
            assert scope == home
            if isinstance(item, NoteRecord) and isinstance(meant, NoteRecord):
                assert same(item, meant)
            else:
                assert item == meant


def test_only_the_scopes_that_are_wanted_come() -> None:
    (chunk,) = read(written(), [BEN])
    assert {scope for scope, _ in chunk} == {BEN}


def test_a_chunk_with_a_changed_byte_is_never_given() -> None:
    lines = written()
    lines[6] = lines[6].replace(b"Ben", b"Bob").replace(b"Ana", b"Eva")
    reader = Reader(BytesIO(b"".join(lines)), "memory.jsonl").chunks(None)
    assert len(next(reader)) == 3
    with pytest.raises(InputError, match=r"memory.jsonl: lines 6 to 10 are not what was written"):
        next(reader)


def test_a_line_that_was_taken_out_is_found_though_the_last_line_is_there() -> None:
    lines = written()
    with pytest.raises(InputError, match="checksum differs"):
        read([*lines[:1], *lines[2:]])


def test_a_last_line_that_counts_otherwise_is_refused() -> None:
    *lines, last = written()
    miscounted = {**json.loads(last), "lines": len(lines) - 1}
    with pytest.raises(InputError, match="checksum differs"):
        read([*lines, json.dumps(miscounted).encode() + b"\n"])


def test_a_file_that_ends_too_early_is_told_by_its_line() -> None:
    lines = written()
    with pytest.raises(InputError, match=r"memory.jsonl:3: the file ends before its last line"):
        read([*lines[:2], lines[2][:-1]])


def test_another_file_and_another_version_are_told_apart() -> None:
    with pytest.raises(InputError, match="no file that"):
        read(signed({"format": "other"}))
    with pytest.raises(InputError, match=r"version 2, this graphmem reads 1"):
        read(signed({"format": "graphmem-export", "version": 2}))


@pytest.mark.parametrize("dim", [0, 65_537, "8", None])
def test_an_encoder_of_impossible_dimension_is_refused(dim: object) -> None:
    head = {"format": "graphmem-export", "version": 1, "encoder": "test@1", "dim": dim}
    with pytest.raises(InputError, match=r"memory.jsonl:1: "):
        read(signed(head))


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda note: note.update(kind="novel"), "a kind 'novel'"),
        (lambda note: note.update(scope="ben"), "scope 'ana' in a line of 'ben'"),
        (lambda note: note.pop("claims"), "claims is a list"),
        (lambda note: note.update(vectors="AAAA"), "buffer size"),
        (lambda note: note.update(vectors=""), "no finite rows"),
        (lambda note: note.update(vectors=NOT_A_NUMBER), "no finite rows"),
        (lambda note: note.update(vectors="&&&&"), "base64"),
    ],
)
def test_a_line_that_is_no_record_is_told_by_its_number(
    edit: Callable[[dict[str, Any]], object], said: str
) -> None:
    with pytest.raises(InputError, match=rf"memory.jsonl:2: .*{said}"):
        read(with_note(edit))


def test_vectors_need_an_encoder_in_the_first_line() -> None:
    with pytest.raises(InputError, match="no encoder in the first line"):
        read(with_note(dict, encoder=False))


def test_an_export_of_a_store_without_encoder_has_none() -> None:
    lines = list(lines_of([], None))
    reader = Reader(BytesIO(b"".join(lines)), "memory.jsonl")
    assert reader.encoder is None
    assert list(reader.chunks(None)) == []


def test_an_older_export_is_replaced_and_another_file_with_force_only(tmp_path: Path) -> None:
    path = tmp_path / "memory.jsonl"
    write_file(path, [FIRST], encoder=ENCODER)
    write_file(path, [], encoder=EncoderIdentity("other@1", 3))
    assert json.loads(path.read_bytes().splitlines()[0])["encoder"] == "other@1"
    path.write_text("a diary\n")
    with pytest.raises(ConfigError):
        write_file(path, [], encoder=None)
    assert path.read_text() == "a diary\n"
    write_file(path, [], encoder=None, force=True)
    assert b"graphmem-export" in path.read_bytes()
