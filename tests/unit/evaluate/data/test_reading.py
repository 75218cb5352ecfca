"""Lines of JSON: every object is given with its place, every other line is counted."""

from graphmem.evaluate.data.reading import Oddities, read_rows


def test_objects_come_with_file_and_line_and_other_lines_are_counted(tmp_path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"id": 1}\n\n{torn\n[2]\n\xff\n{"id": 3}')
    odd = Oddities()
    assert list(read_rows(path, odd)) == [("rows.jsonl:1", {"id": 1}), ("rows.jsonl:6", {"id": 3})]
    assert odd.counts == {"bad_lines": 3}
    assert [problem.source for problem in odd.problems] == [f"rows.jsonl:{n}" for n in (3, 4, 5)]
    assert all(problem.skipped for problem in odd.problems)


def test_an_oddity_that_is_only_noted_skips_nothing() -> None:
    odd = Oddities()
    odd.note("duplicate_passages", "corpus.jsonl:2", "b has the text of a")
    (problem,) = odd.problems
    assert (problem.skipped, problem.message) == (False, "b has the text of a")
    assert odd.counts == {"duplicate_passages": 1}
