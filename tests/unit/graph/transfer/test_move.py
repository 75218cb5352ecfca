"""A memory arrives as it left, whatever happens on the way."""

import json
import stat
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import pytest

from graphmem.batches import Batch
from graphmem.contracts import GraphStore
from graphmem.errors import (
    ConfigError,
    EncoderMismatchError,
    GraphmemError,
    InputError,
    MissingRecordError,
    ScopeError,
    StoreError,
)
from graphmem.graph import dump
from graphmem.graph.transfer.graphml import write_graphml
from graphmem.graph.transfer.move import copy, export, import_
from graphmem.graph.transfer.stream import CHUNK_ITEMS
from graphmem.registry import open_store
from graphmem.testing.records import (
    ANA,
    BEN,
    ENCODER,
    batch_of,
    change,
    filled,
    turn,
)
from graphmem.types import EncoderIdentity


@pytest.fixture
def source(tmp_path: Path) -> GraphStore:
    return filled(open_store(tmp_path / "source.db"))


def lines(store: GraphStore) -> list[str]:
    return list(dump(store))


def whole(store: GraphStore) -> list[object]:
    """Return what a dump leaves out as well: runs and times."""
    kinds = ("note", "change", "tombstone")
    return [list(store.scan(kind, scope)) for scope in store.scopes() for kind in kinds]


def test_a_copy_of_a_copy_has_the_same_dump_and_the_same_times(
    source: GraphStore, tmp_path: Path
) -> None:
    between, last = open_store("ram:"), open_store(tmp_path / "last.db")
    copy(source, between)
    moved = copy(between, last)
    assert lines(last) == lines(source)
    assert whole(last) == whole(source)
    assert last.encoder() == ENCODER
    assert (moved.records["change"], moved.records["tombstone"], moved.beside) == (7, 1, 0)


def test_an_exported_memory_is_imported_the_same(source: GraphStore, tmp_path: Path) -> None:
    target, file = open_store(tmp_path / "target.db"), tmp_path / "memory.jsonl"
    sent, got = export(source, file), import_(target, file)
    assert sent == got
    assert lines(target) == lines(source)
    again = tmp_path / "again.jsonl"
    export(target, again)
    assert again.read_bytes() == file.read_bytes()


def test_an_export_takes_the_place_of_an_export_only(source: GraphStore, tmp_path: Path) -> None:
    file = tmp_path / "memory.jsonl"
    export(source, file, scopes=[BEN])
    export(source, file)
    whole_export = file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ben", "utf-8")
    with pytest.raises(ConfigError, match="--force"):
        export(source, letter)
    assert letter.read_text("utf-8") == "Dear Ben"
    export(source, letter, force=True)
    assert letter.read_bytes() == whole_export


@pytest.mark.parametrize("name", ["source.db", "other.db"])
def test_an_export_never_takes_the_place_of_a_store(
    source: GraphStore, tmp_path: Path, name: str
) -> None:
    open_store(tmp_path / name).close()
    before = (tmp_path / name).read_bytes()
    for force in (False, True):
        with pytest.raises(ConfigError, match="never replaced"):
            export(source, tmp_path / name, force=force)
        with pytest.raises(ConfigError, match="never replaced"):
            write_graphml(source, ANA, tmp_path / name, force=force)
    assert (tmp_path / name).read_bytes() == before


def test_a_copied_journal_can_be_undone(source: GraphStore) -> None:
    target = open_store("ram:")
    copy(source, target)
    target.delete([turn(2).episode.id], Batch(scope=ANA))
    source.delete([turn(2).episode.id], Batch(scope=ANA))
    assert lines(target) == lines(source)


def test_only_the_chosen_scopes_go(source: GraphStore, tmp_path: Path) -> None:
    target, file = open_store("ram:"), tmp_path / "memory.jsonl"
    copy(source, target, scopes=[BEN])
    assert target.scopes() == [BEN]
    export(source, file)
    other = open_store("ram:")
    import_(other, file, scopes=[BEN])
    assert lines(other) == lines(target)
    with pytest.raises(ScopeError, match="there is: ana, ben/helper"):
        copy(source, target, scopes=["cleo"])


