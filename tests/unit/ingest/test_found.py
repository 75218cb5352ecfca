"""Which files of a folder are ingested, and that parts of a folder are the folder."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graphmem.errors import InputError
from graphmem.graph import dump
from graphmem.ingest.found import find_files, portions
from graphmem.memory import Memory
from graphmem.testing import standing_clock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Seven files of five days' talk, in two folders, and a hidden one."""
    root = tmp_path / "talks"
    (root / "june").mkdir(parents=True)
    for day in range(5):
        text = f"Lena: Day {day}, the ferry to Brodick left late.\nPaul: It rained on deck {day}.\n"
        (root / f"day{day}.txt").write_text(text)
    (root / "june" / "first.txt").write_text("Lena: We are in Oban.\nPaul: So we are.\n")
    (root / "june" / "note.md").write_text("# Oban\n\nA harbour town in the west.\n")
    (root / ".draft.txt").write_text("Lena: nothing yet\n")
    return root


def names(files: tuple[Path, ...], root: Path) -> list[str]:
    return [path.relative_to(root).as_posix() for path in files]


def test_a_folder_is_found_sorted_without_hidden_files(folder: Path) -> None:
    found = find_files(folder)
    days = [f"day{day}.txt" for day in range(5)]
    assert names(found.files, folder) == [*days, "june/first.txt", "june/note.md"]
    assert found.problems == found.waiting == ()


def test_a_pattern_chooses_below_the_folder(folder: Path) -> None:
    assert names(find_files(folder, pattern="**/*.md").files, folder) == ["june/note.md"]
    assert len(find_files(folder, pattern="*.txt").files) == 5


def test_named_files_are_taken_in_the_order_given(folder: Path) -> None:
    found = find_files(folder, names=["june/note.md", "day1.txt"])
    assert names(found.files, folder) == ["june/note.md", "day1.txt"]


@pytest.mark.parametrize("name", ["../talks/day1.txt", "/etc/hostname", "june/../../secret"])
def test_a_name_that_leads_out_of_the_folder_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(InputError, match="leads out"):
        find_files(folder, names=[name])


@pytest.mark.parametrize("pattern", ["../*", "/etc/*", ""])
def test_a_pattern_that_leads_out_of_the_folder_is_refused(folder: Path, pattern: str) -> None:
    with pytest.raises(InputError, match="pattern"):
        find_files(folder, pattern=pattern)


def test_a_name_that_is_not_there_any_more_is_a_problem(folder: Path) -> None:
    found = find_files(folder, names=["day9.txt", "day1.txt", "june"])
    assert names(found.files, folder) == ["day1.txt"]
    assert [problem.source for problem in found.problems] == ["day9.txt", "june"]
    assert found.receipt().skipped == 2


def test_a_folder_that_is_not_there_is_named(folder: Path) -> None:
    with pytest.raises(InputError, match="nowhere is no folder"):
        find_files(folder / "nowhere")


def test_a_file_that_two_names_lead_to_is_taken_once(folder: Path) -> None:
    os.link(folder / "day0.txt", folder / "zero.txt")
    assert "zero.txt" not in names(find_files(folder).files, folder)


def test_a_file_that_was_just_changed_waits_and_is_told(folder: Path) -> None:
    now = datetime.now(UTC)
    for path in folder.rglob("*.*"):
        os.utime(path, times=(now.timestamp() - 60,) * 2)
    os.utime(folder / "day2.txt", times=(now.timestamp() - 1,) * 2)
    found = find_files(folder, settled_by=now - timedelta(seconds=5))
    assert names(found.waiting, folder) == ["day2.txt"]
    assert len(found.files) == 6
    (told,) = found.receipt().problems
    assert told.source == "day2.txt"
    assert "next run" in told.message
    assert not told.skipped


def test_a_link_to_a_folder_is_a_problem_of_the_receipt(folder: Path) -> None:
    (folder / "loop").symlink_to(folder)
    receipt = find_files(folder).receipt()
    assert [problem.source for problem in receipt.problems] == ["loop"]


def test_portions_keep_order_and_lose_nothing() -> None:
    files = [Path(f"f{i}") for i in range(7)]
    cut = portions(files, size=3)
    assert [len(part) for part in cut] == [3, 3, 1]
    assert [path for part in cut for path in part] == files


@pytest.mark.parametrize("size", [1, 3])
def test_a_folder_in_portions_is_the_folder(folder: Path, tmp_path: Path, size: int) -> None:
    dumps = []
    for store, parts in (("whole.db", None), ("parts.db", find_files(folder).files)):
        with Memory.open(tmp_path / store, scope="lena", clock=standing_clock) as memory:
            if parts is None:
                memory.ingest(folder)
            else:
                for portion in portions(parts, size=size):
                    memory.ingest(*portion, root=folder)
            dumps.append(list(dump(memory.store)))
    assert dumps[0] == dumps[1]


def test_a_file_outside_the_root_is_refused(folder: Path, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger.txt"
    stranger.write_text("Lena: hello\n")
    with Memory.open("ram:", scope="lena") as memory:
        for path in (stranger, folder / "june" / ".." / ".." / "stranger.txt"):
            with pytest.raises(InputError, match="is not in"):
                memory.ingest(path, root=folder)


def test_a_file_of_the_root_that_went_away_is_a_problem(folder: Path) -> None:
    with Memory.open("ram:", scope="lena") as memory:
        receipt = memory.ingest(folder / "day0.txt", folder / "gone.txt", root=folder)
    assert receipt.files == 1
    assert receipt.skipped == 1
    assert receipt.problems[0].source == "gone.txt"
