"""Fitting as a whole: which table a path fits, and what its file may replace."""

import json

import pytest

from graphmem.errors import ConfigError, InputError
from graphmem.evaluate.fit.tune import Tuned, tune
from graphmem.evaluate.systems.token_encoding import timed_encoder
from graphmem.registry import open_encoder
from tests.unit.evaluate.sets import CONVERSATION, write_locomo, write_set

TABLE = Tuned(name="words.json", table={"data": ["h"], "format": 1}, held_out={})


def tuned(*paths, progress=lambda *_: None):
    return tune(paths, timed_encoder(open_encoder("rules")), token_signs=True, progress=progress)


def test_folders_fit_the_table_of_documents_and_files_that_of_turns(tmp_path):
    said = []
    documents = tuned(write_set(tmp_path / "set"), progress=lambda *step: said.append(step))
    turns = tuned(write_locomo(tmp_path / "talk.json"))
    assert (documents.name, turns.name) == ("documents_words.json", "dialogue_words.json")
    assert said == [("reading set", 0, 1), ("fitting", 1, 1)]
    assert documents.held_out == {"set": None}
    assert turns.held_out == {"0:conv-1": None}


def test_folders_and_files_together_are_refused(tmp_path):
    with pytest.raises(ConfigError, match="each fits its own table"):
        tuned(write_set(tmp_path / "set"), write_locomo(tmp_path / "talk.json"))


def test_a_dialogue_without_readable_evidence_is_an_error_that_names_it(tmp_path):
    path = write_locomo(tmp_path / "talk.json", CONVERSATION | {"qa": []})
    with pytest.raises(InputError, match=r"talk\.json has no question whose evidence can be read"):
        tuned(path)


def test_a_table_is_written_and_replaces_a_table(tmp_path):
    for _ in range(2):
        path = TABLE.write(tmp_path / "new")
    assert json.loads(path.read_bytes()) == TABLE.table
    assert path.read_bytes().endswith(b"}\n")


@pytest.mark.parametrize("content", ["shopping: milk", '{"format": 1}', "[]"])
def test_another_file_is_replaced_only_by_force(tmp_path, content):
    path = tmp_path / TABLE.name
    path.write_text(content)
    with pytest.raises(InputError, match=r"words\.json is no table of weights.*--force"):
        TABLE.write(tmp_path)
    assert path.read_text() == content
    TABLE.write(tmp_path, force=True)
    assert json.loads(path.read_bytes()) == TABLE.table
