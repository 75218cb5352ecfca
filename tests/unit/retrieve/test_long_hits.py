"""What is pasted into a chat is shown by the part that answers: mails, logs, code, outputs."""

import pytest

from graphmem import Memory
from graphmem.retrieve.shown import PART

MAIL = "\n".join(
    [
        "From: Ilse <ilse@example.org>",
        "Subject: minutes",
        "",
        *(f"> Point {at}: the gravel of lane {at % 9} was looked at.\n" for at in range(400)),
        "The deposit for the harbour flat is due on the ninth of March.",
        *(f"> Point {at}: the hedge of lane {at % 9} was cut.\n" for at in range(400)),
    ]
)
LOG = "\n".join(
    "2024-05-08T10:00:00Z ERROR flux capacitor overheated in bay seven"
    if at == 700
    else f"2024-05-08T{at // 60 % 24:02}:{at % 60:02}:00Z INFO request {at} served"
    for at in range(1_500)
)
CODE = "\n".join(
    "def capsize_margin(hull, ballast): return hull - 3 * ballast"
    if at == 300
    else f"def helper_{at}(value): return value + {at}"
    for at in range(900)
)
OUTPUT = "x=1 y=2 z=3 " * 2_000 + "watermark=heron " + "x=1 y=2 z=3 " * 2_000
THAI = "ก" * 4_000 + " ประตูสีเขียว " + "ข" * 4_000
PASTED = [
    (MAIL, "When is the deposit for the harbour flat due?", "deposit for the harbour flat"),
    (LOG, "Where did the flux capacitor overheat?", "flux capacitor overheated"),
    (CODE, "How is the capsize margin of a hull computed?", "hull - 3 * ballast"),
    (OUTPUT, "Which watermark has the heron?", "watermark=heron"),
    (THAI, "ประตูสีเขียว", "ประตูสีเขียว"),
]


@pytest.mark.parametrize(("text", "question", "needle"), PASTED)
def test_a_long_turn_is_shown_by_the_part_that_answers_with_its_offsets(text, question, needle):
    with Memory.open("ram:", scope="ana") as memory:
        memory.add(text, speaker="Kim", session="a")
        for at in range(4):
            memory.add(f"A short remark about parcel {at}.", speaker="Kim", session=f"b{at}")
        (hit,) = memory.search(question, k=1)
        context = memory.context(question, k=3, budget=400)
    assert needle in hit.excerpt.text
    assert hit.note.text[hit.excerpt.start : hit.excerpt.end] == hit.excerpt.text
    assert len(hit.excerpt.text) <= PART
    assert needle in context.text
    assert len(repr(hit)) < 200


def test_the_page_of_a_scan_is_told_by_its_page_breaks():
    pages = [f"Page about hedges and lane {at}. " * 20 for at in range(6)]
    pages[3] += "The spare key hangs behind the barometer."
    with Memory.open("ram:", scope="ana") as memory:
        memory.add("\f".join(pages), speaker="Kim", session="a")
        (hit,) = memory.search("Where does the spare key hang?", k=1)
    assert "spare key" in hit.excerpt.text
    start = hit.note.text.index("The spare key")
    assert hit.excerpt.page == hit.note.text.count("\f", 0, hit.excerpt.start) + 1
    assert hit.excerpt.page in (hit.note.text.count("\f", 0, start), 4)


@pytest.mark.models
def test_with_an_encoder_a_sentence_without_the_asked_words_is_the_best_part():
    fill = " ".join(f"Item {at} of the list is gravel for lane {at % 9}." for at in range(80))
    text = f"{fill} My daughter has just learned to ride her bicycle. {fill}"
    with Memory.open("ram:", scope="ana", encoder="minilm") as memory:
        memory.add(text, speaker="Kim", session="a")
        (hit,) = memory.search("Which kid can cycle now?", k=1)
    assert "learned to ride" in hit.excerpt.text
