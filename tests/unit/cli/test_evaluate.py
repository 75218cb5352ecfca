"""`graphmem evaluate`: one JSON object, a report folder, errors that say what to type."""

import json
from importlib.resources import files

import pytest
from typer.testing import CliRunner

from graphmem.cli.app import app
from graphmem.errors import ConfigError, InputError
from graphmem.evaluate.data.locomo import load_locomo
from graphmem.evaluate.fit.tune import Tuned
from graphmem.evaluate.fit.turn_training import fit_turn_table, training_questions
from graphmem.evaluate.systems.token_encoding import timed_encoder
from graphmem.registry import open_encoder
from tests.unit.evaluate.sets import CONVERSATION, write_locomo, write_set


def call(*arguments):
    result = CliRunner().invoke(app, ["evaluate", *map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_json_prints_one_object_with_every_system_that_was_asked_for(tmp_path):
    folder = write_set(tmp_path / "set")
    result = call("retrieval", folder, "--systems", "all", "--json")
    report = json.loads(result.stdout)
    assert (report["dataset"], report["questions"]) == ("set", 2)
    names = ["bm25", "dense", "sum", "hipporag2", "linearrag", "graphmem", "pagerank"]
    assert list(report["systems"]) == names
    assert report["systems"]["bm25"]["recall@1"] == 50.0


def test_several_folders_give_one_object_with_all(tmp_path):
    folders = [write_set(tmp_path / name) for name in ("a", "b")]
    result = call("retrieval", *folders, "--systems", "bm25", "--json")
    assert [r["dataset"] for r in json.loads(result.stdout)["datasets"]] == ["a", "b"]


def test_dialogue_scores_categories_and_abstention(tmp_path):
    path = write_locomo(tmp_path / "talk.json")
    result = call("dialogue", path, "--systems", "bm25,graphmem", "--json")
    figures = json.loads(result.stdout)["systems"]["graphmem"]
    assert set(figures["by_category"]) == {"1", "4", "5"}
    assert figures["abstention"]["questions"] == 1


def test_out_holds_the_report_in_three_forms_and_the_log(tmp_path):
    out = tmp_path / "report"
    result = call("retrieval", write_set(tmp_path / "set"), "--systems", "bm25", "--out", out)
    assert "report:" in result.stdout
    made = {path.name for path in out.iterdir()}
    assert made == {"set.json", "set.md", "set.html", "runs.jsonl"}


def test_a_file_of_the_user_s_in_out_is_replaced_by_force_alone(tmp_path):
    out, folder = tmp_path / "report", write_set(tmp_path / "set")
    out.mkdir()
    (out / "set.md").write_text("shopping: milk")
    with pytest.raises(InputError, match=r"set\.md was not written by .*--force"):
        call("retrieval", folder, "--systems", "bm25", "--out", out)
    assert [path.name for path in out.iterdir()] == ["set.md"]
    call("retrieval", folder, "--systems", "bm25", "--out", out, "--force")
    assert "# set: 2 questions" in (out / "set.md").read_text()


def test_what_a_set_says_does_not_drive_the_terminal(tmp_path):
    questions = [{"id": "q", "question": "Lost?", "gold_ids": ["\x1b[2J\u202eoops [red]"]}]
    folder = write_set(tmp_path / "set", questions=questions)
    shown = call("retrieval", folder, "--systems", "bm25").stdout
    assert "\\x1b[2J\\u202eoops [red] is not in the corpus" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_an_unknown_system_is_an_error_that_guesses_what_was_meant(tmp_path):
    with pytest.raises(ConfigError, match="did you mean 'bm25'"):
        call("retrieval", write_set(tmp_path / "set"), "--systems", "bm52")


def test_extractions_belong_to_one_folder(tmp_path):
    folders = [write_set(tmp_path / name) for name in ("a", "b")]
    with pytest.raises(ConfigError, match="one by one"):
        call("retrieval", *folders, "--extractions", tmp_path / "x.jsonl")


def test_tune_writes_the_same_table_each_time_and_says_what_unseen_sets_give(tmp_path):
    folders = [write_set(tmp_path / name) for name in ("a", "b")]
    tables = []
    for out in (tmp_path / "one", tmp_path / "two"):
        result = call("tune", *folders, "--out", out, "--json")
        tables.append((out / "documents_words.json").read_bytes())
        assert set(json.loads(result.stdout)["unseen"]) == {"a", "b"}
    assert tables[0] == tables[1]
    assert json.loads(tables[0])["data"] == json.loads(result.stdout)["data"]


def test_a_set_without_gold_in_its_corpus_cannot_be_learned_from(tmp_path):
    folder = write_set(tmp_path / "set", questions=[{"question": "?", "gold_ids": ["gone"]}])
    with pytest.raises(InputError, match="has no question whose gold is in its corpus"):
        call("tune", folder, "--out", tmp_path / "out")


def test_tune_fits_the_weights_of_turns_on_locomo_files_the_same_each_time(tmp_path):
    other = json.loads(json.dumps(CONVERSATION).replace("Porto", "Lisbon"))
    path = write_locomo(tmp_path / "talk.json", CONVERSATION, other | {"sample_id": "conv-2"})
    tables = []
    for out in (tmp_path / "one", tmp_path / "two"):
        result = call("tune", path, "--out", out, "--json")
        tables.append((out / "dialogue_words.json").read_bytes())
    assert tables[0] == tables[1]
    printed, table = json.loads(result.stdout), json.loads(tables[0])
    assert (table["data"], table["encoder"], table["questions"]) == (printed["data"], "", 4)
    assert set(printed["unseen"]) == {"0:conv-1", "1:conv-2", "all"}
    assert printed["unseen"]["all"]["recall@5"] == 100.0


def shipped(table):
    return files("graphmem.retrieve.turns").joinpath("tables", table).read_bytes()


def fitted(encoder, file, *, token_signs):
    """Return what `tune` writes of a LoCoMo file; what it also prints takes six times as long."""
    training = training_questions([load_locomo(file)], encoder, token_signs=token_signs)
    return fit_turn_table(training)


@pytest.mark.slow
def test_the_table_of_turns_without_vectors_that_ships_is_what_tune_writes(
    development_data, tmp_path
):
    encoder = timed_encoder(open_encoder("rules"))
    file = development_data / "locomo5" / "locomo5.json"
    name, table = fitted(encoder, file, token_signs=True)
    path = Tuned(name=name, table=table, held_out={}).write(tmp_path)
    assert (name, path.read_bytes()) == ("dialogue_words.json", shipped("dialogue_words.json"))


@pytest.mark.slow
@pytest.mark.models
@pytest.mark.timeout(1800)
def test_the_tables_of_turns_with_vectors_that_ship_are_what_tune_writes(development_data):
    encoder = timed_encoder(open_encoder("minilm"))  # encodes each text once for both tables
    file = development_data / "locomo5" / "locomo5.json"
    for token_signs, wanted in ((True, "dialogue_tokens.json"), (False, "dialogue_vectors.json")):
        name, table = fitted(encoder, file, token_signs=token_signs)
        assert name == wanted
        ships = json.loads(shipped(name))
        # a vector's last bits are the processor's: a weight of 1.9045 may end on either side
        assert table.pop("weights") == pytest.approx(ships.pop("weights"), rel=0, abs=0.0011)
        assert table == ships


@pytest.mark.models
@pytest.mark.parametrize(
    ("token_signs", "table"), [("true", "dialogue_tokens.json"), ("false", "dialogue_vectors.json")]
)
def test_tune_fits_a_table_with_or_without_tokens_as_the_settings_say(
    tmp_path, monkeypatch, token_signs, table
):
    monkeypatch.setenv("GRAPHMEM_TOKEN_SIGNS", token_signs)
    path = write_locomo(tmp_path / "talk.json")
    call("tune", path, "--encoder", "minilm", "--out", tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").glob("*.json")] == [table]


def test_several_locomo_files_are_learned_from_together(tmp_path):
    paths = [write_locomo(tmp_path / name) for name in ("a.json", "b.json")]
    alone = json.loads(call("tune", paths[0], "--out", tmp_path / "out", "--json").stdout)
    both = json.loads(call("tune", *paths, "--out", tmp_path / "out", "--json").stdout)
    assert alone["unseen"] == {"0:conv-1": None}
    assert set(both["unseen"]) == {"a/0:conv-1", "b/0:conv-1", "all"}
    assert alone["data"] != both["data"]
    assert json.loads((tmp_path / "out" / "dialogue_words.json").read_text())["questions"] == 4


def test_a_table_is_not_fitted_on_documents_and_turns_at_once(tmp_path):
    folder, file = write_set(tmp_path / "set"), write_locomo(tmp_path / "talk.json")
    with pytest.raises(ConfigError, match="each fits its own table"):
        call("tune", folder, file, "--out", tmp_path / "out")


def test_a_dialogue_without_readable_evidence_cannot_be_learned_from(tmp_path):
    path = write_locomo(tmp_path / "talk.json", CONVERSATION | {"qa": []})
    with pytest.raises(InputError, match="has no question whose evidence can be read"):
        call("tune", path, "--out", tmp_path / "out")
