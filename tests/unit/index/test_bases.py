"""A base is used if it is of the store as it is, brought forward if it is behind, else made new."""

import logging
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from graphmem import Memory, Scope
from graphmem.batches import Batch
from graphmem.contracts import utc_now
from graphmem.graph.sqlite.store import SqliteStore
from graphmem.index import bases
from graphmem.index.bases import StoreBases
from graphmem.retrieve.engine import EngineParts
from graphmem.rules.embed import RuleEncoder
from tests.property.test_index_guarantees import assert_same
from tests.spelled import SpelledEncoder

SECRET = "The vault code is quaggafish."
QUESTION = "What did Ana say of the vault?"
START = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _small_memories_are_kept(monkeypatch):
    monkeypatch.setattr(bases, "FEWEST_NOTES", 1)


@pytest.fixture
def path(tmp_path):
    with Memory.open(tmp_path / "memory.db", scope="ana", index="memory") as memory:
        for i in range(30):
            memory.add(f"Ana put box {i} into the cellar.", speaker="Ana", session=f"s{i // 10}")
        memory.add(SECRET, speaker="Ana", session="s1")
    return tmp_path / "memory.db"


def opened(path, **options):
    return Memory.open(path, scope="ana", **options)


def asked(memory, question=QUESTION, **options):
    return [hit.to_dict() for hit in memory.search(question, k=10, **options)]


def files(path):
    folder = path.with_name(f"{path.name}-index")
    return [one for one in folder.glob("*") if one.name != "lock"] if folder.is_dir() else []


def built(path):
    """Search once, so that a base is written; return its file."""
    with opened(path) as memory:
        asked(memory)
    (file,) = files(path)
    return file


def warned(caplog):
    return [record.getMessage() for record in caplog.records if record.name.endswith("bases")]


def test_a_second_process_answers_the_same_and_derives_nothing(path, monkeypatch):
    with opened(path, index="memory") as memory:
        wanted = asked(memory)
    built(path)
    monkeypatch.setattr(EngineParts, "of", None)
    with opened(path) as memory:
        assert asked(memory) == wanted


def test_vectors_and_signs_of_tokens_are_kept_too(tmp_path, monkeypatch):
    def told():
        with Memory.open(tmp_path / "memory.db", scope="ana", encoder=SpelledEncoder()) as memory:
            found = [hit.to_dict() for hit in memory.search("Who sold the sledge?", k=4)]
            memory.list()
            return found, memory.store.snapshot(("ana",), None).vectors

    with Memory.open(tmp_path / "memory.db", scope="ana", encoder=SpelledEncoder()) as memory:
        for i in range(8):
            memory.add(f"Brom sold sledge {i}. It was red.", speaker="Brom", session=f"s{i % 2}")
    wanted, vectors = told()
    assert vectors.notes is not None
    assert vectors.tokens is not None
    monkeypatch.setattr(EngineParts, "of", None)
    assert told()[0] == wanted


def test_what_is_read_equals_what_was_derived_to_the_last_bit(path):
    with opened(path, clock=lambda: START) as memory:
        asked(memory)
    store, encoder = SqliteStore(path, clock=lambda: START), RuleEncoder()
    read = StoreBases(store, encoder, lambda: START).load((Scope("ana").key,))
    assert_same(read, EngineParts.of(store.snapshot((Scope("ana").key,), None), encoder))
    store.close()


def test_a_deletion_leaves_none_behind_and_the_next_search_of_the_process_writes_one(path):
    with opened(path) as memory:
        asked(memory)
        memory.delete_session("s1")  # a third of all: more than a base may lack
        assert files(path) == []
        asked(memory)
        (file,) = files(path)
        assert b"quaggafish" not in file.read_bytes()


def test_one_that_is_behind_is_brought_forward_and_written_again(path, caplog):
    before = built(path).read_bytes()
    with opened(path, index="memory") as memory:
        memory.add("The vault is open.", speaker="Ana", session="s2")
        wanted = asked(memory)
    with opened(path) as memory:
        assert asked(memory) == wanted
    assert files(path)[0].read_bytes() != before
    assert warned(caplog) == []


def test_a_process_that_goes_on_writes_it_again_after_many_writes_only(path, monkeypatch):
    monkeypatch.setattr(bases, "MOST_BEHIND", 3)
    monkeypatch.setattr(bases, "GROWN", 1)
    file = built(path)
    with opened(path) as memory:
        asked(memory)
        seen = []
        for i in range(4):
            memory.add(f"Ana opened window {i}.", speaker="Ana", session="s2")
            asked(memory)
            seen.append(file.stat().st_mtime_ns)
    assert seen[0] == seen[1] < seen[2] == seen[3]


def test_a_large_memory_is_written_again_after_more_writes(path, monkeypatch):
    monkeypatch.setattr(bases, "NOTES_A_START", 1)
    before = built(path).read_bytes()
    with opened(path, index="memory") as memory:
        memory.add("The vault is open.", speaker="Ana", session="s2")
        wanted = asked(memory)
    for _ in range(2):  # each brings it forward by itself
        with opened(path) as memory:
            assert asked(memory) == wanted
    assert files(path)[0].read_bytes() == before
    monkeypatch.setattr(bases, "NOTES_A_START", 1_000)
    with opened(path) as memory:
        assert asked(memory) == wanted
    assert files(path)[0].read_bytes() != before


