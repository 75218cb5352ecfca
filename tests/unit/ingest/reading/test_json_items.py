"""The values of a JSON file, whatever form it has, up to where it is broken."""

from pathlib import Path

import pytest

from graphmem.ingest.reading import text_lines
from graphmem.ingest.reading.json_items import (
    events,
    is_json_lines,
    open_utf8,
    parse_json,
    read_elements,
    read_items,
)
from graphmem.ingest.reading.turns import SourceFile
from graphmem.types import Problem


def file(folder: Path, text: str, *, name: str = "a.json", encoding: str = "utf-8") -> SourceFile:
    path = folder / name
    path.write_text(text, encoding)
    return SourceFile.at(path, root=folder)


def items(source: SourceFile) -> list[object]:
    """Return (place, value) of each item, (place, what is said) of each problem."""
    return [
        (item.source, item.message) if isinstance(item, Problem) else item
        for item in read_items(source)
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": [1, 2.5]}', {"a": [1, 2.5]}),
        ('"a\tb"', "a\tb"),
        ('"\\ud83d"', "\ud83d"),
    ],
)
def test_what_the_fast_parser_refuses_is_taken_all_the_same(text: str, value: object) -> None:
    assert parse_json(text) == value


@pytest.mark.parametrize("digits", ["18446744073709551617", "-9223372036854775809", "9" * 400])
def test_an_integer_of_over_64_bits_keeps_its_digits(tmp_path: Path, digits: str) -> None:
    assert parse_json(digits) == int(digits)
    lines = file(tmp_path, f'{{"id": {digits}}}\n', name="a.jsonl")
    as_list = file(tmp_path, f'[\n{{"id": {digits}}}]')
    assert [value for _, value in items(lines)] == [value for _, value in items(as_list)]


@pytest.mark.parametrize("text", ["{", "", "[" * 100_000])
def test_what_is_no_json_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_json(text)


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        ('{"a": 1}\n{"a": 2}\n', "a.json", True),
        ("[1]\n[2]\n", "a.json", True),
        ("[1]\n", "a.jsonl", False),
        ('{"a": 1}\n', "a.json", True),
        ('[\n{"a": 1}', "a.jsonl", False),
        ('{"a":\n1}', "a.json", False),
        ("{broken\n{}", "a.jsonl", True),
        ("{broken\n{}", "a.NDJSON", True),
        ("{broken\n{}", "a.json", False),
    ],
)
def test_lines_are_told_from_one_value(
    tmp_path: Path, head: str, name: str, expected: bool
) -> None:
    assert is_json_lines(file(tmp_path, head, name=name), head) is expected


def test_each_line_is_a_value_and_a_broken_one_is_skipped_alone(tmp_path: Path) -> None:
    first, problem, last = items(file(tmp_path, '{"a": 1}\n \n{"a"\n{"a": 3}\n', name="a.jsonl"))
    assert (first, last) == (("a.jsonl:1", {"a": 1}), ("a.jsonl:4", {"a": 3}))
    assert problem[0] == "a.jsonl:3"
    assert problem[1].startswith("broken JSON (")
    assert problem[1].endswith("""'{"a"'""")


def test_the_elements_of_a_list_are_counted_from_1(tmp_path: Path) -> None:
    assert items(file(tmp_path, '[\n{"a": 1},\n"b"]')) == [
        ("a.json#1", {"a": 1}),
        ("a.json#2", "b"),
    ]


def test_one_object_is_one_item_under_the_files_name(tmp_path: Path) -> None:
    assert items(file(tmp_path, '{"a":\n[1]}')) == [("a.json", {"a": [1]})]


def test_numbers_with_a_point_are_floats_all_the_way_down(tmp_path: Path) -> None:
    ((_, value),) = items(file(tmp_path, '{"a":\n[{"b": 0.5}, 1.25, 3]}'))
    assert value == {"a": [{"b": 0.5}, 1.25, 3]}
    assert [type(number) for number in (value["a"][0]["b"], *value["a"][1:])] == [float, float, int]


def test_what_stands_before_broken_json_is_taken(tmp_path: Path) -> None:
    first, second, (where, said) = items(file(tmp_path, "[\n1,\n2,\n{]"))
    assert (first, second, where) == (("a.json#1", 1), ("a.json#2", 2), "a.json#3")
    assert "the 2 before it were: correct it" in said


def test_an_element_at_a_path_is_found(tmp_path: Path) -> None:
    source = file(tmp_path, '{"turns": [1, 2], "other": [3]}')
    assert list(read_elements(source, "turns.item")) == [("a.json#1", 1), ("a.json#2", 2)]


def test_a_list_in_another_encoding_is_read(tmp_path: Path) -> None:
    assert items(file(tmp_path, '[\n"é"]', encoding="utf-16")) == [("a.json#1", "é")]


def test_bytes_that_are_no_utf8_are_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b'[\n"caf\xe9"]')
    value, problem = read_items(SourceFile.at(path, root=tmp_path))
    assert value == ("a.json#1", "café")
    assert isinstance(problem, Problem)
    assert not problem.skipped


def test_events_come_with_their_paths(tmp_path: Path) -> None:
    with open_utf8(file(tmp_path, '{"a": [1]}')) as stream:
        found = list(events(stream))
    assert ("a.item", "number", 1) in found


def test_a_line_that_comes_in_pieces_is_one_problem_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_lines, "MAX_LINE", 64)
    long = '{"text": "' + "rye and oats " * 40 + '"}\n'
    found = items(file(tmp_path, long + '{"text": "Salt"}\n', name="a.jsonl"))
    assert [where for where, _ in found] == ["a.jsonl:1", "a.jsonl:2"]
    assert found[1] == ("a.jsonl:2", {"text": "Salt"})
