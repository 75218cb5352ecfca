"""Messages in a table."""

from pathlib import Path

import pytest

from graphmem.ingest.formats.table import looks_like_table
from tests.unit.ingest.read_file import read


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_are_known_by_their_names_and_the_others_are_metadata(
    tmp_path: Path, delimiter: str
) -> None:
    rows = [
        ["Date Sent", "Sender Name", "Message", "mood"],
        ["2025-02-09 18:05", "Mia", '"Soup,\nis it; ""hot""?"', "hungry"],
        ["2025-02-09 18:06", "Tom", "Yes", ""],
    ]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(delimiter.join(row) for row in rows), "utf-8")
    turns, problems = read(path)
    assert problems == []
    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("Mia", 'Soup,\nis it; "hot"?'), ("Tom", "Yes"),
    ]  # fmt: skip
    assert all(turn.said_at for turn in turns)
    assert dict(turns[0].metadata) == {"mood": "hungry"}


def test_a_row_of_another_length_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("speaker,text\nMia,Hi\nTom,Well,then\nTom,Bye\n")
    turns, problems = read(path)
    assert [turn.text for turn in turns] == ["Hi", "Bye"]
    assert [(one.source, one.skipped) for one in problems] == [("a.csv:3", True)]


def test_a_table_of_figures_is_none_of_messages() -> None:
    assert not looks_like_table("year,rain,snow\n2025,3,4\n")
    assert not looks_like_table("text\nHello\n")


def test_a_bare_carriage_return_ends_the_header(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"speaker,text\rMia,Hello\r\nTom,Yes\r\n")
    turns, problems = read(path, format="table")
    assert len(turns) + len(problems) >= 1


def test_columns_are_known_in_other_languages(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        'Datum;Absender;Nachricht\n05.11.2025 18:40;Petra;"Brot;\nfertig?"\n', "utf-8"
    )
    turns, problems = read(tmp_path / "a.csv")
    assert problems == []
    assert [(turn.speaker, turn.text) for turn in turns] == [("Petra", "Brot;\nfertig?")]
    assert f"{turns[0].said_at:%Y-%m-%d %H:%M}" == "2025-11-05 18:40"


def test_the_line_in_which_excel_says_the_separator_is_no_header(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\r\nDatum;Absender;Nachricht\r\n09.02.2025 18:05;Mia;Salt, rye\r\n")
    (turn,), problems = read(path)
    assert (turn.speaker, turn.text, problems) == ("Mia", "Salt, rye", [])
