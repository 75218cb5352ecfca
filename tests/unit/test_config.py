"""Settings: where each value comes from, and what is refused."""

from pathlib import Path

import pytest

from graphmem.config import Settings
from graphmem.errors import ConfigError


def test_without_file_and_environment_the_scope_is_not_set(tmp_path):
    assert Settings.load(tmp_path, {}) == Settings(
        store="graphmem.db", scope=None, encoder="rules", extractor="rules"
    )


def test_the_environment_wins_over_the_file_and_the_file_over_the_defaults(tmp_path):
    (tmp_path / "graphmem.toml").write_text('store = "a.db"\nscope = "ana"\n', "utf-8")
    loaded = Settings.load(tmp_path, {"GRAPHMEM_STORE": "b.db", "GRAPHMEM_ENCODER": "minilm"})
    assert loaded == Settings(store="b.db", scope="ana", encoder="minilm")


@pytest.mark.parametrize(("given", "read"), [("false", False), ("True", True), ("", True)])
def test_a_switch_is_true_or_false_in_the_environment(tmp_path, given, read):
    assert Settings.load(tmp_path, {"GRAPHMEM_TOKEN_SIGNS": given}).token_signs is read


def test_a_switch_is_true_or_false_in_the_file(tmp_path):
    (tmp_path / "graphmem.toml").write_text("token_signs = false\n", "utf-8")
    assert Settings.load(tmp_path, {}).token_signs is False


def test_another_value_of_a_switch_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="GRAPHMEM_TOKEN_SIGNS must be true or false, not 'no'"):
        Settings.load(tmp_path, {"GRAPHMEM_TOKEN_SIGNS": "no"})


def test_an_empty_variable_counts_as_not_set(tmp_path):
    assert Settings.load(tmp_path, {"GRAPHMEM_SCOPE": ""}).scope is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('encodr = "rules"', "unknown setting 'encodr'; did you mean 'encoder'"),
        (
            'zzz = "rules"',
            "known: store, scope, encoder, extractor, ranker, token_signs, index, timezone",
        ),
        ("scope = 3", "scope must be a text, not 3"),
        ('index = "ram"', "index must be disk or memory, not 'ram'"),
        ("token_signs = 1", "token_signs must be true or false, not 1"),
        ("json_chats = 3", r"json_chats must be tables, not 3; write: \[\[json_chats"),
        ('scope = ""', "scope must be a text, not ''"),
        ("scope = ", "cannot be read as TOML"),
        ("scope = '\udcff'", "cannot be read as TOML"),
    ],
)
def test_a_file_that_says_something_else_is_refused_by_name(tmp_path, text, message):
    path = tmp_path / "graphmem.toml"
    path.write_text(text, "utf-8", errors="surrogateescape")
    with pytest.raises(ConfigError, match=message) as caught:
        Settings.load(tmp_path, {})
    assert str(path) in str(caught.value)


def test_here_means_the_working_folder_and_the_environment_of_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "graphmem.toml").write_text('store = "a.db"\nscope = "ana"\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRAPHMEM_STORE", "b.db")
    assert (Settings.here().store, Settings.here().scope) == ("b.db", "ana")


def test_the_ranker_may_be_set(tmp_path):
    assert Settings.load(tmp_path, {}).ranker == "auto"
    assert Settings.load(tmp_path, {"GRAPHMEM_RANKER": "push"}).ranker == "push"
