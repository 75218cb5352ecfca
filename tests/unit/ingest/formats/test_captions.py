"""Captions: who said what, without numbers and times."""

from pathlib import Path

import pytest

from tests.unit.ingest.read_file import read

VTT = """WEBVTT - call

NOTE made by a program

1
00:00:01.000 --> 00:00:03.500 align:start
<v Mia Roe>Is the <b>soup</b></v>

2
00:00:03.600 --> 00:00:04.000
<v Mia Roe>hot?</v>

3
01:00:05.000 --> 01:00:06.000
<v Tom>Yes,
nearly.</v>
"""
SRT = """1
00:00:01,000 --> 00:00:03,500
Mia Roe: Is the soup

2
00:00:03,600 --> 00:00:04,000
Mia Roe: hot?

3
01:00:05,000 --> 01:00:06,000
>> Tom: Yes,
nearly.
"""


@pytest.mark.parametrize(("name", "text"), [("a.vtt", VTT), ("a.srt", SRT), ("a.txt", VTT)])
def test_cues_of_one_speaker_are_one_turn_without_numbers(
    tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    turns, problems = read(tmp_path / name)
    assert problems == []
    assert [(turn.speaker, turn.text, turn.metadata["begins_at"]) for turn in turns] == [
        ("Mia Roe", "Is the soup hot?", "0:00:01"), ("Tom", "Yes, nearly.", "1:00:05"),
    ]  # fmt: skip


def test_a_pause_or_a_long_text_begins_another_turn(tmp_path: Path) -> None:
    cues = "".join(f"00:{n:02}:00.000 --> 00:{n:02}:01.000\nplain words {n}\n\n" for n in range(3))
    (tmp_path / "a.vtt").write_text(f"WEBVTT\n\n{cues}")
    turns, _ = read(tmp_path / "a.vtt")
    assert [turn.text for turn in turns] == [f"plain words {n}" for n in range(3)]
    assert {turn.speaker for turn in turns} == {None}


def test_sbv_is_read_as_captions_whatever_the_file_is_called(tmp_path: Path) -> None:
    first = "0:01:10.000,0:01:12.000\nPetra: The list is here\n\n"
    text = first + "0:02:10.000,0:02:12.000\nIvo: thanks\n"
    for name in ("a.sbv", "a.txt"):
        (tmp_path / name).write_text(text)
        turns, problems = read(tmp_path / name)
        assert problems == []
        assert [(turn.speaker, turn.text) for turn in turns] == [
            ("Petra", "The list is here"),
            ("Ivo", "thanks"),
        ]


def test_signs_are_read_and_a_sentence_before_a_colon_is_nobodys_name(tmp_path: Path) -> None:
    path = tmp_path / "a.vtt"
    path.write_text(
        "WEBVTT\n\n00:01.000 --> 00:02.000\nROE: Salt &amp; rye\n\n"
        "00:09.000 --> 00:10.000\n>> so we begin: now\n\n"
        "00:20.000 --> 00:21.000\n<v Mia &amp; Tom>&lt;both&gt;</v>\n"
    )
    turns, _ = read(path)
    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("ROE", "Salt & rye"),
        (None, ">> so we begin: now"),
        ("Mia & Tom", "<both>"),
    ]
