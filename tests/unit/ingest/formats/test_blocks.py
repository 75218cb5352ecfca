"""Headings and paragraphs, line by line."""

from graphmem.ingest.formats.blocks import (
    MARKDOWN_LEVELS,
    MAX_BLOCK,
    Block,
    Heading,
    read_blocks,
)
from graphmem.types import Problem


def blocks(text: str, levels: dict[str, int] | None = None) -> list[Heading | Block | Problem]:
    lines = enumerate(text.split("\n"), start=1)
    return list(read_blocks(lines, dict(MARKDOWN_LEVELS) if levels is None else levels))


def test_empty_lines_part_paragraphs_and_each_knows_where_it_begins() -> None:
    assert blocks("one\ntwo\n\n\nthree  ") == [Block(1, "one\ntwo"), Block(5, "three")]


def test_a_marked_heading_ends_the_paragraph_before_it() -> None:
    assert blocks("text\n## A *point* ##\nmore") == [
        Block(1, "text"),
        Heading(2, 2, "A *point"),
        Block(3, "more"),
    ]


def test_seven_marks_or_none_behind_them_make_no_heading() -> None:
    assert blocks("####### seven") == [Block(1, "####### seven")]
    assert blocks("#tag") == [Block(1, "#tag")]


def test_an_underlined_line_is_a_heading_where_the_line_stands() -> None:
    assert blocks("Sea\n===\nText\n\nShore\n-----") == [
        Heading(1, 1, "Sea"),
        Block(3, "Text"),
        Heading(5, 2, "Shore"),
    ]


def test_two_lines_over_a_rule_are_a_paragraph() -> None:
    assert blocks("one\ntwo\n---") == [Block(1, "one\ntwo\n---")]


def test_marks_get_their_depth_as_they_are_met_and_overlined_is_another() -> None:
    levels: dict[str, int] = {}
    found = blocks("====\nBook\n====\n\nPart\n====\n\nLeaf\n~~~~\n\nNext\n====", levels)
    assert [(h.line, h.level, h.text) for h in found if isinstance(h, Heading)] == [
        (1, 1, "Book"),
        (5, 2, "Part"),
        (8, 3, "Leaf"),
        (11, 2, "Next"),
    ]
    assert levels == {"==": 1, "=": 2, "~": 3}


def test_nothing_in_a_code_fence_is_a_heading_and_its_empty_lines_stay() -> None:
    code = "```\n# no heading\n\n  x\n```"
    assert blocks(f"{code}\n\nafter") == [Block(1, code), Block(7, "after")]


def test_a_fence_is_closed_by_its_own_marks_alone_as_long_at_least() -> None:
    code = "````\n```\n# code\n````"
    assert blocks(f"{code}\n# Heading") == [Block(1, code), Heading(5, 1, "Heading")]


def test_rules_alone_are_no_text() -> None:
    assert blocks("---\n\n***\n===") == []


def test_a_paragraph_without_end_is_cut() -> None:
    line = "x" * 1_000
    found = blocks("\n".join([line] * 100))
    assert len(found) == 2
    assert MAX_BLOCK < len(found[0].text) < MAX_BLOCK + 1_001
    assert "\n".join(block.text for block in found) == "\n".join([line] * 100)


def test_problems_pass_through_and_cut_nothing() -> None:
    problem = Problem(source="a:2", message="odd bytes")
    lines: list[tuple[int, str] | Problem] = [(1, "one"), problem, (2, "two")]
    assert list(read_blocks(lines, {})) == [problem, Block(1, "one\ntwo")]
