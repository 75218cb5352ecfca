"""The scalars around a list, before and behind it."""

from pathlib import Path

from graphmem.ingest.reading.outer_fields import outer_fields
from graphmem.ingest.reading.turns import SourceFile


def fields(path: Path, text: str, wanted: str) -> tuple[dict[str, object], str]:
    path.write_text(text)
    return outer_fields(SourceFile.at(path, root=path), wanted)


def test_names_before_and_behind_the_list_count_and_those_in_it_do_not(tmp_path: Path) -> None:
    text = '{"title": "Tide", "Chat_Log": [{"id": 3, "n": {"title": "no"}}], "about": {"at": 1.5}}'
    found, spelled = fields(tmp_path / "a.json", text, "chatlog")
    assert found == {"title": "Tide", "about": {"at": 1.5}}
    assert isinstance(found["about"], dict)
    assert type(found["about"]["at"]) is float
    assert spelled == "Chat_Log"


def test_of_a_broken_file_what_stands_before_the_break_counts(tmp_path: Path) -> None:
    assert fields(tmp_path / "a.json", '{"title": "Tide", "log": [', "log")[0] == {"title": "Tide"}
