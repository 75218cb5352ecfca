"""`graphmem cypher` and `graphmem store export | import | copy`, run as a person runs them."""

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from graphmem.cli.app import app
from graphmem.errors import GraphmemError
from graphmem.graph.cypher.named import INSPECTIONS
from tests.conftest import SAMPLES
from tests.test_cli import Shell

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A shell in whose store one sample dialogue is."""
    made = Shell(tmp_path_factory.mktemp("shell"))
    ran = made.run("ingest", str(SAMPLES / "dialogues" / "ana_ben.jsonl"))
    assert ran.returncode == 0
    return made


def dumped(shell: Shell, store: str) -> str:
    ran = shell.run("store", "dump", "--store", store)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def refused(shell: Shell, *arguments: str) -> str:
    """Return the one line that a command fails with."""
    ran = shell.run(*arguments)
    assert (ran.returncode, ran.stdout) == (1, "")
    (line,) = ran.stderr.splitlines()
    return line


def test_an_exported_store_is_imported_the_same_and_only_once(shell: Shell) -> None:
    sent = shell.json("store", "export", "memory.jsonl")
    got = shell.json("store", "import", "memory.jsonl", "--store", "imported.db")
    assert got == sent
    assert dumped(shell, "imported.db") == dumped(shell, "memory.db")
    again = shell.run("store", "import", "memory.jsonl", "--store", "imported.db")
    assert f"{sent['records']['note']} notes known before" in " ".join(again.stdout.split())


def test_a_copied_store_is_the_same(shell: Shell) -> None:
    ran = shell.run("store", "copy", "memory.db", "copied.db")
    assert ran.stdout.startswith("1 scopes: ")
    assert dumped(shell, "copied.db") == dumped(shell, "memory.db")


def test_graphml_holds_the_nodes_of_the_scope(shell: Shell) -> None:
    assert shell.run("store", "export", "g.xml", "--format", "graphml").returncode == 0
    nodes = ET.parse(shell.folder / "g.xml").getroot().iter(f"{GRAPHML}node")
    counts = shell.json("store", "stats")["scopes"]["ana"]
    assert len(list(nodes)) > counts["note"] + counts["episode"]


def test_what_cannot_be_moved_is_said_in_one_line(shell: Shell) -> None:
    shell.json("store", "export", "whole.jsonl")
    whole = (shell.folder / "whole.jsonl").read_bytes()
    (shell.folder / "cut.jsonl").write_bytes(whole[:-50])
    said = refused(shell, "store", "import", "cut.jsonl", "--store", "new.db")
    assert "cut.jsonl:340: the file ends before its last line" in said
    assert "no store nothing.db" in refused(shell, "store", "copy", "nothing.db", "new.db")
    assert "no format 'xls'" in refused(shell, "store", "export", "a", "--format", "xls")
    assert "no scope 'bea'" in refused(shell, "store", "export", "a", "--scope", "bea")


def test_the_named_queries_are_listed() -> None:
    listed = Shell(Path.cwd()).json("cypher", "--list")
    assert [one["name"] for one in listed] == list(INSPECTIONS)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "a query, --run NAME, or --list"),
        (["--run", "timeline"], "--param entity=…"),
        (["--run", "hubs", "--param", "x=1"], "has no parameter 'x'"),
        (["--run", "hub"], "no inspection answers to 'hub'"),
        (["RETURN 1", "--param", "x"], "is no NAME=VALUE"),
        (["RETURN 1"], "whose memory is it"),
    ],
)
def test_what_is_no_question_is_refused(arguments: list[str], said: str) -> None:
    with pytest.raises(GraphmemError, match=re.escape(said)) as refusal:
        app(["cypher", *arguments], standalone_mode=False)
    assert "\n" not in str(refusal.value)


@pytest.mark.cypher
def test_rows_are_printed_as_a_table_json_or_csv(shell: Shell) -> None:
    pytest.importorskip("arcadedb_embedded", reason="needs the extra `cypher`: arcadedb-embedded")
    query = "MATCH (n:Note) WHERE n.kind = $kind RETURN n.speaker AS who, count(*) AS n ORDER BY n"
    asked = ("cypher", query, "--param", "kind=turn", "--rows", "1")
    found = shell.json(*asked)
    assert (found["columns"], found["is_cut"], len(found["rows"])) == (["who", "n"], True, 1)
    rows = list(csv.reader(io.StringIO(shell.run(*asked, "--csv").stdout)))
    assert rows == [["who", "n"], [found["rows"][0]["who"], str(found["rows"][0]["n"])]]
    table = shell.run(*asked).stdout
    assert found["rows"][0]["who"] in table
    assert "these are the first 1" in table


@pytest.mark.cypher
def test_a_query_that_writes_is_refused(shell: Shell) -> None:
    pytest.importorskip("arcadedb_embedded", reason="needs the extra `cypher`: arcadedb-embedded")
    before = (shell.folder / "memory.db").read_bytes()
    assert "the query writes" in refused(shell, "cypher", "MATCH (n) DETACH DELETE n")
    assert "cannot be run" in refused(shell, "cypher", "MATCH (n RETURN n")
    assert (shell.folder / "memory.db").read_bytes() == before
