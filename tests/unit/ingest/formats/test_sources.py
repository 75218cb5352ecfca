"""Files and folders: the walk, and whatever can be wrong with a file."""

import os
import tempfile
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.errors import InputError, UnknownBackendError
from graphmem.ingest.formats.sources import FORMATS, READERS, read_source
from graphmem.ingest.reading.turns import Turn
from graphmem.types import Problem
from tests.unit.ingest.read_file import read, write_json, write_lines

NOBODY = 65534


@contextmanager
def unprivileged() -> Iterator[None]:
    """Root may read everything: be nobody for a while."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


def open_files() -> int:
    """Return how many files this process has open; 0 where the system does not say."""
    descriptors = Path("/proc/self/fd")
    return len(list(descriptors.iterdir())) if descriptors.is_dir() else 0


def test_an_unknown_format_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownBackendError, match="transcript"):
        read_source(tmp_path, format="transcripts")


def test_a_path_that_is_not_there_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        read_source(tmp_path / "nowhere")


def test_what_is_neither_file_nor_folder_is_refused() -> None:
    with pytest.raises(InputError, match="neither"):
        read_source(Path(os.devnull))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("content", [b"", b"  \n\n", b"\xef\xbb\xbf"])
def test_a_file_without_a_turn_is_a_problem_in_every_format(
    tmp_path: Path, format: str, content: bytes
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(content)
    turns, problems = read(path, format)
    assert turns == []
    assert [(problem.source, problem.skipped) for problem in problems][:1] == [("a.jsonl", True)]


def test_a_folder_is_read_in_sorted_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a/z.jsonl", "a/b/c.jsonl", ".hidden.jsonl", ".git/x.jsonl", "c.jsonl"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        write_lines(tmp_path / name, [{"speaker": "Ana", "text": name}])
    turns, problems = read(tmp_path)
    assert problems == []
    assert [turn.text for turn in turns] == ["a/b/c.jsonl", "a/z.jsonl", "b.jsonl", "c.jsonl"]
    assert turns[0].where == "a/b/c.jsonl:1"


def test_a_file_has_one_collection_however_it_is_addressed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "chats"
    folder.mkdir()
    path = write_lines(folder / "a.jsonl", [{"text": "Hi"}])
    (tmp_path / "link.jsonl").symlink_to(path)
    monkeypatch.chdir(folder)
    ways = (path, Path("a.jsonl"), Path("../chats"), tmp_path / "link.jsonl", Path.cwd())
    assert {turn.collection for way in ways for turn in read(way)[0]} == {"chats/a.jsonl"}


def test_unknown_kinds_and_links_to_folders_are_problems(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    (tmp_path / "loop").symlink_to(tmp_path)
    write_json(tmp_path / "questions.json", [{"question": "?"}])
    turns, problems = read(tmp_path)
    assert turns == []
    assert [problem.source for problem in problems] == ["loop", "photo.png", "questions.json"]
    assert all(problem.skipped for problem in problems)


def test_a_named_format_leaves_other_kinds_of_files_in_a_folder_out(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.jsonl", [{"text": "Hi"}])
    (tmp_path / "notes.md").write_text("Prose.", "utf-8")
    turns, (problem,) = read(tmp_path, "turns")
    assert [turn.text for turn in turns] == ["Hi"]
    assert problem.source == "notes.md"


def test_a_file_that_vanishes_is_a_problem_and_the_next_is_read(tmp_path: Path) -> None:
    for name in "abc":
        write_lines(tmp_path / f"{name}.jsonl", [{"text": name}])
    items = read_source(tmp_path)
    first = next(items)
    (tmp_path / "b.jsonl").unlink()
    rest = list(items)
    assert isinstance(first, Turn)
    assert [(type(item), getattr(item, "source", "")) for item in rest] == [
        (Problem, "b.jsonl"), (Turn, ""),
    ]  # fmt: skip


def test_a_file_that_may_not_be_read_is_a_problem_and_a_path_an_error() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        locked, inner = folder / "a.jsonl", folder / "b"
        write_lines(locked, [{"text": "Hi"}]).chmod(0)
        inner.mkdir(mode=0)
        with unprivileged():
            turns, problems = read(folder)
            with pytest.raises(InputError, match="cannot be read"):
                read_source(inner / "c.jsonl")
        assert turns == []
        assert [(problem.source, problem.skipped) for problem in problems] == [
            ("a.jsonl", True), ("b", True),
        ]  # fmt: skip
        assert all("ermission" in problem.message for problem in problems)


def test_ten_thousand_files_are_read_with_few_open(tmp_path: Path) -> None:
    for number in range(10_000):
        (tmp_path / f"{number:05}.jsonl").write_text(f'{{"text":"{number}"}}\n', "ascii")
    before = open_files()  # a virtual machine that an earlier test started keeps its own open
    most = 0
    texts = []
    for item in read_source(tmp_path):
        assert isinstance(item, Turn)
        texts.append(int(item.text))
        if len(texts) % 1000 == 0:
            most = max(most, open_files())
    assert texts == list(range(10_000))
    assert most - before < 100


def test_nul_and_half_surrogates_are_replaced_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        b'{"text": "a\\u0000b", "speaker": "Ana"}\n{"text": "a\0b"}\n'
        b'{"text": "x\\ud800", "mood": ["\\udfff"]}\n{"text": "\\ud83d\\ude00"}\n'
    )
    turns, problems = read(path)
    assert [turn.text for turn in turns] == ["a\ufffdb", "a\ufffdb", "x\ufffd", "😀"]
    assert turns[2].metadata == {"mood": ["\ufffd"]}
    assert [(problem.source, problem.skipped) for problem in problems] == [
        ("a.jsonl:1", False), ("a.jsonl:2", False), ("a.jsonl:3", False),
    ]  # fmt: skip


def test_right_to_left_text_and_emoji_arrive_as_they_are(tmp_path: Path) -> None:
    text = "مرحبا שלום 👩‍👩‍👧‍👦 \u202eabc"
    (turn,), problems = read(write_lines(tmp_path / "a.jsonl", [{"text": text, "speaker": "بن"}]))
    assert (turn.text, turn.speaker, problems) == (text, "بن", [])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_marked_file_of_lines_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Olá"}\n{"text": "北京"}\n', encoding)
    turns, problems = read(path)
    assert ([turn.text for turn in turns], problems) == (["Olá", "北京"], [])


def test_latin_1_in_a_list_is_read_and_said_once(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes('[{"role": "user", "content": "café"}]'.encode("latin-1"))
    (turn,), (problem,) = read(path)
    assert turn.text == "café"
    assert (problem.source, problem.skipped) == ("a.json", False)


def test_a_megabyte_in_one_turn_is_kept(tmp_path: Path) -> None:
    text = "word " * 220_000
    (turn,), problems = read(write_lines(tmp_path / "a.jsonl", [{"text": text}]))
    assert (turn.text, problems) == (text, [])


def test_turns_without_text_are_counted_skips(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", [{"text": ""}, {"text": " \n"}, {"text": "Hi"}])
    turns, problems = read(path)
    assert [turn.text for turn in turns] == ["Hi"]
    assert [problem.source for problem in problems] == ["a.jsonl:1", "a.jsonl:2"]


def test_one_id_over_two_texts_is_said_and_both_are_kept(tmp_path: Path) -> None:
    lines = [{"session": s, "id": "1", "text": t} for s, t in (("a", "x"), ("a", "x"), ("b", "y"))]
    turns, problems = read(write_lines(tmp_path / "a.jsonl", [*lines, lines[0] | {"text": "z"}]))
    assert [turn.text for turn in turns] == ["x", "x", "y", "z"]
    assert [(problem.source, problem.skipped) for problem in problems] == [("a.jsonl:4", False)]


def test_metadata_nested_without_end_is_cut_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    deep = "[" * 900 + "]" * 900
    endless = "[" * 100_000 + "]" * 100_000
    path.write_text(f'{{"text": "a", "x": {deep}}}\n{{"text": "b", "x": {endless}}}\n', "ascii")
    turns, problems = read(path)
    assert [turn.text for turn in turns] == ["a"]
    assert [(problem.source, problem.skipped) for problem in problems] == [
        ("a.jsonl:1", False), ("a.jsonl:2", True),
    ]  # fmt: skip


JSON_KEYS = (
    "text", "content", "messages", "mapping", "message", "conversation", "session_1", "role",
    "data", "kwargs", "lc", "id", "title", "parts", "parent", "current_node", "said_at", "session",
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            JSON_KEYS        ),
        inner,
        max_size=5,
    ),
)  # fmt: skip


@given(JSON | st.lists(JSON, max_size=3), st.sampled_from(sorted(READERS)))
def test_any_json_gives_turns_and_problems_and_never_fails(value: object, format: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_json(Path(folder) / "a.json", value)
        for chosen in (format, "auto"):
            turns, problems = read(path, chosen)
            assert turns or problems
            assert all(turn.text.strip() for turn in turns)


@given(
    st.binary(max_size=60), st.sampled_from(FORMATS), st.sampled_from((".json", ".jsonl", ".md"))
)
def test_any_bytes_give_turns_and_problems_and_never_fail(
    content: bytes, format: str, suffix: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(content)
        turns, problems = read(path, format)
        assert turns or problems


TURN = '{"session": "s%d", "speaker": "Ana", "text": "' + "word " * 400 + '"}'
PROSE = "Some words of it go on and on for a while" * 4 + ". "
LOCOMO = (
    '{"sample_id": "c%d", "conversation": {"session_1": ['
    + ", ".join(['{"dia_id": "D1:1", "speaker": "Ana", "text": "' + "word " * 400 + '"}'] * 50)
    + "]}}"
)


@pytest.mark.parametrize(
    ("name", "begin", "each", "between", "end", "count"),
    [
        ("a.jsonl", "", TURN, "\n", "\n", 20_000),
        ("a.json", "[", TURN, ",", "]", 20_000),
        ("locomo.json", "[", LOCOMO, ",\n", "]", 400),
        ("talk.txt", "", "[2024-05-01 10:03] Ana: %d " + "word " * 400, "\n", "\n", 20_000),
        ("guide.md", "", "## Part %d\n" + PROSE * 11, "\n\n", "\n", 6_000),
    ],
)  # fmt: skip
def test_a_large_file_is_read_in_little_memory(
    tmp_path: Path, name: str, begin: str, each: str, between: str, end: str, count: int
) -> None:
    path = tmp_path / name
    with path.open("w", encoding="ascii") as file:
        file.write(begin + each % 0)
        for number in range(1, count):
            file.write(between + each % number)
        file.write(end)
    tracemalloc.start()
    try:
        turns = sum(isinstance(item, Turn) for item in read_source(path))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert turns >= count
    assert peak < 4_000_000 < path.stat().st_size / 2


def test_a_file_is_read_once_whatever_paths_and_links_lead_to_it(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "talk.jsonl", [{"session": "s", "text": "Yes."}] * 2)
    os.link(file, tmp_path / "again.jsonl")
    (tmp_path / "link.jsonl").symlink_to(file)
    items = list(read_source(tmp_path, file, tmp_path / "link.jsonl", tmp_path))
    assert sum(isinstance(item, Turn) for item in items) == 2
    problems = [item for item in items if not isinstance(item, Turn)]
    assert len(problems) == 7
    assert not any(problem.skipped for problem in problems)


def test_a_name_that_is_not_utf_8_stops_nothing_and_is_spelled_out(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    try:
        for name in (b"caf\xe9.jsonl", b"caf\xe8.jsonl"):
            Path(os.fsdecode(folder + b"/" + name)).write_text('{"session": "s", "text": "Hi"}')
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    write_lines(tmp_path / "good.jsonl", [{"text": "Good."}])
    turns, problems = read(tmp_path)
    assert [turn.where for turn in turns] == [
        "caf\\xe8.jsonl:1",
        "caf\\xe9.jsonl:1",
        "good.jsonl:1",
    ]
    assert problems == []


@pytest.mark.parametrize("end", ["", "\n"])
def test_front_matter_makes_a_document_and_its_keys_are_no_speakers(
    tmp_path: Path, end: str
) -> None:
    file = tmp_path / "plan.md"
    file.write_text(
        "---\ntitle: The mill\ndate: 2024-05-01\ntags:\n  - home\n---\nTeo mends it." + end
    )
    turns, _ = read(file)
    assert [(turn.title, turn.text, turn.speaker) for turn in turns] == [
        ("The mill", "Teo mends it.", None)
    ]


def test_a_talk_between_rules_stays_a_dialogue(tmp_path: Path) -> None:
    file = tmp_path / "talk.txt"
    file.write_text("---\nAna: Ready?\nBen: Yes.\n---\nAna: Good.\nBen: Go!\n")
    turns, _ = read(file)
    assert [turn.speaker for turn in turns] == ["Ana", "Ben", "Ana", "Ben"]


def test_the_last_turn_of_a_file_says_that_it_was_read_to_its_end(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.jsonl", [{"text": "one"}, {"text": "two"}])
    write_lines(tmp_path / "b.jsonl", [{"text": "three"}])
    turns, _ = read(tmp_path)
    assert [(turn.file.name if turn.file else "", turn.ends_file) for turn in turns] == [
        ("a.jsonl", False),
        ("a.jsonl", True),
        ("b.jsonl", True),
    ]


def test_a_position_that_no_store_holds_is_left_out_and_said(tmp_path: Path) -> None:
    file = tmp_path / "talk.json"
    file.write_text(
        '[{"text": "a", "position": 1180591620717411303424}, {"text": "b", "position": 3}]'
    )
    turns, problems = read(file)
    assert [turn.position for turn in turns] == [None, 3]
    assert "position" in problems[0].message
