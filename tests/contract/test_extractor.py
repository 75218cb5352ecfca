"""What every extractor that the registry names must do."""

import time

import pytest

from graphmem.errors import MissingExtraError
from graphmem.registry import BUILT_IN, open_extractor
from tests.said import said
from tests.spacy_pipeline import save_pipeline

TEXTS = [
    "Ana moved to Lisbon with my sister Maria, a doctor from Porto, last May.",
    "",
    "   \n\t ",
    'Did you see "The Salt Ledger"? I didn\'t like it since 2019…',
    "北京大学 and Müller met Иван Петров 🙂 in İSTANBUL, ŠKODA 3.5 km",
    "שלום עולם عمر ليلى नमस्ते",
    "a\x00b '''\"\"\" (((( ,,,, ---- $ % '; DROP TABLE notes; -- {}[]<script>",
    "Ａｎａ ｍｏｖｅｄ ｔｏ Ｌｉｓｂｏｎ",
    "I I I. You? He's. 's 's of of the the",
]
LONG = "Ana moved to Lisbon and Rui, a doctor, likes pottery since 2019. "


@pytest.fixture(params=sorted(BUILT_IN["extractor"]), scope="module")
def extractor(request, tmp_path_factory):
    name = request.param
    if name == "spacy":
        pytest.importorskip("spacy", reason="needs the extra nlp")
        name = f"spacy:{save_pipeline(tmp_path_factory.mktemp('pipeline'))}"
    try:
        return open_extractor(name)
    except MissingExtraError as error:
        pytest.skip(str(error))


def test_it_says_who_it_is(extractor):
    author, _, version = extractor.name.partition("@")
    assert author.startswith(("rule:", "model:"))
    assert version


def test_no_notes_make_no_extractions(extractor):
    assert extractor.extract([]) == []


def test_there_is_one_extraction_a_note_in_order(extractor):
    notes = [said("Ana moved to Lisbon."), said(""), said("I love the pottery class.")]
    first, second, third = extractor.extract(notes)
    assert "Lisbon" in [mention.name for mention in first.mentions]
    assert second.mentions == second.claims == ()
    assert "pottery class" in [mention.name for mention in third.mentions]


@pytest.mark.parametrize("text", TEXTS)
def test_every_span_lies_inside_the_text_and_every_part_has_a_name(extractor, text):
    (extraction,) = extractor.extract([said(text)])
    for found in (*extraction.mentions, *extraction.claims):
        assert 0 <= found.start < found.end <= len(text)
    assert all(mention.name.strip() for mention in extraction.mentions)
    for claim in extraction.claims:
        assert claim.subject.strip()
        assert claim.relation.strip()
        assert claim.object.strip()


def test_a_note_gives_the_same_alone_and_among_others_and_again(extractor):
    notes = [said(text) for text in TEXTS]
    together = extractor.extract(notes)
    assert [extractor.extract([note])[0] for note in notes] == together
    assert extractor.extract(notes) == together


def test_mentions_come_in_the_order_of_the_text(extractor):
    for extraction in extractor.extract([said(text) for text in TEXTS]):
        starts = [mention.start for mention in extraction.mentions]
        assert starts == sorted(starts)


def test_first_and_second_person_are_the_speaker_and_the_addressee(extractor):
    (extraction,) = extractor.extract([said("I love you.", speaker="Zoë", addressee="李雷")])
    people = {m.name for m in extraction.mentions if m.kind == "speaker"}
    assert people == {"Zoë", "李雷"}


@pytest.mark.parametrize(
    "piece",
    [LONG, "A ", '"', "(", "running ", "北 ", "of the ", "'s ", "Mr. ", "a-", "1999 ", "if I "],
)
def test_a_long_turn_takes_time_in_proportion(extractor, piece):
    small, large = 25_000, 200_000
    if extractor.name.startswith("model:"):
        small, large = 2_000, 10_000
    seconds = [_seconds(extractor, piece, size) for size in (small, large)]
    assert seconds[1] < 3 * large / small * seconds[0] + 0.2


def _seconds(extractor, piece: str, size: int) -> float:
    note = said((piece * (size // len(piece) + 1))[:size])
    start = time.process_time()
    extractor.extract([note])
    return time.process_time() - start
