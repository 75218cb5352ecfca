"""A memory as a text file: one JSON object a line, a checksum behind every chunk and at the end.

The first line says what it is: format, version, encoder. A checksum line holds the BLAKE2b of
every byte before it, so a chunk that is not what was written is never used.
"""

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

import numpy as np

from graphmem.arrays import Matrix, TokenSigns
from graphmem.batches import Claim, Extraction, Mention, NoteRecord, Tombstone
from graphmem.changes import Change
from graphmem.errors import InputError
from graphmem.files import new_file
from graphmem.graph.records import canonical, to_dict
from graphmem.graph.snapshot.block import read_tokens
from graphmem.graph.transfer.fields import (
    change_of,
    int_of,
    loads,
    note_of,
    record_of,
    scope_of,
    text_of,
)
from graphmem.graph.transfer.imports import Imports, imports_line, read_imports
from graphmem.graph.transfer.stream import Chunk, Item
from graphmem.types import EncoderIdentity, Episode, Link, ScopeKey, Session

FORMAT = "graphmem-export"
VERSION = 1
DIGEST_BYTES = 16
NO_IMPORTS: Imports = MappingProxyType({})
MAX_LINE_BYTES = 256_000_000
"""A line holds one record; what is longer would only fill memory."""
MAX_DIM = 65_536
MAX_COORDINATE = 60_000.0
"""Of a vector: what half precision can hold."""

_PLAIN: Mapping[str, type[Session | Episode | Link | Tombstone | Change]] = {
    "session": Session,
    "episode": Episode,
    "link": Link,
    "tombstone": Tombstone,
    "change": Change,
}
_KIND_OF = {type_: kind for kind, type_ in _PLAIN.items()}


def write_file(
    path: Path,
    stream: Iterable[Chunk],
    *,
    encoder: EncoderIdentity | None,
    imports: Imports = NO_IMPORTS,
    force: bool = False,
) -> None:
    """Write chunks to a file that takes its name when it is whole.

    An older export is replaced, another file with `force` only. Raises ConfigError or OSError.
    """
    with new_file(path, force=force, is_ours=_is_export) as out:
        for line in lines_of(stream, encoder, imports):
            out.write(line)


def _is_export(begins: bytes) -> bool:
    return f'"format":"{FORMAT}"'.encode() in begins.partition(b"\n")[0]


def lines_of(
    stream: Iterable[Chunk], encoder: EncoderIdentity | None, imports: Imports = NO_IMPORTS
) -> Iterator[bytes]:
    """Yield the lines of a file, each with its end.

    Imports stand in the first line, where an older graphmem passes over them.
    """
    state = blake2b(digest_size=DIGEST_BYTES)
    name, dim = (encoder.name, encoder.dim) if encoder else (None, None)
    head = {"format": FORMAT, "version": VERSION, "encoder": name, "dim": dim}
    if imports:
        head["imports"] = imports_line(imports)
    count = 0

    def line(data: Mapping[str, Any]) -> bytes:
        nonlocal count
        raw = canonical(data).encode() + b"\n"
        state.update(raw)
        count += 1
        return raw

    yield line(head)
    for chunk in stream:
        for scope, item in chunk:
            yield line(_to_line(scope, item))
        yield line({"kind": "checksum", "lines": count, "blake2b": state.hexdigest()})
    yield line({"kind": "end", "lines": count, "blake2b": state.hexdigest()})


def _to_line(scope: ScopeKey, item: Item) -> dict[str, Any]:
    if not isinstance(item, NoteRecord):
        return {"kind": _KIND_OF[type(item)], "scope": scope, "record": to_dict(item)}
    line: dict[str, Any] = {"kind": "note", "scope": scope, "record": to_dict(item.note)}
    line["mentions"] = [to_dict(mention) for mention in item.extraction.mentions]
    line["claims"] = [to_dict(claim) for claim in item.extraction.claims]
    if item.vectors is not None:
        line["vectors"] = b64encode(item.vectors.astype("<f4").tobytes()).decode()
    if item.tokens is not None:
        line["tokens"] = b64encode(item.tokens.tobytes()).decode()
    return line


