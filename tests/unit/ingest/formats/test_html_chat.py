"""Chats exported as HTML: speakers, times and texts, and who goes on without a name."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.ingest.read_file import read

HEAD = (
    '<!DOCTYPE html><html><body><div class="page_wrap"><div class="page_header">'
    '<div class="content"><div class="text bold">\nRowing club\n</div></div></div>'
    '<div class="history">\n'
)
NOTICE = (
    '<div class="message service" id="message-1"><div class="body details">2 June</div></div>\n'
)


def message(number: int, name: str, text: str, *, more: str = "") -> str:
    who = f'<div class="from_name">\n{name}\n</div>' if name else ""
    return (
        f'<div class="message default clearfix" id="message{number}"><div class="userpic">'
        f'<div class="initials">X</div></div><div class="body"><div class="pull_right date" '
        f'title="02.06.2023 19:0{number}:00 UTC+02:00">19:0{number}</div>{who}{more}'
        f'<div class="text">\n{text}\n</div></div></div>\n'
    )


def test_a_telegram_page_is_a_chat_and_its_second_file_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "messages.html").write_text(
        HEAD + NOTICE + message(1, "Ida", "The boat leaks.<br>By the bow &amp; below.")
        + message(2, "", "A little.") + message(3, "Jo: the 2nd", "Tar it")
    )  # fmt: skip
    (folder / "messages2.html").write_text(HEAD + message(4, "Ida", "Done."))
    turns, problems = read(folder)
    assert [(turn.speaker, turn.text, turn.session) for turn in turns] == [
        ("Ida", "The boat leaks.\nBy the bow & below.", "Rowing club"),
        ("Ida", "A little.", "Rowing club"),
        ("Jo: the 2nd", "Tar it", "Rowing club"),
        ("Ida", "Done.", "Rowing club"),
    ]
    assert len({turn.collection for turn in turns}) == 1
    assert f"{turns[0].said_at}" == "2023-06-02 19:01:00+02:00"
    assert turns[0].source_id == "1"
    assert [problem.skipped for problem in problems] == [False]


def test_of_what_is_passed_on_the_words_count_and_the_name_over_them_does_not(
    tmp_path: Path,
) -> None:
    passed = (
        '<div class="message default clearfix joined" id="message5"><div class="body">'
        '<div class="forwarded body"><div class="from_name">The weather '
        '<span class="date details" title="01.01.2020 00:00:00">1 Jan</span></div>'
        '<div class="text">Gales.</div></div></div></div>'
    )
    answer = '<div class="reply_to details">In reply to <a>this</a></div>'
    (tmp_path / "m.html").write_text(HEAD + message(1, "Ida", "Row?", more=answer) + passed)
    turns, _ = read(tmp_path / "m.html")
    assert [(turn.speaker, turn.text) for turn in turns] == [("Ida", "Row?"), ("Ida", "Gales.")]


def test_a_discord_page_is_a_chat(tmp_path: Path) -> None:
    (tmp_path / "d.html").write_text(
        "<!DOCTYPE html><html><body><div class=preamble__entry>Rowers</div>"
        "<div class=chatlog__message-group>"
        "<div class=chatlog__message-container data-message-id=71>"
        "<span class=chatlog__author title=ida_r>Ida</span>"
        '<span class=chatlog__timestamp title="Friday, June 2, 2023 7:01 PM"><a>06/02</a></span>'
        "<div class=chatlog__content><span>Oars are in.</span></div></div>"
        "<div class=chatlog__message-container data-message-id=72>"
        '<div class=chatlog__short-timestamp title="Friday, June 2, 2023 7:03 PM">7:03</div>'
        "<div class=chatlog__content><span>All of them.</span></div></div></div></body></html>"
    )
    turns, problems = read(tmp_path / "d.html")
    assert problems == []
    assert [(turn.speaker, turn.text, turn.source_id) for turn in turns] == [
        ("Ida", "Oars are in.", "71"),
        ("Ida", "All of them.", "72"),
    ]
    assert [f"{turn.said_at:%Y-%m-%d %H:%M}" for turn in turns] == [
        "2023-06-02 19:01",
        "2023-06-02 19:03",
    ]


def _new(name: str, text: str, when: str) -> str:
    return (
        f'<div class="_3-95 _a6-g"><h2 class="_2ph_ _a6-h">{name}</h2>'
        f'<div class="_2ph_ _a6-p"><div><div></div><div>{text}</div>'
        '<div><ul class="_a6-q"><li>\u2764 Jo</li></ul></div></div></div>'
        f'<div class="_3-94 _a6-o">{when}</div></div>'
    )


def _old(name: str, text: str, when: str) -> str:
    return (
        f'<div class="pam _3-95 _2pi0 uiBoxWhite noborder"><div class="_3-96 _2pio">{name}</div>'
        f'<div class="_3-96 _2let"><div><div>{text}</div></div></div>'
        f'<div class="_3-94 _2lem">{when}</div></div>'
    )


@pytest.mark.parametrize("message", [_new, _old])
def test_facebooks_pages_of_messages_are_read_oldest_first(
    tmp_path: Path, message: Callable[[str, str, str], str]
) -> None:
    folder = tmp_path / "inbox" / "rowing"
    folder.mkdir(parents=True)
    for number, said in (
        (1, [("Jo", "Tar it", "Jun 03, 2023 7:05 pm"), ("Ida", "Where?", "Jun 02, 2023 9:00 am")]),
        (2, [("Ida", "The boat &amp; oars leak.", "Jun 01, 2023 8:00 am")]),
    ):
        page = "".join(message(*one) for one in said)
        (folder / f"message_{number}.html").write_text(
            f"<html><head><title>Rowing club</title></head><body>{page}</body></html>"
        )
    turns, problems = read(tmp_path / "inbox")
    assert sorted((f"{turn.said_at:%d %H:%M}", turn.speaker, turn.text) for turn in turns) == [
        ("01 08:00", "Ida", "The boat & oars leak."),
        ("02 09:00", "Ida", "Where?"),
        ("03 19:05", "Jo", "Tar it"),
    ]
    assert [turn.text for turn in turns][:2] == ["Where?", "Tar it"]
    assert {(turn.session, turn.collection) for turn in turns} == {
        ("Rowing club", "inbox/rowing/message.html")
    }
    assert problems == []
