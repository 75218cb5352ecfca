"""A file's name in the store: the folder that was given, and the path below it."""

import os
from pathlib import Path

import pytest

from graphmem.ingest.formats.sources import read_source
from graphmem.ingest.reading.turns import SourceFile, Turn, readable
from tests.unit.ingest.read_file import read


def collections(*paths: Path, collection: str | None = None) -> set[str]:
    items = read_source(*paths, collection=collection)
    return {item.collection for item in items if isinstance(item, Turn)}


def test_a_file_in_a_folder_is_known_by_that_folder_and_the_whole_path_below(
    tmp_path: Path,
) -> None:
    for shelf in ("west/plans", "east/plans", "plans"):
        (tmp_path / shelf).mkdir(parents=True)
        (tmp_path / shelf / "sail.md").write_text(f"Mend the sail of {shelf}.")
    name = tmp_path.name
    assert collections(tmp_path) == {
        f"{name}/west/plans/sail.md",
        f"{name}/east/plans/sail.md",
        f"{name}/plans/sail.md",
    }
    assert collections(tmp_path / "west") == {"west/plans/sail.md"}
    assert collections(tmp_path / "west/plans") == {"plans/sail.md"}


def test_a_collection_stands_for_the_name_of_the_folder_given(tmp_path: Path) -> None:
    for month in ("may", "june"):
        (tmp_path / month / "Ida").mkdir(parents=True)
        (tmp_path / month / "Ida/talk.txt").write_text(f"Ida: It is {month}.\nTeo: Yes.\n")
        assert collections(tmp_path / month, collection="boats") == {"boats/Ida/talk.txt"}
    assert collections(tmp_path / "may/Ida/talk.txt", collection="boats") == {"boats/talk.txt"}


def test_a_link_inside_the_folder_is_known_by_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/z.md").write_text("The tide table.")
    (tmp_path / "a.md").symlink_to(tmp_path / "deep/z.md")
    assert collections(tmp_path) == {f"{tmp_path.name}/deep/z.md"}


def test_a_link_out_of_the_folder_is_known_by_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    for name in ("one", "two"):
        (tmp_path / name / "x").mkdir(parents=True)
        (tmp_path / name / "x/same.md").write_text(f"Page {name}.")
        (tmp_path / "given" / f"{name}.md").symlink_to(tmp_path / name / "x/same.md")
    assert collections(tmp_path / "given") == {"given/one.md", "given/two.md"}


@pytest.mark.parametrize("target", ["back.md", "nowhere.md"])
def test_a_link_that_leads_to_no_file_is_one_problem(tmp_path: Path, target: str) -> None:
    (tmp_path / "back.md").symlink_to(tmp_path / target)
    (tmp_path / "good.md").write_text("The tide table.")
    turns, problems = read(tmp_path)
    assert [turn.text for turn in turns] == ["The tide table."]
    assert [(problem.source, problem.skipped) for problem in problems] == [("back.md", True)]


def test_bytes_of_a_name_that_are_no_utf8_are_spelled_out() -> None:
    assert readable(os.fsdecode(b"chat\xff.txt")) == r"chat\xff.txt"
    assert readable("café.txt") == "café.txt"


def test_lines_and_elements_are_told_apart() -> None:
    file = SourceFile(Path("b.txt"), "a/b.txt", "a/b.txt")
    assert (file.line(3), file.element(3)) == ("a/b.txt:3", "a/b.txt#3")
