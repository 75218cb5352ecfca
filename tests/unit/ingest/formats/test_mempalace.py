"""MemPalace's rooms of drawers, in JSON lines and in Markdown, and the indexes beside them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.unit.ingest.read_file import read, write_lines

DRAWER = """## {id}

> {text}

| Field | Value |
|-------|-------|
| Source | {source} |
| Filed | {filed} |
| Added by | {by} |

---

"""
TEXT = "Why soup?\n\n## Because\n| Field | Value |\n| Source | is said |\n---\n> so"


def room(*drawers: str) -> str:
    return "# home / kitchen\n\n" + "".join(drawers)


def drawer(id_: str, text: str, source: str, filed: str, by: str) -> str:
    quoted = text.replace("\n", "\n> ")
    return DRAWER.format(id=id_, text=quoted, source=source, filed=filed, by=by)


def test_a_drawer_comes_back_letter_by_letter_whatever_it_quotes(tmp_path: Path) -> None:
    path = tmp_path / "kitchen.md"
    path.write_text(
        room(
            drawer("drawer_1", TEXT, "talk.md", "2026-04-07T10:03:00.12", "mia"),
            drawer("drawer_2", "Hot.", "unknown", "unknown", "unknown"),
        ),
        "utf-8",
    )
    turns, problems = read(path)
    assert [(turn.source_id, turn.text, turn.session) for turn in turns] == [
        ("drawer_1", TEXT, "talk.md"),
        ("drawer_2", "Hot.", "kitchen"),
    ]
    first, second = turns
    assert {(turn.title, turn.is_passage) for turn in turns} == {("home / kitchen", True)}
    assert first.said_at == datetime(2026, 4, 7, 10, 3, 0, 120_000, tzinfo=UTC)
    assert second.said_at is None
    assert dict(first.metadata) == {
        "wing": "home", "room": "kitchen", "source_file": "talk.md", "added_by": "mia",
        "filed_at": "2026-04-07T10:03:00.12",
    }  # fmt: skip
    assert dict(second.metadata) == {"wing": "home", "room": "kitchen"}
    assert problems == []


@pytest.mark.parametrize(
    "head",
    [
        "# Palace Export — 2026-04-07",
        "# Wing Export — home",
        "# Snapshot Index",
        "# Palace Snapshot",
    ],
)
def test_an_index_is_left_out_and_said(tmp_path: Path, head: str) -> None:
    path = tmp_path / "index.md"
    path.write_text(f"{head}\n\n| Room | Drawers |\n|---|---|\n| [a](a.md) | 2 |\n", "utf-8")
    turns, problems = read(path)
    assert turns == []
    (problem,) = problems
    assert "an index of rooms" in problem.message


def test_other_markdown_with_a_slash_in_its_title_is_a_document(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# home / kitchen\n\n## Soup\n\nStir it.\n", "utf-8")
    (turn,), _ = read(path)
    assert turn.title == "home / kitchen > Soup"


def test_drawers_stand_where_they_stood_in_their_source(tmp_path: Path) -> None:
    known = {"wing": "home", "room": "soup", "source_file": "talk.md", "date": "2025-02-09"}
    drawers: list[object] = [
        {"id": f"d{n}", "document": f"Hot {n}", "metadata": {**known, "chunk_index": n}}
        for n in (1, 0)
    ]
    entry = {"id": "_reg_1", "document": "[registry] talk.md", "metadata": {
        "wing": "home", "room": "_registry", "ingest_mode": "registry"}}  # fmt: skip
    turns, problems = read(write_lines(tmp_path / "soup.jsonl", [*drawers, entry]))
    assert [(turn.session, turn.position) for turn in turns] == [("talk.md", 1), ("talk.md", 0)]
    assert {turn.said_at for turn in turns} == {datetime(2025, 2, 9, tzinfo=UTC)}
    assert turns[0].metadata["wing"] == "home"
    (problem,) = problems
    assert (problem.message, problem.skipped) == (
        "1 entries of the registry of files were left out", False
    )  # fmt: skip


def test_a_line_that_is_no_drawer_is_said(tmp_path: Path) -> None:
    drawer = {"id": "d", "document": "Hot", "metadata": {"wing": "home", "room": "soup"}}
    turns, problems = read(write_lines(tmp_path / "soup.jsonl", [drawer, {"id": "x"}]))
    assert [turn.session for turn in turns] == ["soup"]
    assert ["is no drawer" in problem.message for problem in problems] == [True]
