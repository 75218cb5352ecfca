"""A chat that was rendered reads back to the same turns."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.ingest.read_file import read

STAMPS = {
    "dmy": ("%d/%m/%Y, %H:%M", "%d.%m.%y %H.%M", "%Y-%m-%d %H:%M", "%d/%m/%y, %I:%M %p"),
    "mdy": ("%m/%d/%Y, %H:%M", "%m/%d/%y, %I:%M\u202f%p"),
}
HEADS = (
    "{stamp} - {name}: {text}",
    "[{stamp}] {name}: {text}",
    "\u200e[{stamp}] {name}: \u200e{text}",
)
NAMES = (
    st.text("abcdeßéλя🎣 ()'+0123456789/", min_size=1, max_size=12)
    .map(str.strip)
    .filter(lambda name: name[:1].isalpha() and name.lower() != "null")
)
LINES = (
    st.text("abc xyz.:;[]()-012", max_size=20)
    .map(str.strip)
    .filter(lambda line: not line[:2].strip("[(").isdigit())
)
TEXTS = st.lists(LINES, min_size=1, max_size=3).map("\n".join).map(str.strip).filter(bool)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_rendered_chat_reads_back(data: st.DataObject) -> None:
    order = data.draw(st.sampled_from(sorted(STAMPS)))
    stamp = data.draw(st.sampled_from(STAMPS[order]))
    head = data.draw(st.sampled_from(HEADS))
    people = data.draw(st.lists(NAMES, min_size=2, max_size=3, unique=True))
    count = data.draw(st.integers(8, 20))
    moments = [
        datetime(2024, 1, 10, 8, 0, tzinfo=UTC) + timedelta(days=2, hours=n * 9)
        for n in range(count)
    ]
    said = [(people[n % len(people)], moment, data.draw(TEXTS)) for n, moment in enumerate(moments)]
    written = "\n".join(
        head.format(stamp=moment.strftime(stamp), name=name, text=text)
        for name, moment, text in said
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chat.txt"
        path.write_text(written, "utf-8")
        turns, _ = read(path)
    assert [(turn.speaker, turn.said_at, turn.text) for turn in turns] == said
