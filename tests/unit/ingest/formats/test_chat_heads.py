"""A name, and when it was said on the line below it: chats as Slack and Teams are copied."""

from pathlib import Path

import pytest

from graphmem.ingest.formats.chat_heads import joined_heads, split_shape
from tests.unit.ingest.formats.test_chat_log import turns_of

CHAT = "Mia Roe\n{}\nSoup?\n\nTom (Guest)\n{}\nYes: two bowls\nsays Tom\n\nMia Roe\n{}\nFine\n"


@pytest.mark.parametrize(
    ("stamps", "dates"),
    [
        (("6:05 PM", "6:06 PM", "  6:07 PM"), ("", "", "")),
        (("2/9 6:05 PM", "2/9 6:06 PM", "2/10 6:07 PM"), ("", "", "")),
        (("Yesterday 6:05 PM", "Yesterday at 6:06 PM", "Today 6:07 PM"), ("", "", "")),
        (
            ("09/02/2025 18:05", "09/02/2025 18:06", "10/02/2025 18:07"),
            ("2025-02-09 18:05", "2025-02-09 18:06", "2025-02-10 18:07"),
        ),
        (
            ("February 9, 2025 6:05 PM", "Feb 9, 2025 6:06 PM", "Monday, 10 February 2025 18:07"),
            ("2025-02-09 18:05", "2025-02-09 18:06", "2025-02-10 18:07"),
        ),
    ],
)
def test_a_head_of_two_lines_begins_a_message(
    tmp_path: Path, stamps: tuple[str, ...], dates: tuple[str, ...]
) -> None:
    assert turns_of(tmp_path, CHAT.format(*stamps)) == [
        ("Mia Roe", dates[0], "Soup?"),
        ("Tom (Guest)", dates[1], "Yes: two bowls\nsays Tom"),
        ("Mia Roe", dates[2], "Fine"),
    ]


def test_a_stamp_alone_begins_another_message_of_the_same_person(tmp_path: Path) -> None:
    text = "Mia Roe\n6:05 PM\nSoup?\n6:06\nOr stew?\nTom\n6:07 PM\nStew\n\nMia Roe\n6:08 PM\nOk\n"
    text += "\nTom\n6:09 PM\nBye\n"
    assert [(who, said) for who, _, said in turns_of(tmp_path, text)] == [
        ("Mia Roe", "Soup?"), ("Mia Roe", "Or stew?"), ("Tom", "Stew"), ("Mia Roe", "Ok"),
        ("Tom", "Bye"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Breakfast\n8:00 AM\nPorridge\n\nHike\n10:00 AM\nTo the lake\n\nSupper\n7:00 PM\nSoup\n",
        "We met at noon.\n12:00\nThey left.\n13:00\n",
        "",
    ],
)
def test_a_programme_of_hours_is_no_chat(text: str) -> None:
    assert split_shape(text.split("\n")) is None


def test_lines_of_other_kinds_pass_as_they_are() -> None:
    lines = ["Mia", "not a stamp", "", "Mia", "6:05 PM", "Soup?", "Mia"]
    head = "Mia\n6:05 PM\nx\n\nMia\n6:06 PM\ny"
    found = list(joined_heads(enumerate(lines, start=1), head))
    assert found == [
        (1, "Mia"), (2, "not a stamp"), (3, ""), (4, "Mia\x1f6:05 PM"), (6, "Soup?"), (7, "Mia"),
    ]  # fmt: skip