class Reader:
    """Reads a file's lines; each error names the file and the line."""

    def __init__(self, lines: BinaryIO, name: str) -> None:
        self._lines = lines
        self._name = name
        self._number = 0
        self._state = blake2b(digest_size=DIGEST_BYTES)
        head = self._head()
        self.encoder = self._encoder_of(head)
        with self._explained():
            self.imports = read_imports(head.get("imports", {}))
            """What is kept of imports."""

    def chunks(self, scopes: Sequence[ScopeKey] | None) -> Iterator[Chunk]:
        """Yield the chunks whose checksum is right, of the scopes only. Raises InputError."""
        wanted = None if scopes is None else set(scopes)
        chunk: Chunk = []
        since = self._number + 1
        while True:
            digest = self._state.hexdigest()
            line = self._next()
            if line.get("kind") in ("checksum", "end"):
                if line.get("blake2b") != digest or line.get("lines") != self._number - 1:
                    raise InputError(
                        f"{self._name}: lines {since} to {self._number} are not what was written: "
                        "the checksum differs; export again"
                    )
                if chunk:
                    yield chunk
                if line["kind"] == "end":
                    return
                chunk, since = [], self._number + 1
                continue
            scope, item = self._item(line)
            if wanted is None or scope in wanted:
                chunk.append((scope, item))

    def _head(self) -> Mapping[str, Any]:
        head = self._next()
        if head.get("format") != FORMAT:
            raise InputError(f"{self._name} is no file that `graphmem store export` made")
        if head.get("version") != VERSION:
            raise InputError(
                f"{self._name} has version {head.get('version')!r}, this graphmem reads {VERSION}; "
                "type: pip install --upgrade graphmem"
            )
        return head

    def _encoder_of(self, head: Mapping[str, Any]) -> EncoderIdentity | None:
        if head.get("encoder") is None:
            return None
        with self._explained():
            name, dim = text_of(head["encoder"], "encoder"), int_of(head.get("dim"), "dim")
            if not name or not 0 < dim <= MAX_DIM:
                raise ValueError(f"an encoder {name!r} of {dim} dimensions")
            return EncoderIdentity(name, dim)

    def _next(self) -> Mapping[str, Any]:
        raw = self._lines.readline(MAX_LINE_BYTES)
        self._number += 1
        if not raw.endswith(b"\n"):
            why = "the file ends before its last line"
            if len(raw) == MAX_LINE_BYTES:
                why = f"a line of more than {MAX_LINE_BYTES:,} bytes"
            raise InputError(f"{self._name}:{self._number}: {why}; export again")
        self._state.update(raw)
        with self._explained():
            return loads(raw)

    def _item(self, line: Mapping[str, Any]) -> tuple[ScopeKey, Item]:
        with self._explained():
            scope, kind = scope_of(line.get("scope")), line.get("kind")
            item = self._record(kind, line)
            if not isinstance(item, Link) and _scope_of(item) != scope:
                raise ValueError(f"a record of scope {_scope_of(item)!r} in a line of {scope!r}")
            return scope, item

    def _record(self, kind: object, line: Mapping[str, Any]) -> Item:
        if kind == "note":
            return self._note(line)
        if not isinstance(kind, str) or kind not in _PLAIN:
            raise ValueError(f"a kind {kind!r} that is not known")
        if kind == "change":
            return change_of(line.get("record"))
        return record_of(_PLAIN[kind], line.get("record"))

    def _note(self, line: Mapping[str, Any]) -> NoteRecord:
        return NoteRecord(
            note=note_of(line.get("record")),
            extraction=Extraction(
                mentions=tuple(record_of(Mention, part) for part in _parts(line, "mentions")),
                claims=tuple(record_of(Claim, part) for part in _parts(line, "claims")),
            ),
            vectors=self._vectors(line["vectors"]) if "vectors" in line else None,
            tokens=self._tokens(line["tokens"]) if "tokens" in line else None,
        )

    def _vectors(self, text: object) -> Matrix:
        raw, dim = self._bytes(text)
        rows = np.frombuffer(raw, "<f4").astype(np.float32).reshape(-1, dim)
        if not len(rows) or not np.all(np.abs(rows) <= MAX_COORDINATE):
            raise ValueError("vectors that are no finite rows")
        return rows

    def _tokens(self, text: object) -> TokenSigns:
        return read_tokens(*self._bytes(text))

    def _bytes(self, text: object) -> tuple[bytes, int]:
        """Return the bytes of an array, and the dimension of what it is made of."""
        if self.encoder is None:
            raise ValueError("vectors, and no encoder in the first line")
        try:
            return b64decode(text_of(text, "vectors"), validate=True), self.encoder.dim
        except Base64Error as error:
            raise ValueError(f"vectors: {error}") from None

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Name file and line of what is no record."""
        try:
            yield
        except (ValueError, InputError) as error:
            raise InputError(f"{self._name}:{self._number}: {error}; export again") from None


def _parts(line: Mapping[str, Any], name: str) -> list[object]:
    parts = line.get(name)
    if not isinstance(parts, list):
        raise InputError(f"{name} is a list, and each note has one")
    return parts


def _scope_of(item: Session | Episode | NoteRecord | Tombstone | Change) -> ScopeKey:
    return item.note.scope if isinstance(item, NoteRecord) else item.scope