def test_a_second_run_passes_over_what_is_there(source: GraphStore) -> None:
    target = open_store("ram:")
    copy(source, target)
    before = lines(target)
    moved = copy(source, target)
    notes = [note for scope in source.scopes() for note in source.scan("note", scope)]
    assert moved.known == sum(note.run_id != "" for note in notes) > 0
    assert lines(target) == before


class KilledError(Exception):
    pass


def test_an_interrupted_import_goes_on_from_any_place(tmp_path: Path) -> None:
    source, file = open_store("ram:"), tmp_path / "memory.jsonl"
    source.set_encoder(ENCODER)
    turns = [turn(i) for i in range(CHUNK_ITEMS + 20)]
    source.write(batch_of(*turns))
    source.apply([change(one.note, "tags", (str(i),), n=i) for i, one in enumerate(turns[:30])])
    export(source, file)

    def kill(*_: object) -> None:
        nonlocal heard
        heard += 1
        if heard == last:
            raise KilledError

    for last in (1, 2):
        target, heard = open_store(tmp_path / f"{last}.db"), 0
        with pytest.raises(KilledError):
            import_(target, file, progress=kill)
        assert lines(target) != lines(source)
        import_(target, file)
        assert lines(target) == lines(source)


def damaged(file: Path, number: int, old: bytes, new: bytes) -> Path:
    """Return a copy of an export with one line changed."""
    found = file.read_bytes().splitlines(keepends=True)
    assert old in found[number - 1]
    found[number - 1] = found[number - 1].replace(old, new, 1)
    other = file.with_name("damaged.jsonl")
    other.write_bytes(b"".join(found))
    return other


@pytest.mark.parametrize(
    ("number", "old", "new", "said"),
    [
        (1, b"graphmem-export", b"something-else", "no file that `graphmem store export` made"),
        (1, b'"version":1', b'"version":9', "has version 9, this graphmem reads 1"),
        (3, b"{", b"", "damaged.jsonl:3: not JSON"),
        (3, b'"kind":"episode"', b'"kind":"opinion"', "damaged.jsonl:3: a kind 'opinion'"),
        (3, b'"position":', b'"place":', "damaged.jsonl:3: no field 'position'"),
        (3, b"near", b"far ", "lines 2 to .* the checksum differs"),
    ],
)  # fmt: skip
def test_a_damaged_file_is_named_with_its_line_and_nothing_of_it_is_written(
    source: GraphStore, tmp_path: Path, number: int, old: bytes, new: bytes, said: str
) -> None:
    file = tmp_path / "memory.jsonl"
    export(source, file)
    target = open_store("ram:")
    with pytest.raises(InputError, match=said):
        import_(target, damaged(file, number, old, new))
    assert target.scopes() == []


@pytest.mark.parametrize("cut", [1, 40, 4_000])
def test_a_file_that_was_cut_off_says_so(source: GraphStore, tmp_path: Path, cut: int) -> None:
    file = tmp_path / "memory.jsonl"
    export(source, file)
    file.write_bytes(file.read_bytes()[:-cut])
    with pytest.raises(InputError, match="ends before its last line"):
        import_(open_store("ram:"), file)


def test_an_export_that_fails_leaves_no_file(source: GraphStore, tmp_path: Path) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(source, tmp_path / "memory.jsonl", progress=fail)
    assert not list(tmp_path.glob("memory.jsonl*"))


