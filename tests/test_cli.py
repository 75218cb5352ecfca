"""The command line, run as a person runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SAMPLES


class Shell:
    """Runs `graphmem` in a folder of its own, with a store and a scope set."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("GRAPHMEM_")},
            "GRAPHMEM_STORE": "memory.db",
            "GRAPHMEM_SCOPE": "ana",
        }

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "graphmem", *arguments],
            cwd=self.folder,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def json(self, *arguments: str) -> dict:
        ran = self.run(*arguments, "--json")
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A shell in whose store the sample dialogues are."""
    made = Shell(tmp_path_factory.mktemp("shell"))
    assert made.run("ingest", str(SAMPLES / "dialogues")).returncode == 0
    return made


def test_a_second_ingest_adds_nothing_and_says_so(shell: Shell) -> None:
    receipt = shell.json("ingest", str(SAMPLES / "dialogues"))
    assert receipt["episodes_added"] == 0
    assert receipt["episodes_known"] == receipt["episodes_read"] > 150


def test_search_prints_the_promised_object(shell: Shell) -> None:
    found = shell.json("search", "Why was the trip to the Azores cancelled?", "--k", "3")
    assert found["question"] == "Why was the trip to the Azores cancelled?"
    assert found["as_of"] is None
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3]
    best = found["hits"][0]
    assert set(best) >= {"rank", "score", "kind", "note", "text", "episodes", "why"}
    assert set(best) >= {"title", "collection", "context", "metadata", "validity", "excerpt"}
    assert set(best) >= {"before", "after", "mentions", "facts", "paths", "told", "words"}
    assert set(best["episodes"][0]) >= {"id", "source_id", "session", "speaker", "said_at"}
    assert best["before"]["text"]
    assert best["kind"] == "turn"
    assert best["why"]
    assert best["episodes"][0]["source_id"].startswith("D3:")
    assert best["episodes"][0]["session"] == "session_3"


def test_as_of_shows_nothing_that_was_said_later(shell: Shell) -> None:
    found = shell.json("search", "Where does Ana live?", "--as-of", "2024-04-01", "--k", "20")
    assert found["as_of"].startswith("2024-04-01T23:59:59")
    assert found["hits"]
    assert all(hit["episodes"][0]["said_at"] < "2024-04-02" for hit in found["hits"])


def test_a_blank_question_has_no_answer(shell: Shell) -> None:
    assert shell.json("search", "  ")["hits"] == []


def test_a_question_of_unknown_words_still_works(shell: Shell) -> None:
    assert shell.json("search", "xyzzy plugh?", "--k", "2")["hits"] == []


def test_get_and_history_tell_where_a_note_came_from(shell: Shell) -> None:
    hit = shell.json("search", "Azores")["hits"][0]
    (note,) = shell.json("get", hit["note"])
    assert note["text"] == hit["text"]
    told = shell.json("history", hit["note"])
    assert told["episodes"][0]["id"] == hit["episodes"][0]["id"]
    assert told["changes"] == []


def test_a_missing_scope_is_an_error_that_names_the_cure(tmp_path: Path) -> None:
    ran = Shell(tmp_path).run("search", "x", GRAPHMEM_SCOPE="")
    assert ran.returncode == 1
    assert "--scope" in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_a_missing_file_is_an_error_of_one_line(shell: Shell) -> None:
    ran = shell.run("ingest", "nowhere.jsonl")
    assert (ran.returncode, ran.stderr.count("\n")) == (1, 1)
    assert "nowhere.jsonl" in ran.stderr


def test_an_unknown_id_is_an_error_and_deletes_nothing(shell: Shell) -> None:
    before = shell.run("store", "dump").stdout
    hit = shell.json("search", "Azores")["hits"][0]
    ran = shell.run("delete", hit["note"], "e000000000000000000000000")
    assert ran.returncode == 1
    assert shell.run("store", "dump").stdout == before


def test_an_unknown_retriever_is_named_with_those_that_are(shell: Shell) -> None:
    ran = shell.run("search", "x", "--retriever", "pagerankk")
    assert ran.returncode == 1
    assert "did you mean 'pagerank'" in ran.stderr


def test_stats_count_what_is_there(shell: Shell) -> None:
    counts = shell.json("store", "stats")["scopes"]["ana"]
    assert counts["episode"] > 150
    assert counts["note"] > counts["episode"]
    assert counts["tombstone"] == 0


def test_doctor_finds_a_store_well_and_a_missing_one_not(shell: Shell) -> None:
    assert shell.run("doctor").returncode == 0
    ran = shell.run("doctor", "--store", "missing.db")
    assert ran.returncode == 1
    assert not (shell.folder / "missing.db").exists()


def test_deleting_a_session_takes_all_of_it(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    assert shell.run("ingest", str(SAMPLES / "dialogues")).returncode == 0
    receipt = shell.json("delete", "--session", "session_3")
    assert receipt["episodes_deleted"] > 5
    sessions = {
        hit["episodes"][0]["session"] for hit in shell.json("search", "Azores", "--k", "50")["hits"]
    }
    assert "session_3" not in sessions


def test_deleting_all_leaves_no_word_in_any_file(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    assert shell.run("ingest", str(SAMPLES / "dialogues")).returncode == 0
    assert any(b"Azores" in path.read_bytes() for path in tmp_path.iterdir())
    assert shell.run("delete", "--all", "--yes").returncode == 0
    for path in tmp_path.iterdir():
        assert b"Azores" not in path.read_bytes()
        assert b"azores" not in path.read_bytes()


def test_what_was_deleted_stays_deleted_until_it_is_restored(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    dialogues = str(SAMPLES / "dialogues")
    added = shell.json("ingest", dialogues)["episodes_added"]
    shell.json("delete", "--all", "--yes")
    again = shell.json("ingest", dialogues)
    assert (again["episodes_added"], again["episodes_tombstoned"]) == (0, added)
    assert shell.json("ingest", dialogues, "--restore")["episodes_added"] == added


def test_a_store_of_another_encoder_is_refused_with_the_cure(shell: Shell) -> None:
    ran = shell.run("ingest", str(SAMPLES / "documents"), "--encoder", "minilm")
    assert ran.returncode == 1
    assert "rules" in ran.stderr or "pip install" in ran.stderr


@pytest.mark.models
def test_reembedding_writes_a_new_store_that_answers_by_the_new_encoder(shell: Shell) -> None:
    ran = shell.run("store", "reembed", "new.db", "--encoder", "minilm")
    assert ran.returncode == 0, ran.stderr
    old, new = (shell.run("store", "dump", "--store", f).stdout for f in ("memory.db", "new.db"))
    made = ('{"kind":"vector"', '{"kind":"token"')
    without_vectors = [line for line in new.splitlines() if not line.startswith(made)]
    assert without_vectors == old.splitlines()
    assert all(kind in new for kind in made)
    assert shell.json("search", "Azores", "--store", "new.db")["hits"]
