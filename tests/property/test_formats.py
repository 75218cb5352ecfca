"""One dialogue, whatever it is: written in each format it is read as the same turns."""

import csv
import io
import json
import mailbox
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from graphmem.ingest.formats.sources import read_source
from graphmem.ingest.reading.turns import Turn

FIRST = datetime(2025, 2, 9, 18, 5, tzinfo=UTC)
PEOPLE = ("Mia Roe", "Jörg", "李娜")
WORDS = st.sampled_from("soup bread knife Löffel суп café 汤 42 it's half-past a.b".split())
TEXT = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
SAID = st.lists(st.tuples(st.sampled_from(PEOPLE), TEXT), min_size=2, max_size=9)
Dialogue = list[tuple[str, str, datetime]]


def as_turns(dialogue: Dialogue) -> str:
    return "".join(
        json.dumps({"session": "s", "speaker": who, "text": text, "said_at": at.isoformat()}) + "\n"
        for who, text, at in dialogue
    )


def as_messages(dialogue: Dialogue) -> str:
    said = [
        {"role": "user", "name": who, "content": text, "timestamp": at.isoformat()}
        for who, text, at in dialogue
    ]
    return json.dumps({"id": "s", "messages": said})


def as_telegram(dialogue: Dialogue) -> str:
    said = [
        {
            "id": n, "type": "message", "date_unixtime": str(int(at.timestamp())), "from": who,
            "from_id": f"user{PEOPLE.index(who)}", "text": [text[:2], {"text": text[2:]}],
        }
        for n, (who, text, at) in enumerate(dialogue)
    ]  # fmt: skip
    return json.dumps({"name": "s", "type": "private_group", "id": 1, "messages": said})


def as_discord(dialogue: Dialogue) -> str:
    said = [
        {
            "id": str(n), "type": "Default", "timestamp": at.isoformat(), "content": text,
            "author": {"id": "1", "name": "x", "nickname": who},
        }
        for n, (who, text, at) in enumerate(dialogue)
    ]  # fmt: skip
    return json.dumps({"guild": {"name": "g"}, "channel": {"name": "s"}, "messages": said})


def as_facebook(dialogue: Dialogue) -> str:
    said = [
        {
            "sender_name": who.encode().decode("latin-1"),
            "timestamp_ms": int(at.timestamp()) * 1000,
            "content": text.encode().decode("latin-1"),
        }
        for who, text, at in reversed(dialogue)
    ]
    return json.dumps({"participants": [], "title": "s", "messages": said})


def as_table(dialogue: Dialogue) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["timestamp", "sender", "message"])
    writer.writerows((at.isoformat(), who, text) for who, text, at in dialogue)
    return out.getvalue()


def as_chat(dialogue: Dialogue) -> str:
    return "".join(f"[{at:%Y-%m-%d, %H:%M:%S}] {who}: {text}\n" for who, text, at in dialogue)


def as_telegram_page(dialogue: Dialogue) -> str:
    said = "".join(
        f'<div class="message default" id="message{n}"><div class="body"><div class="date" '
        f'title="{at:%d.%m.%Y %H:%M:%S} UTC+00:00">x</div><div class="from_name">{who}</div>'
        f'<div class="text">{text}</div></div></div>\n'
        for n, (who, text, at) in enumerate(dialogue, start=1)
    )
    head = '<!DOCTYPE html><html><div class="page_header"><div class="text bold">s</div></div>'
    return f'{head}<div class="history">{said}</div></html>'


def as_mail(dialogue: Dialogue) -> str:
    with TemporaryDirectory() as folder:
        box = mailbox.mbox(Path(folder) / "box")
        for n, (who, text, at) in enumerate(dialogue):
            message = EmailMessage()
            message["From"] = f"{who} <x@home.example>"
            message["Subject"] = "s"
            message["Date"] = at
            message["Message-ID"] = f"<{n}@home.example>"
            message.set_content(text + "\n")
            box.add(message)
        box.close()
        return (Path(folder) / "box").read_text("utf-8")


FORMATS: dict[str, Callable[[Dialogue], str]] = {
    "a.jsonl": as_turns,
    "m.json": as_messages,
    "t.json": as_telegram,
    "d.json": as_discord,
    "f.json": as_facebook,
    "c.csv": as_table,
    "c.txt": as_chat,
    "t.html": as_telegram_page,
    "b.mbox": as_mail,
}


@settings(deadline=None, max_examples=60)
@given(SAID, st.integers(1, 90))
def test_one_dialogue_gives_the_same_turns_in_each_format(
    said: list[tuple[str, str]], minutes: int
) -> None:
    dialogue = [
        (who, text, FIRST + n * timedelta(minutes=minutes)) for n, (who, text) in enumerate(said)
    ]
    with TemporaryDirectory() as folder:
        for name, written in FORMATS.items():
            path = Path(folder) / name
            path.write_text(written(dialogue), "utf-8", newline="")
            items = list(read_source(path))
            turns = [item for item in items if isinstance(item, Turn)]
            assert len(items) == len(turns), (name, items)
            assert [(turn.speaker, turn.text, turn.said_at) for turn in turns] == dialogue, name
