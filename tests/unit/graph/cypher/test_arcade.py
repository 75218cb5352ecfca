"""Any store answers Cypher, out of a copy that nothing can write to and nothing outlives."""

from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from graphmem.batches import Batch
from graphmem.contracts import GraphStore
from graphmem.errors import ConfigError, StoreError
from graphmem.graph.cypher.named import INSPECTIONS, prepared
from graphmem.memory import Memory
from graphmem.registry import open_store
from graphmem.testing.records import ANA, BEN, ENCODER, START, batch_of, superseding, turn
from graphmem.types import Link, ScopeKey
from tests.conftest import SAMPLES
from tests.unit.graph.cypher.write_attempts import WRITE_ATTEMPTS

pytest.importorskip("arcadedb_embedded", reason="needs the extra `cypher`: arcadedb-embedded")
from graphmem.graph.cypher import arcade
from graphmem.graph.cypher.arcade_copy import copy_scope

pytestmark = [pytest.mark.cypher, pytest.mark.usefixtures("java")]

GIVEN = {
    "timeline": {"entity": "ANA"},
    "true-on": {"date": "2024-08-01"},
    "why": {"note": ""},
    "changes-of-run": {"run": "none"},
    "known-of": {"entity": "Ana"},
}


@pytest.fixture
def url(tmp_path: Path) -> str:
    return written(tmp_path)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What tests use that leave it as it is."""
    return written(tmp_path_factory.mktemp("kept"))


def written(folder: Path) -> str:
    """Return a file with eight turns of a scope, two of another, a supersession and a link."""
    path = folder / "memory.db"
    store = open_store(path)
    store.set_encoder(ENCODER)
    turns = [turn(i) for i in range(8)]
    store.write(batch_of(*turns))
    store.write(batch_of(turn(0, scope=BEN), turn(1, scope=BEN), scope=BEN))
    store.apply(superseding(turns[1].note, turns[2].note.id, until=START))
    link = Link(source=turns[0].note.id, target=turns[3].note.id, kind="contradicts", origin="user")
    store.write(Batch(scope=ANA, links=(link,)))
    store.close()
    return str(path)


@cache
def copy_of(url: str, scope: ScopeKey) -> Path:
    """Return a copy of the scope as it was when it was first asked for, in this process."""
    path = Path(mkdtemp(dir=Path(url).parent)) / "copy"
    with closing(open_store(url)) as store:
        arcade.build(path, lambda database: copy_scope(database, store, scope))
    return path


def ask(
    url: str, statement: str, scope: ScopeKey = ANA, *, rows: int = 1_000, **given: object
) -> list[list[object]]:
    parameters = {**given, "scope": scope}
    answer = arcade.query(copy_of(url, scope), statement, parameters, rows=rows)
    return [list(row) for row in answer.rows]


def run(url: str, name: str, **given: str) -> list[list[object]]:
    statement, parameters = prepared(name, given)
    return ask(url, statement, **parameters)


def test_every_record_is_a_node_with_its_relationships(url: str) -> None:
    with closing(open_store(url)) as store:
        held = store.stats(ANA)
    labels = ("Session", "Episode", "Note", "Entity", "Fact", "Change")
    counts = ask(url, "MATCH (n) RETURN labels(n)[0] AS label, count(*) AS n ORDER BY label")
    assert counts == sorted([label, held[label.lower()]] for label in labels)
    kinds = ask(url, "MATCH ()-[r]->() RETURN type(r) AS kind, count(*) AS n ORDER BY kind")
    assert dict(kinds) == {  # type: ignore[arg-type]
        "NEXT": 7,
        "PART_OF": held["episode"] + held["note"],
        "DERIVED_FROM": held["note"] + held["claim"],
        "MENTIONS": held["mention"],
        "SUBJECT": held["fact"],
        "OBJECT": held["fact"],
        "LINK": 1,
        "CHANGES": 2,
        "SUPERSEDES": 1,
    }


def test_episodes_follow_each_other_in_the_order_of_the_store(kept: str) -> None:
    path = "MATCH (a:Episode)-[:NEXT*7]->(b:Episode) RETURN a.source_id, b.source_id"
    ordered = sorted((turn(i).episode for i in range(8)), key=lambda episode: episode.order)
    assert ask(kept, path) == [[ordered[0].source_id, ordered[-1].source_id]]


def test_a_copy_holds_its_scope_alone(kept: str) -> None:
    assert ask(kept, "MATCH (n:Note) RETURN count(n) AS n", BEN) == [[2]]
    assert ask(kept, "MATCH (n) WHERE n.scope <> $scope RETURN n", BEN) == []


def test_a_changed_note_is_shown_as_it_is_now(kept: str) -> None:
    rows = ask(
        kept,
        "MATCH (n:Note {id: $note}) RETURN n.valid_until AS until, n.superseded_by AS by",
        note=turn(1).note.id,
    )
    assert rows == [["2024-05-01T10:00:00+00:00", turn(2).note.id]]


def test_times_are_temporal_values(kept: str) -> None:
    rows = ask(
        kept,
        """MATCH (n:Note) WHERE n.said_at >= datetime($since) AND n.valid_from.year = 2024
        RETURN n.said_at AS said_at ORDER BY said_at""",
        since="2024-05-01T10:04:00Z",
    )
    assert rows == [[f"2024-05-01T10:0{minute}:00+00:00"] for minute in (4, 6, 7)]


def test_what_was_not_yet_said_or_no_longer_true_is_not_told(kept: str) -> None:
    before = run(kept, "true-on", date="2024-05-01T10:02:00Z")
    assert {str(row[3]) <= "2024-05-01T10:02" for row in before if row[3]} == {True}
    told = sum(row[4] for row in run(kept, "true-on", date="2030-01-01"))  # type: ignore[misc]
    assert told == 7  # of eight notes with a claim each, one was superseded


@pytest.mark.parametrize("name", INSPECTIONS)
def test_every_named_query_runs_in_a_stated_order(kept: str, name: str) -> None:
    given = {**GIVEN.get(name, {})}
    if name == "why":
        given["note"] = turn(0).note.id
    first = run(kept, name, **given)
    assert run(kept, name, **given) == first


def test_the_named_queries_tell_what_is_there(kept: str) -> None:
    first, second = turn(0), turn(3)
    assert run(kept, "without-origins") == []
    assert [row[:1] + row[5:] for row in run(kept, "contradictions")] == [
        ["linked", first.note.id, second.note.id]
    ]
    assert run(kept, "why", note=first.note.id)[0][:3] == ["origin", "s1 D1:0", first.episode.text]
    hubs = run(kept, "hubs", top="2")
    assert len(hubs) == 2
    assert hubs[0][1:3] == [max(row[1] for row in hubs), round(hubs[0][1] / 8, 3)]
    timeline = run(kept, "timeline", entity="lisbon")
    assert timeline[0][:1] == ["2024-05-01T10:00:00+00:00"]
    assert {row[2] for row in timeline} == {
        turn(i).episode.text for i in range(8) if "lisbon" in turn(i).episode.text.lower()
    }
    assert all(
        "lisbon" in str(row[:3]).lower()
        for row in run(kept, "true-on", date="2024-06-01", entity="Lisbon")
    )
    assert run(kept, "true-on", date="2001-01-01", entity="Nobody") == []


@pytest.fixture
def samples(tmp_path: Path) -> str:
    path = tmp_path / "samples.db"
    with Memory.open(path, scope="ana") as memory:
        memory.ingest(SAMPLES / "dialogues")
    return str(path)


def test_what_is_known_of_a_person_comes_with_its_source(samples: str) -> None:
    rows = run(samples, "known-of", entity="nadia")
    assert rows
    for subject, _, object_, _, _, _, source, _, _ in rows:
        assert "Nadia" in f"{subject} {object_}"
        assert str(source).startswith(("Session ", "session_"))


@pytest.mark.parametrize("statement", WRITE_ATTEMPTS)
def test_a_write_changes_neither_store_nor_copy(kept: str, statement: str) -> None:
    count = "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n), count(r)"
    text = "MATCH (n:Note) RETURN n.id, n.text, labels(n) ORDER BY n.id"
    before = [ask(kept, count), ask(kept, text)]
    raw = Path(kept).read_bytes()
    with suppress(ConfigError, StoreError):
        ask(kept, statement)
    assert [ask(kept, count), ask(kept, text)] == before
    assert Path(kept).read_bytes() == raw


def test_a_query_that_writes_and_one_that_is_none_are_told_apart(kept: str) -> None:
    with pytest.raises(ConfigError, match="the query writes"):
        ask(kept, "CREATE (n:Note)")
    with pytest.raises(ConfigError, match="cannot be run: Syntax error at line 1"):
        ask(kept, "MATCH (n RETURN n")
    with pytest.raises(ConfigError, match="LOAD CSV file:/// URLs are disabled"):
        ask(kept, "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line")


def test_rows_beyond_the_limit_are_left_and_said_so(kept: str) -> None:
    statement = "MATCH (n:Note) RETURN n.id AS id"
    answer = arcade.query(copy_of(kept, ANA), statement, {}, rows=3)
    assert (len(answer.rows), answer.is_cut, answer.columns) == (3, True, ("id",))


HOSTILE = ("}) DETACH DELETE n //", "`' OR 1=1 --", "$scope", "\\'; DROP TYPE Note", "\x00\u202e")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_data(tmp_path: Path, text: str) -> None:
    path = str(tmp_path / "memory.db")
    store: GraphStore = open_store(path)
    store.set_encoder(ENCODER)
    store.write(batch_of(turn(0, text=text), turn(1)))
    store.close()
    assert ask(path, "MATCH (n:Note {text: $text}) RETURN n.text AS text", text=text) == [[text]]
    assert run(path, "timeline", entity=text) == []