def test_an_export_of_a_file_that_is_written_meanwhile_is_what_it_was(
    source: GraphStore, tmp_path: Path
) -> None:
    source.write(batch_of(turn(10, text="a" * 9_000_000)))  # so that there are two chunks
    export(source, tmp_path / "before.jsonl")

    def delete_meanwhile(*_: object) -> None:
        with suppress(MissingRecordError):
            source.delete([turn(10).episode.id], Batch(scope=ANA))

    export(source, tmp_path / "meanwhile.jsonl", progress=delete_meanwhile)
    assert turn(10).episode.id not in {e.id for e in source.scan("episode", ANA)}
    before, meanwhile = (tmp_path / f"{n}.jsonl" for n in ("before", "meanwhile"))
    assert meanwhile.read_bytes() == before.read_bytes()


def test_vectors_of_another_encoder_are_refused(source: GraphStore) -> None:
    target = open_store("ram:")
    target.set_encoder(EncoderIdentity("other@1", 4))
    with pytest.raises(EncoderMismatchError):
        copy(source, target)


def test_what_is_live_here_and_deleted_there_is_told(source: GraphStore) -> None:
    target = open_store("ram:")
    target.set_encoder(ENCODER)
    target.write(batch_of(turn(8)))
    with pytest.raises(StoreError, match="is live here and deleted there"):
        copy(source, target)


def test_records_that_the_source_never_had_are_counted(source: GraphStore) -> None:
    target = open_store("ram:")
    target.set_encoder(ENCODER)
    target.write(batch_of(turn(20)))
    assert copy(source, target).beside == 2  # its episode and its note


def test_a_note_keeps_its_vectors_to_the_bit(source: GraphStore, tmp_path: Path) -> None:
    file, target = tmp_path / "memory.jsonl", open_store("ram:")
    export(source, file)
    import_(target, file)
    left, right = (dict(store.scan("vector", ANA)) for store in (source, target))
    assert left.keys() == right.keys()
    assert all(left[id_].tobytes() == right[id_].tobytes() for id_ in left)


def resigned(file: Path, number: int, old: bytes, new: bytes) -> Path:
    """Return a copy of an export with one line changed and every checksum right."""
    state, made = blake2b(digest_size=16), []
    for line in damaged(file, number, old, new).read_bytes().splitlines(keepends=True):
        raw = line
        if b'"kind":"checksum"' in line or b'"kind":"end"' in line:
            kind = json.loads(line)["kind"]
            signed = {"kind": kind, "lines": len(made), "blake2b": state.hexdigest()}
            raw = json.dumps(signed).encode() + b"\n"
        made.append(raw)
        state.update(raw)
    other = file.with_name("resigned.jsonl")
    other.write_bytes(b"".join(made))
    return other


def test_an_encoder_that_would_be_downloaded_is_taken_only_if_it_is_named(
    source: GraphStore, tmp_path: Path
) -> None:
    file, target = tmp_path / "memory.jsonl", open_store(tmp_path / "target.db")
    export(source, file)
    foreign = resigned(file, 1, b'"test@1"', b'"onnx:/srv/model"')
    with pytest.raises(InputError, match="--encoder onnx:/srv/model"):
        import_(target, foreign)
    assert (target.encoder(), target.scopes()) == (None, [])
    import_(target, foreign, encoder="onnx:/srv/model")
    assert target.encoder() == EncoderIdentity("onnx:/srv/model", ENCODER.dim)
    import_(target, foreign)  # the store knows it now


@pytest.mark.parametrize(
    ("number", "old", "new"),
    [(3, b'"position":', b'"place":'), (3, b'"session_id":"s', b'"session_id":"x')],
    ids=["no record", "a record that no store takes"],
)
def test_no_encoder_is_recorded_before_the_first_chunk_is_taken(
    source: GraphStore, tmp_path: Path, number: int, old: bytes, new: bytes
) -> None:
    file, target = tmp_path / "memory.jsonl", open_store(tmp_path / "target.db")
    export(source, file)
    with pytest.raises(GraphmemError):
        import_(target, resigned(file, number, old, new))
    assert (target.encoder(), target.scopes()) == (None, [])
