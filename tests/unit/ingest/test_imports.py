"""What an import of files did is told again by the memory's counts."""

from pathlib import Path

from graphmem import Memory


def folder_of(tmp_path: Path, line: str) -> Path:
    folder = tmp_path / "chats"
    folder.mkdir(exist_ok=True)
    (folder / "tea.jsonl").write_text('{"speaker": "Ada", "text": "Tea at noon."}\n' + line)
    return folder


def test_an_import_is_told_with_its_problems_and_their_places(tmp_path: Path) -> None:
    with Memory.open("ram:", scope="ana") as memory:
        receipt = memory.ingest(folder_of(tmp_path, "no JSON\n"))
        (kept,) = memory.stats().imports
    assert (kept.run_id, kept.files, kept.episodes_added) == (receipt.run_id, 1, 1)
    assert kept.problem_groups == receipt.problem_groups
    assert kept.problem_groups[0].places[0].endswith("tea.jsonl:2")


def test_a_second_import_of_the_same_is_not_told(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "m.db", scope="ana") as memory:
        folder = folder_of(tmp_path, "no JSON\n")
        memory.ingest(folder)
        before = (tmp_path / "m.db-wal").stat().st_size
        memory.ingest(folder)
        assert len(memory.stats().imports) == 1
        assert (tmp_path / "m.db-wal").stat().st_size == before


def test_what_is_added_one_by_one_is_no_import() -> None:
    with Memory.open("ram:", scope="ana") as memory:
        memory.add("Tea at noon.")
        assert memory.stats().imports == ()


def test_a_purge_leaves_nothing_of_a_name_that_a_file_had(tmp_path: Path) -> None:
    folder = tmp_path / "chats"
    folder.mkdir()
    lines = '{"speaker": "Zoraida", "text": "Tea at noon, said Zoraida."}\nno JSON\n'
    (folder / "Zoraida-chat.jsonl").write_text(lines)
    with Memory.open(tmp_path / "m.db", scope="ana") as memory:
        memory.ingest(folder, collection="talks")
        (kept,) = memory.stats().imports
        assert "Zoraida" in kept.problem_groups[0].places[0]
        memory.purge("Zoraida")
        (kept,) = memory.stats().imports
        assert (kept.problems, kept.problem_groups) == (1, ())
    assert b"Zoraida-chat" not in (tmp_path / "m.db").read_bytes()
