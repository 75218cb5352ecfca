"""Markdown, reStructuredText and text documents."""

import re
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from graphmem.ingest.formats.documents import PASSAGE_CHARS
from graphmem.ingest.reading.turns import Turn
from tests.unit.ingest.read_file import read


def passages(tmp_path: Path, text: str, name: str = "guide.md") -> list[Turn]:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    turns, problems = read(path, "documents")
    assert problems == []
    return turns


def titled(turns: list[Turn]) -> list[tuple[str | None, str]]:
    return [(turn.title, turn.text) for turn in turns]


def test_passages_stand_under_the_path_of_their_headings(tmp_path: Path) -> None:
    text = "# Guide\nIntro.\n\n## Install\nRun it.\n\n### Linux\nApt.\n\nUse\n---\nTry.\n"
    turns = passages(tmp_path, text)
    assert titled(turns) == [
        ("Guide", "Intro."),
        ("Guide > Install", "Run it."),
        ("Guide > Install > Linux", "Apt."),
        ("Guide > Use", "Try."),
    ]
    assert {(turn.session, turn.is_passage) for turn in turns} == {("guide.md", True)}
    assert [turn.where for turn in turns] == [f"guide.md:{n}" for n in (2, 5, 8, 12)]


def test_headings_of_restructured_text_are_as_deep_as_their_marks_are_new(tmp_path: Path) -> None:
    text = "=====\nGuide\n=====\nIntro.\n\nInstall\n-------\nRun.\n\n"
    text += "Linux\n~~~~~\nApt.\n\nUse\n---\nTry.\n"
    assert titled(passages(tmp_path, text, "guide.rst")) == [
        ("Guide", "Intro."), ("Guide > Install", "Run."), ("Guide > Install > Linux", "Apt."),
        ("Guide > Use", "Try."),
    ]  # fmt: skip


def test_a_document_without_a_heading_is_named_by_its_file(tmp_path: Path) -> None:
    assert titled(passages(tmp_path, "One.\n\nTwo.\n", "notes.txt")) == [("notes", "One.\n\nTwo.")]


def test_front_matter_names_and_dates_the_document(tmp_path: Path) -> None:
    (turn,) = passages(tmp_path, '---\ntitle: "Trip"\ndate: 2024-05-01\ntags: a, b\n---\nWent.\n')
    assert (turn.title, turn.text, turn.metadata) == ("Trip", "Went.", {"tags": "a, b"})
    assert turn.said_at == datetime(2024, 5, 1, tzinfo=UTC)


def test_an_unclosed_front_matter_is_text(tmp_path: Path) -> None:
    (turn,) = passages(tmp_path, "---\ntitle is not closed\n")
    assert "title is not closed" in turn.text


def test_code_is_one_block_and_has_no_headings(tmp_path: Path) -> None:
    code = "```py\n# comment\n\nx = 1\n```"
    assert titled(passages(tmp_path, f"# Guide\n{code}\n")) == [("Guide", code)]


def test_a_heading_over_nothing_is_kept_as_a_passage(tmp_path: Path) -> None:
    turns = passages(tmp_path, "# Guide\n## Empty\n## Full\n### Deep\nText.\n## Last\n")
    assert titled(turns) == [
        ("Guide > Empty", "Empty"), ("Guide > Full > Deep", "Text."), ("Guide > Last", "Last"),
    ]  # fmt: skip


def test_short_paragraphs_are_joined_and_long_ones_cut_after_sentences(tmp_path: Path) -> None:
    sentence = "The river runs through the old town. "
    turns = passages(tmp_path, "One.\n\nTwo.\n\n" + sentence * 100 + "\n\n" + "x" * 2500)
    assert turns[0].text == "One.\n\nTwo."
    assert all(len(turn.text) <= PASSAGE_CHARS for turn in turns)
    assert all(turn.text.endswith("town.") for turn in turns[1:4])
    assert "".join(turn.text for turn in turns[-3:]) == "x" * 2500


@given(
    st.lists(
        st.sampled_from(
            ["# h", "## k", "text", "- item", "===", "---", "```", "", "a" * 700, "One. Two."]
        )
        | st.text(alphabet="ab#=-` .\n", max_size=12)
    )
)
def test_no_word_of_a_document_is_lost(lines: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.md"
        text = "start\n" + "\n".join(lines)
        path.write_text(text, "utf-8")
        turns, _ = read(path, "documents")
    kept = " ".join(f"{turn.title} {turn.text}" for turn in turns)
    squeezed = re.sub(r"\s", "", kept)
    assert all(word in squeezed for word in re.findall(r"\w+", text))


def test_a_fence_right_below_a_line_makes_no_heading_of_it(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text("# Stove\n\nTo light it:\n```\nturn: left\n# press\n```\nDone.\n")
    turns, _ = read(path)
    assert [(turn.title, turn.text) for turn in turns] == [
        ("Stove", "To light it:\n```\nturn: left\n# press\n```\nDone.")
    ]