@pytest.mark.parametrize(
    ("n", "of_a_start", "most"),
    [(2_000, 1, 64), (100_000, 3, 64), (600_000, 18, 146), (9_000_000, 256, 256)],
)
def test_a_base_may_be_as_far_behind_as_its_notes_are_many(n, of_a_start, most, path):
    with opened(path) as memory:
        own = StoreBases(memory.store, memory.encoder, utc_now)
    assert own._most_behind(n) == most
    own._is_behind = True
    assert own._most_behind(n) == of_a_start


def damage(file, kind, path, monkeypatch):
    raw = bytearray(file.read_bytes())
    match kind:
        case "bit":
            raw[len(raw) // 2] ^= 4
        case "cut":
            raw = raw[: len(raw) // 3]
        case "empty":
            raw = b""
        case "code":
            monkeypatch.setattr(bases, "code_digest", lambda: "another")
        case "store":
            shutil.copy(path, path.with_name("other.db"))
            path.unlink()
            with opened(path, index="memory") as other:
                for i in range(30):
                    other.add(f"Ben put box {i} into the vault.", speaker="Ben", session="s0")
            path.with_name(f"{path.name}-index").mkdir(exist_ok=True)
    file.write_bytes(raw)


@pytest.mark.parametrize("kind", ["bit", "cut", "empty", "code", "store"])
def test_one_that_is_of_no_use_is_made_anew_with_one_line(path, kind, monkeypatch, caplog):
    file = built(path)
    damage(file, kind, path, monkeypatch)
    with opened(path, index="memory") as memory:
        wanted = asked(memory)
    with opened(path) as memory, caplog.at_level(logging.WARNING):
        assert asked(memory) == wanted
    (line,) = warned(caplog)
    assert str(file) in line
    assert "made anew" in line
    caplog.clear()
    with opened(path) as memory:
        assert asked(memory) == wanted
    assert warned(caplog) == []


def test_a_store_that_was_put_back_from_a_copy_does_not_take_a_base_of_what_is_lost(path, caplog):
    copy = path.with_name("copy.db")
    shutil.copy(path, copy)
    with opened(path) as memory:
        memory.add("The vault was painted green.", speaker="Ana", session="s1")
    built(path)
    shutil.copy(copy, path)
    with opened(path, index="memory") as memory:
        memory.add("The vault was painted black.", speaker="Ana", session="s1")
        wanted = asked(memory)
    with opened(path) as memory:
        assert asked(memory) == wanted
    assert "of another state of the store" in warned(caplog)[0]


@pytest.mark.parametrize("how", ["delete", "session", "all", "other process"])
def test_nothing_that_was_deleted_stands_in_a_base_when_the_deletion_returns(path, how):
    file = built(path)
    assert b"quaggafish" in file.read_bytes()
    with opened(path, index="memory" if how == "other process" else None) as memory:
        match how:
            case "session":
                memory.delete_session("s1")
            case "all":
                memory.delete_all()
            case _:
                (hit,) = memory.search("quaggafish", k=1)
                memory.delete(hit.episodes[0].id)
        assert files(path) == []
        asked(memory)
    assert all(b"quaggafish" not in one.read_bytes() for one in files(path))


def test_a_deletion_inside_a_transaction_that_is_taken_back_leaves_the_memory_as_it_was(path):
    built(path)
    with opened(path) as memory:
        wanted = asked(memory)
        origins = [episode.id for episode in memory.store.scan("episode", "ana")]
        nothing = Batch(scope=Scope("ana").key)
        with pytest.raises(ZeroDivisionError):
            memory.store.atomically(lambda: memory.store.delete(origins, nothing) and 1 / 0)
    with opened(path) as memory:
        assert asked(memory) == wanted


def test_a_new_store_in_the_place_of_one_that_was_removed_has_no_base_of_that(path):
    file = built(path)
    path.unlink()
    with opened(path):
        assert not file.exists()


def test_with_the_index_in_memory_nothing_is_read_and_nothing_written(path):
    with opened(path, index="memory") as memory:
        asked(memory)
    assert files(path) == []


def test_small_memories_and_other_moments_are_not_kept(path, monkeypatch):
    with opened(path) as memory:
        asked(memory, as_of=START + timedelta(days=900))
    assert files(path) == []
    monkeypatch.setattr(bases, "FEWEST_NOTES", 1_000)
    with opened(path) as memory:
        asked(memory)
    assert files(path) == []


def test_a_folder_that_cannot_be_written_does_without(path):
    path.with_name(f"{path.name}-index").write_text("in the way")
    with opened(path, index="memory") as memory:
        wanted = asked(memory)
    with opened(path) as memory:
        assert asked(memory) == wanted


def test_a_clock_that_went_back_makes_it_anew(path):
    later = START + timedelta(days=9_000)
    with opened(path, clock=lambda: later) as memory:
        asked(memory)
    with opened(path, index="memory", clock=lambda: START) as memory:
        wanted = asked(memory)
    with opened(path, clock=lambda: START) as memory:
        assert asked(memory) == wanted
