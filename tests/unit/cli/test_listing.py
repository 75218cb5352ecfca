"""`list`, `count`, `sessions`, `speakers`, `stats`, `scopes` and filters, as typed by a person."""

from io import StringIO

import pytest

from graphmem import Memory
from graphmem.errors import ConfigError, GraphmemError, ScopeError, StoreUnavailableError
from tests.browsing import TALK, filled
from tests.typed import Typed


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shell")
    for scope in ("house", "house/helper", "ben"):
        with Memory.open(folder / "memory.db", scope=scope) as memory:
            filled(memory)
    return folder


@pytest.fixture
def shell(folder, monkeypatch, capsys):
    return Typed(folder, monkeypatch, lambda: capsys.readouterr().out, "house")


def texts(page):
    return [note["text"] for note in page["notes"]]


def test_list_prints_pages_that_go_on_where_the_last_ended(shell):
    first = shell.json("list", "--limit", "4")
    assert texts(first) == [TALK[3][2], TALK[0][2], TALK[1][2], TALK[2][2]]
    rest = shell.json("list", "--limit", "4", "--after", first["after"])
    assert len(rest["notes"]) == 2
    assert rest["after"] is None
    shown = shell.run("list", "--limit", "4", "--order", "newest")
    assert TALK[0][2] in shown
    assert "more: --after n" in shown


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (["--speaker", "milo"], {1, 3}),
        (["--speaker", "milo", "--speaker", "Sanna"], {0, 1, 2, 3}),
        (["--since", "2024-03-01 10:01"], {1, 2}),
        (["--until", "2024-02-01"], {3}),
        (["--session", "house/garage"], {0, 1, 2}),
        (["--where", "floor>5", "--where", "by.room=kitchen"], {3}),
        (["--kind", "turn", "--where", "floor<=5"], {4}),
    ],
)
def test_the_same_filters_narrow_a_list_a_count_and_a_search(shell, options, wanted):
    expected = {TALK[number][2] for number in wanted}
    assert set(texts(shell.json("list", *options))) == expected
    assert shell.json("count", *options) == {"count": len(wanted)}
    found = shell.json("search", "--min-score", "0", "Nordvik Yard", "-k", "9", *options)["hits"]
    assert {hit["text"] for hit in found} == expected


def test_sessions_speakers_and_stats_are_tables_and_json(shell):
    assert [one["session"]["name"] for one in shell.json("sessions")][:2] == ["kitchen", "garage"]
    assert [one["name"] for one in shell.json("speakers")] == ["Milo", "Sanna"]
    assert shell.json("stats")["turns"] == 5
    assert "house/kitchen" in shell.run("sessions")
    assert "Sanna" in shell.run("speakers")
    assert "5, 1" in shell.run("stats")
    assert shell.run("count") == "6\n"


def test_scopes_are_all_of_the_store_or_those_of_one_user(shell):
    assert shell.json("scopes") == ["ben", "house", "house/helper"]
    assert shell.json("scopes", "--scope", "house") == ["house", "house/helper"]
    assert shell.run("scopes") == "ben\nhouse\nhouse/helper\n"


def test_several_scopes_are_searched_where_each_is_named(shell):
    found = shell.json("search", "oven", "-k", "9", "--scopes", "house", "--scopes", "ben")["hits"]
    assert [hit["text"] for hit in found[:2]] == [TALK[3][2]] * 2
    with pytest.raises(ScopeError, match="there is: ben, house"):
        shell.run("search", "oven", "--scopes", "bob")


def test_a_condition_that_is_none_says_how_it_is_written(shell):
    with pytest.raises(ConfigError, match="KEY=VALUE"):
        shell.run("list", "--where", "floor")


READERS = (
    ("search", "x"), ("context", "x"), ("list",), ("count",), ("sessions",), ("speakers",),
    ("stats",), ("entities",), ("facts",), ("timeline", "Ana"), ("neighbourhood", "n1"),
    ("get", "n1"), ("history", "n1"), ("delete", "n1"), ("delete", "--all", "--yes"),
)  # fmt: skip


@pytest.mark.parametrize("command", [*READERS, ("scopes",)])
def test_no_reading_command_makes_a_store(shell, command):
    with pytest.raises(StoreUnavailableError, match=r"no store memry\.db; beside it: memory\.db"):
        shell.run(*command, "--store", "memry.db")
    assert not (shell.folder / "memry.db").exists()


@pytest.mark.parametrize("command", READERS)
def test_a_scope_that_is_not_there_is_named_with_those_that_are(shell, command):
    with pytest.raises(ScopeError, match=r"no scope 'House' in memory\.db; there is: house, ben"):
        shell.run(*command, "--scope", "House")


def test_delete_all_asks_and_erases_nothing_without_a_yes(shell, tmp_path, monkeypatch, capsys):
    with Memory.open(tmp_path / "m.db", scope="house") as memory:
        filled(memory)
    place = ("--store", str(tmp_path / "m.db"))
    planned = shell.run("delete", "--all", "--dry-run", *place)
    assert "6 episodes would be erased" in planned
    monkeypatch.setattr("sys.stdin", StringIO("no\n"))
    with pytest.raises(GraphmemError, match="stopped"):
        shell.run("delete", "--all", *place)
    assert "Erase all 6 episodes of house" in capsys.readouterr().err
    assert shell.json("count", *place) == {"count": 6}
    assert shell.json("delete", "--session", "house/attic", "--dry-run", *place)["ids"]
    monkeypatch.setattr("sys.stdin", StringIO("y\n"))
    assert "episodes deleted" in shell.run("delete", "--all", *place)
    filled_again = shell.json("delete", "--all", "--yes", *place)
    assert filled_again["episodes_deleted"] == 0
