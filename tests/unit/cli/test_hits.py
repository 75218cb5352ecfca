"""Hits as people read them: few lines, within the width, the asked words marked, nothing acts."""

import re
import subprocess
import sys
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from graphmem.cli.hits import print_explained, print_hits
from graphmem.memory import Memory
from tests.test_cli import Shell

FILL = " ".join(f"Paragraph {at} tells of hedges and gravel." for at in range(80))
TALK = (
    ("Ana", "The kayak hangs in the long shed behind the house, as it has since last Friday."),
    ("Ben", "Which colour is it, and does it still have that patch which we glued on in the rain?"),
    ("Ana", "Green. \u6771\u4eac\u90fd \x1b[2J\u202e kayak"),
    ("Ben", f"{FILL} The spare paddle hangs behind the barometer. {FILL}"),
)
STYLE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def memory():
    with Memory.open("ram:", scope="ana") as memory:
        for at, (speaker, text) in enumerate(TALK):
            said_at = f"2024-05-08T18:3{at}:00Z"
            memory.add(text, speaker=speaker, said_at=said_at, session="boats\x1b[1m")
        yield memory


def printed(hits, *, terminal=True, width=80, show=print_hits, **options):
    stream = StringIO()
    console = Console(file=stream, force_terminal=terminal, width=width, **options)
    show(hits, console)
    return stream.getvalue()


@pytest.mark.parametrize("width", [80, 40, 132])
@pytest.mark.parametrize("question", ["Which colour is the kayak?", "Where is the spare paddle?"])
def test_a_hit_is_a_few_lines_none_wider_than_the_terminal_and_none_a_box(memory, question, width):
    for hit in memory.search(question, k=4):
        lines = STYLE.sub("", printed([hit], width=width)).splitlines()
        assert 3 <= len(lines) <= 7
        assert max(map(cell_len, lines)) <= width
        assert lines[0].startswith(f"{hit.rank}  {hit.note.speaker}, Wed 8 May 2024")
        assert not set("│┃━─╭") & set("".join(lines))


def test_a_short_hit_is_four_lines_who_before_what_why(memory):
    (hit, *_) = [hit for hit in memory.search("kayak", k=4) if hit.note.text.startswith("Green")]
    head, before, text, why = STYLE.sub("", printed([hit])).splitlines()
    assert f"  {hit.score:.2f}" in head
    assert before.startswith("   Ben: Which colour")
    assert "kayak" in text
    assert why.startswith("   why: ")


def test_asked_words_are_marked_and_no_colour_is_printed_where_none_is_wanted(memory, monkeypatch):
    hits = memory.search("kayak", k=1)
    assert re.search(r"\x1b\[1;33mkayak\x1b\[0m", printed(hits))
    assert "\x1b" not in printed(hits, terminal=False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", printed(hits))


def test_of_a_long_text_the_lines_hold_what_was_asked(memory):
    (hit,) = memory.search("Where is the spare paddle?", k=1)
    text = STYLE.sub("", printed([hit]))
    assert "spare paddle" in " ".join(text.split())
    assert "…" in text
    assert len(text) < 700


def test_what_is_said_drives_no_terminal(memory):
    for show in (print_hits, print_explained):
        for terminal in (True, False):
            hits = memory.search("kayak", k=4)
            text = STYLE.sub("", printed(hits, terminal=terminal, show=show))
            assert "\x1b" not in text
            assert "\u202e" not in text
            assert "\\x1b[2J" in text


def test_where_it_is_no_terminal_each_part_is_one_whole_line(memory):
    (hit, *_) = memory.search("Where does the kayak hang?", k=1)
    lines = printed([hit], terminal=False, width=40).splitlines()
    assert f"   {hit.told}" in lines
    assert f"   why: {'; '.join(hit.why)}" in lines


def test_explained_a_hit_is_whole_with_its_ids_and_paths(memory):
    (hit,) = memory.search("spare paddle", k=1)
    text = printed([hit], show=print_explained, width=2_000, terminal=False)
    assert hit.note.id in text
    assert hit.paths[0].text in text
    assert all(reason in text for reason in hit.why)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437", "utf-8"])
def test_hits_are_printed_on_any_code_page(tmp_path, encoding):
    shell = Shell(tmp_path)
    with Memory.open(tmp_path / "memory.db", scope="ana") as memory:
        memory.add("The café is in 東京.", speaker="Zoë")
    ran = subprocess.run(
        [sys.executable, "-m", "graphmem", "search", "Where is the café?"],
        cwd=tmp_path,
        env={**shell.environment, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=True,
    )
    assert "The caf" in ran.stdout.decode(encoding)


def test_that_nothing_answers_is_said_with_the_question(tmp_path):
    shell = Shell(tmp_path)
    with Memory.open(tmp_path / "memory.db", scope="ana") as memory:
        memory.add("The kayak is green.", speaker="Ana", said_at="2024-05-08T18:30:00Z")
    ran = shell.run("search", "kayak", "--as-of", "2020-01-01")
    assert ran.stdout == "nothing in this memory says anything about “kayak”\n"
