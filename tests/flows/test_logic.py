"""What the flows do, without Prefect's engine: parameters, retries, and the work of each task."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from graphmem import Memory
from graphmem.errors import ConfigError, InputError, StoreBusyError, StoreUnavailableError
from tests.conftest import ROOT, SAMPLES

pytest.importorskip("prefect", reason="needs the extra `flows`: pip install 'graphmem[flows]'")

import yaml
from pydantic import ValidationError

from flows.artifacts import key_of
from flows.backup import back_up
from flows.check import find_faults
from flows.consolidate import consolidate
from flows.deploy import ENDS, HEARTBEAT, TAG, dead_runs, secrets_of
from flows.evaluate import Compared, evaluate_one
from flows.evolve import evolve
from flows.ingest import ingest_portion
from flows.parameters import HERE, WHOLE, Place, Source
from flows.reembed import write_again
from flows.retries import is_transient
from flows.sweep import sweep
from flows.watch import EVENT, main

pytestmark = pytest.mark.flows


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(store=str(tmp_path / "memory.db"), scope="lena")


@pytest.mark.parametrize(
    "url", ["neo4j://neo4j:hunter22@host:7687", "bolt://token@host", "neo4j+s://:hunter22@host"]
)
def test_a_secret_in_a_store_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(ValidationError, match="NEO4J_PASSWORD") as refused:
        Place(store=url)
    assert "hunter22" not in str(refused.value)
    assert "token" not in str(refused.value)


@pytest.mark.parametrize("url", ["memory.db", "ana@home.db", "neo4j://host:7687/talks", "ram:"])
def test_a_store_without_a_secret_is_taken(url: str) -> None:
    assert Place(store=url).store == url


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(ValidationError, match="extra"):
        Place.model_validate({"stores": "memory.db"})
    with pytest.raises(ValidationError, match="settle"):
        Source(settle_seconds=-1)


def test_what_is_left_out_is_what_the_workers_settings_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "graphmem.toml").write_text('scope = "lena"\nstore = "here.db"\n')
    assert HERE.url == "here.db"
    with HERE.open() as memory:
        assert memory.scope.key == "lena"
    assert (tmp_path / "here.db").exists()


class _State:
    def __init__(self, error: Exception) -> None:
        self._error = error

    def result(self, *, raise_on_failure: bool) -> Exception:
        assert not raise_on_failure
        return self._error


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (StoreBusyError("busy"), True),
        (InputError("no such file"), False),
        (ConfigError("no scope"), False),
        (ValueError("a fault of ours"), False),
    ],
)
def test_only_what_may_pass_is_tried_again(error: Exception, again: bool) -> None:
    assert is_transient(None, None, _State(error)) is again


def test_a_portion_is_ingested_as_its_folder_and_again_adds_nothing(place: Place) -> None:
    files = tuple(sorted((SAMPLES / "documents").iterdir()))[:3]
    first = ingest_portion.fn(SAMPLES, files, place, WHOLE)
    again = ingest_portion.fn(SAMPLES, files, place, WHOLE)
    assert first.files == 3
    assert first.read[0].name.startswith("documents/")
    assert first.episodes_added == again.episodes_known > 0
    assert again.episodes_added == 0


def test_a_backup_of_a_memory_opens(place: Place, tmp_path: Path) -> None:
    with place.open() as memory:
        memory.add("The pier at Largs is closed.", speaker="Lena")
    kept = back_up.fn(tmp_path / "backups", place, keep=1)
    with Memory.open(kept.file, scope="lena", must_exist=True) as copy:
        assert copy.count() == 1


def test_a_sound_store_has_no_faults_and_a_damaged_one_has(place: Place) -> None:
    with place.open() as memory:
        memory.add("The pier at Largs is closed.", speaker="Lena")
    assert find_faults.fn(place, full=True) == []
    with closing(sqlite3.connect(place.url)) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("DELETE FROM episode")
        db.commit()
    assert find_faults.fn(place, full=True)


def test_new_notes_are_compared_once(place: Place) -> None:
    with place.open() as memory:
        memory.add("I live in Largs, by the pier.", speaker="Lena", said_at="2024-01-01")
        memory.add("I moved to Oban last week.", speaker="Lena", said_at="2024-06-01")
    first, again = evolve.fn(place), evolve.fn(place)
    assert first.looked_at == 2
    assert (again.looked_at, again.changes) == (0, ())


def test_a_memory_is_consolidated_once(place: Place) -> None:
    with place.open() as memory:
        memory.ingest(SAMPLES / "dialogues")
    first, again = consolidate.fn(place), consolidate.fn(place)
    assert first.added
    assert (again.added, again.changes) == ((), ())


def test_a_sweep_archives_what_a_dry_run_shows(place: Place) -> None:
    with place.open() as memory:
        for text in ("I live in Largs, by the pier.", "Haha!", "Ok", "My ferry leaves at noon."):
            memory.add(text, speaker="Lena", said_at="2024-01-01")
    shown = sweep.fn(place, 0.5, "content", dry_run=True)
    assert shown.is_dry_run
    made = sweep.fn(place, 0.5, "content", dry_run=False)
    assert [change.target for change in made.changes] == [c.target for c in shown.changes]
    assert len(made.changes) == 2


def test_what_reads_a_memory_makes_none(place: Place) -> None:
    with pytest.raises(StoreUnavailableError):
        evolve.fn(place)
    assert not Path(place.url).exists()


def test_a_store_is_written_again_beside_the_old_one(place: Place, tmp_path: Path) -> None:
    with place.open() as memory:
        memory.add("The pier at Largs is closed.", speaker="Lena")
    moved = write_again.fn(place, str(tmp_path / "new.db"), "rules")
    assert moved.records["episode"] == 1
    assert Path(place.url).exists()


def test_a_data_set_is_scored_and_its_report_written(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data = tmp_path / "piers"
    data.mkdir()
    (data / "corpus.jsonl").write_text(
        '{"id": "p1", "title": "Largs", "text": "The pier at Largs was built in 1834."}\n'
        '{"id": "p2", "title": "Oban", "text": "Oban has a distillery from 1794."}\n'
    )
    (data / "questions.jsonl").write_text(
        '{"id": "q1", "question": "When was the pier at Largs built?", "gold_ids": ["p1"]}\n'
    )
    from prefect.logging import disable_run_logger

    with disable_run_logger():
        report = evaluate_one.fn(data, Compared(systems="bm25,graphmem"), tmp_path / "out")
    assert report["systems"]["graphmem"]["recall@1"] == 100.0
    assert (tmp_path / "out" / "rules" / f"{report['dataset']}.html").exists()


def test_a_key_of_an_artifact_is_what_prefect_takes() -> None:
    assert key_of("graphmem-evaluate", "2Wiki, 500!", "minilm") == (
        "graphmem-evaluate-2wiki-500-minilm"
    )


def test_the_automation_ends_runs_of_graphmem_alone() -> None:
    trigger = dead_runs(90).trigger
    assert trigger.match_related.model_dump() == {"prefect.resource.id": f"prefect.tag.{TAG}"}
    assert trigger.after == {HEARTBEAT}
    assert {f"prefect.flow-run.{end}" for end in ENDS} < trigger.expect


DEPLOYED = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))["deployments"]


def test_every_deployment_has_the_tag_the_pool_and_a_flow_that_is_there() -> None:
    names = set()
    for one in DEPLOYED:
        file, _, function = one["entrypoint"].partition(":")
        assert f"def {function}(" in (ROOT / file).read_text("utf-8")
        assert one["tags"] == [TAG]
        assert one["work_pool"] == {"name": "graphmem"}
        names.add((file, one["name"]))
    assert len(names) == len(DEPLOYED)


def test_whatever_writes_the_store_runs_once_at_a_time() -> None:
    files = ("ingest.py", "evolve.py", "consolidate.py", "sweep.py", "reembed.py")
    writing = [one for one in DEPLOYED if one["entrypoint"].split(":")[0].endswith(files)]
    assert len(writing) == 6
    for one in writing:
        assert one["concurrency_limit"] == {"limit": 1, "collision_strategy": "ENQUEUE"}


def test_the_trigger_waits_for_what_the_watcher_tells() -> None:
    (trigger,) = [t for one in DEPLOYED if one["name"] == "inbox" for t in one["triggers"]]
    assert trigger["expect"] == [EVENT]


@pytest.mark.parametrize("pair", ["NEO4J_PASSWORD", "=block", "A=b c", "A={{ x }}", "a b=c"])
def test_a_secret_that_is_no_variable_and_block_says_what_to_write(pair: str) -> None:
    with pytest.raises(ConfigError, match="VARIABLE=BLOCK"):
        secrets_of([pair])


def test_the_watcher_without_a_server_says_what_to_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    with pytest.raises(ConfigError, match="PREFECT_API_URL"):
        main([str(tmp_path), "--once"])
