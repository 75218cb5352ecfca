"""The files of one call that would be stored as one: told apart, refused, or mixed if asked for."""

import os
from pathlib import Path

import pytest

from graphmem.errors import ConfigError
from graphmem.ingest.formats.sources import read_source
from graphmem.ingest.reading.turns import Turn
from graphmem.memory import Memory
from graphmem.testing import standing_clock
from graphmem.types import Problem
from tests.unit.ingest.read_file import read, write_lines


@pytest.fixture
def vaults(tmp_path: Path) -> Path:
    """Two vaults with a note of the same inner path, and two exports of one chat."""
    for name, text in {
        "vaults/north/plans/week.md": "Mend the sail.\n\nBuy a new rope.",
        "vaults/south/plans/week.md": "Mend the sail.\n\nPaint the cabin.",
        "exports/may/Ida/talk.txt": "[2024-05-01 10:03] Ida: Ahoy\n[2024-05-01 10:04] Teo: Yes",
        "exports/june/Ida/talk.txt": "[2024-05-01 10:03] Ida: Ahoy\n[2024-05-01 10:04] Teo: Yes\n"
        "[2024-06-02 10:04] Teo: Coming",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def stored(*calls: tuple[Path, ...], collection: str | None = None) -> list[tuple[str, str]]:
    """Return collection and text of each episode after one call of `ingest` each."""
    with Memory.open("ram:", scope="ida", clock=standing_clock) as memory:
        for paths in calls:
            memory.ingest(*paths, collection=collection)
        homes = {s.id: s.collection for s in memory.store.scan("session", memory.scope.key)}
        episodes = memory.store.scan("episode", memory.scope.key)
        return sorted((homes[e.session_id], e.text) for e in episodes)


def test_documents_of_one_inner_path_in_two_vaults_are_both_kept(vaults: Path) -> None:
    both = vaults / "vaults"
    north, south = both / "north", both / "south"
    apart = stored((north,), (south,))
    assert [home for home, _ in apart] == ["north/plans/week.md", "south/plans/week.md"]
    assert "Buy a new rope." in apart[0][1]
    assert apart == stored((south, north)) == stored((north, south), (north,))
    assert [text for _, text in stored((both,))] == [text for _, text in apart]


def test_two_exports_of_one_chat_meet_if_their_collection_is_named(vaults: Path) -> None:
    may, june = vaults / "exports/may", vaults / "exports/june"
    assert len(stored((may,), (june,))) == 5
    met = stored((may,), (june,), collection="boats")
    assert met == [("boats/Ida/talk.txt", text) for text in ("Ahoy", "Coming", "Yes")]
    assert met == stored((may, june), collection="boats")
    assert met == stored((june,), (may,), collection="boats")


@pytest.mark.parametrize("name", ["", "  ", "a\0b", "half\ud800", 7])
def test_a_collection_that_names_nothing_is_refused_at_once(tmp_path: Path, name: str) -> None:
    with Memory.open("ram:", scope="ida") as memory, pytest.raises(ConfigError, match="collection"):
        memory.ingest(tmp_path, collection=name)


def test_two_folders_of_one_name_are_not_mixed_and_what_is_left_out_is_said(
    tmp_path: Path,
) -> None:
    for owner in ("ida", "teo"):
        (tmp_path / owner / "notes").mkdir(parents=True)
        (tmp_path / owner / "notes/list.md").write_text(f"Rope for {owner}.")
        (tmp_path / owner / f"notes/{owner}.md").write_text(f"Paint for {owner}.")
    items = list(read_source(tmp_path / "ida/notes", tmp_path / "teo/notes"))
    assert [item.text for item in items if isinstance(item, Turn)] == [
        "Paint for ida.",
        "Rope for ida.",
        "Paint for teo.",
    ]
    (problem,) = (item for item in items if isinstance(item, Problem))
    assert problem.skipped
    assert problem.source == "list.md"
    assert str(tmp_path / "ida/notes/list.md") in problem.message
    assert "--collection NAME" in problem.message


def test_files_of_one_collection_that_was_asked_for_are_all_read_and_that_is_said(
    tmp_path: Path,
) -> None:
    for month in ("may", "june"):
        (tmp_path / month).mkdir()
        (tmp_path / month / "talk.txt").write_text(f"Ida: It is {month}.\nTeo: Yes.\n")
    items = list(read_source(tmp_path / "may", tmp_path / "june", collection="boats"))
    turns = [item for item in items if isinstance(item, Turn)]
    assert [turn.text for turn in turns] == ["It is may.", "Yes.", "It is june.", "Yes."]
    assert {turn.collection for turn in turns} == {"boats/talk.txt"}
    (problem,) = (item for item in items if isinstance(item, Problem))
    assert not problem.skipped
    assert "boats/talk.txt" in problem.message


def test_exports_that_name_their_conversations_may_lie_in_folders_of_one_name(
    tmp_path: Path,
) -> None:
    for year in ("one", "two"):
        (tmp_path / year / "export").mkdir(parents=True)
        write_lines(
            tmp_path / year / "export/chat.jsonl", [{"session": "s", "text": f"Year {year}."}]
        )
    items = list(read_source(tmp_path / "one/export", tmp_path / "two/export"))
    assert [item.text for item in items if isinstance(item, Turn)] == ["Year one.", "Year two."]
    assert not any(isinstance(item, Problem) for item in items)


def test_names_that_are_spelled_out_alike_are_not_mixed(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.md")).write_text("Black coffee.")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (tmp_path / "caf\\xe9.md").write_text("White coffee.")
    turns, problems = read(tmp_path)
    assert len(turns) == 1
    assert len(problems) == 1
