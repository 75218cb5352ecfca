"""Mail: what each writer wrote."""

from datetime import UTC, datetime
from pathlib import Path

from graphmem.ingest.formats.mail import looks_like_mail, text_of_html
from tests.unit.ingest.read_file import read

FIRST = """From: Mia Roe <mia@home.example>
To: Tom <tom@home.example>
Subject: =?utf-8?q?Soup_f=C3=BCr_zwei?=
Date: Sun, 9 Feb 2025 19:05:00 +0100
Message-ID: <1@home.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Is the soup hot?
--{blank}
Mia, sent from the stove
""".replace("{blank}", " ")
ANSWER = """From: Tom <tom@home.example>
To: Mia Roe <mia@home.example>
Subject: Re: =?utf-8?q?Soup_f=C3=BCr_zwei?=
Date: Sun, 9 Feb 2025 18:06:00 +0000
Message-ID: <2@home.example>
In-Reply-To: <1@home.example>
References: <1@home.example>
Content-Type: text/html; charset=utf-8

<html><head><style>p {}</style></head><body><p>Yes,<br>nearly &amp; truly.</p>
<blockquote>Is the soup hot?</blockquote></body></html>
"""
QUOTING = """From: Ida <ida@home.example>
Date: Mon, 10 Feb 2025 08:00:00 +0000
Message-ID: <3@home.example>
References: <1@home.example> <2@home.example>
Subject: AW: Soup für zwei

Save me some.

On Sun, 9 Feb 2025 at 18:06, Tom <tom@home.example> wrote:
> Yes,
> nearly.
"""


def test_a_thread_is_a_session_and_each_mail_its_writers_own_words(tmp_path: Path) -> None:
    for number, text in enumerate((FIRST, ANSWER, QUOTING)):
        (tmp_path / f"{number}.eml").write_text(text, "utf-8")
    turns, problems = read(tmp_path)
    assert problems == []
    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("Mia Roe", "Is the soup hot?"), ("Tom", "Yes,\nnearly & truly."), ("Ida", "Save me some."),
    ]  # fmt: skip
    assert {turn.session for turn in turns} == {"Soup für zwei <1@home.example>"}
    assert turns[0].said_at == datetime(2025, 2, 9, 18, 5, tzinfo=UTC)
    assert turns[0].metadata["from"] == "mia@home.example"
    assert turns[0].metadata["to"] == ["Tom"]


def test_a_box_gives_the_same_turns_as_its_messages(tmp_path: Path) -> None:
    box = "".join(f"From x@y Sun Feb  9 18:05:00 2025\n{text}\n" for text in (FIRST, ANSWER))
    (tmp_path / "box.mbox").write_text(box, "utf-8")
    (tmp_path / "eml").mkdir()
    for number, text in enumerate((FIRST, ANSWER)):
        (tmp_path / "eml" / f"{number}.eml").write_text(text, "utf-8")
    inside, _ = read(tmp_path / "box.mbox")
    alone, _ = read(tmp_path / "eml")
    assert [(one.session, one.source_id, one.text) for one in inside] == [
        (one.session, one.source_id, one.text) for one in alone
    ]


def test_a_letter_about_headers_is_no_mail() -> None:
    assert not looks_like_mail("From: the sea\nTo: the hills\n\nA poem.")
    assert looks_like_mail(FIRST)


def test_a_mail_without_words_or_with_a_broken_date_is_said(tmp_path: Path) -> None:
    broken = FIRST.replace("Sun, 9 Feb 2025 19:05:00 +0100", "someday")
    (tmp_path / "a.eml").write_text(broken)
    (tmp_path / "b.eml").write_text(FIRST.partition("Is the")[0])
    turns, problems = read(tmp_path)
    assert [turn.said_at for turn in turns] == [None]
    assert ["someday" in problems[0].message, "without words" in problems[1].message] == [True] * 2


def test_words_of_a_page_come_without_scripts_and_tags() -> None:
    assert text_of_html("<p>a <i>b</i></p><script>x()</script><div>c</div>") == "a b\nc"
