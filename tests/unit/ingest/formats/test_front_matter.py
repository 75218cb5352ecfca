"""Front matter, wikilinks and tags of Markdown notes."""

from pathlib import Path

import pytest

from graphmem.ingest.formats.front_matter import front_matter, links_and_tags
from tests.unit.ingest.read_file import read


def fields(text: str) -> dict[str, object]:
    return front_matter(iter(list(enumerate(text.splitlines(), 1))))[0]


def test_fields_are_read_as_yaml_with_dates_as_text() -> None:
    assert fields("---\nTags:\n  - tea\n  - [jam]\ncreated: 2025-02-09\nn: 3\nempty:\n---\nx") == {
        "tags": ["tea", ["jam"]], "created": "2025-02-09", "n": 3, "empty": None,
    }  # fmt: skip


@pytest.mark.parametrize("written", ["title: Soup: a story\nmood: *calm", "title: Soup: a story"])
def test_what_is_no_yaml_is_read_line_by_line(written: str) -> None:
    assert fields(f"---\n{written}\n---\n")["title"] == "Soup: a story"


def test_references_that_unfold_are_never_followed() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(30))
    assert fields(f"---\n{bomb}---\n")["a"] == "&a [x, x]"


def test_a_rule_without_an_end_is_text() -> None:
    found, lines = front_matter(iter([(1, "---"), (2, "a: b")]))
    assert (found, list(lines)) == ({}, [(1, "---"), (2, "a: b")])


def test_links_and_tags_are_found_once_each() -> None:
    text = (
        "With [[Mia Roe|her]] at [[Pier#North]], [[Pier]] again. #tea #tea/green not#this &#39; #1"
    )
    assert links_and_tags(text) == {
        "links": ["Mia Roe", "Pier"],
        "inline_tags": ["tea", "tea/green"],
    }


def test_a_note_of_a_vault_is_a_dated_document_with_tags_aliases_and_links(tmp_path: Path) -> None:
    path = tmp_path / "pier.md"
    path.write_text(
        "---\naliases: [The Pier]\ntags:\n  - places\nmood: calm\ncreated: 2025-02-09\n---\n"
        "Walked out with [[Mia Roe]].\n\n- [ ] fix the rail #todo\n"
    )
    (turn,), problems = read(path)
    assert problems == []
    assert turn.is_passage
    assert turn.said_at is not None
    assert dict(turn.metadata) == {
        "aliases": ["The Pier"], "tags": ["places"], "mood": "calm", "created": "2025-02-09",
        "links": ["Mia Roe"], "inline_tags": ["todo"],
    }  # fmt: skip
