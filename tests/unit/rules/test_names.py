"""Names, titles, numbers and phrases of one note."""

import pytest

from graphmem import text as texts
from graphmem.batches import Mention
from graphmem.rules import RuleExtractor
from tests.said import said


def found(text: str, *kinds: str) -> list[str]:
    return [m.name for m in mentions(text) if m.kind in (kinds or ("name",))]


def mentions(text: str) -> tuple[Mention, ...]:
    return RuleExtractor().extract([said(text)])[0].mentions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She studied at the University of Porto.", ["University of Porto"]),
        ("We met Ludwig van der Rohe and Omar bin Said.", ["Ludwig van der Rohe", "Omar bin Said"]),
        (
            "I joined the International Council for Small Shops.",
            ["International Council for Small Shops"],
        ),
        ("He ran the Department of Arts and Sciences.", ["Department of Arts and Sciences"]),
        ("I like Ana's bakery and St. Mary's Church.", ["Ana", "St. Mary's Church"]),
        ("They fly on Apollo 11 or by Johnson & Sons.", ["Apollo 11", "Johnson & Sons"]),
        ("New Salem is small.", ["New Salem"]),
        ("I met Anne-Marie O'Neil in the US.", ["Anne-Marie O'Neil", "US"]),
    ],
)
def test_a_name_keeps_its_connectors_and_loses_the_stop_words_around_it(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    ["Hey! Wow, thanks.", "Yeah I know.", "WOW THIS IS SO GREAT", "Oddly, she left.", "I am."],
)
def test_interjections_pronouns_and_shouting_are_no_names(text):
    assert found(text) == []


def test_a_word_that_only_the_sentence_start_capitalises_is_kept_and_flagged():
    initial = {
        m.name: m.initial for m in mentions("Pottery is fun. I met Oskar.") if m.kind == "name"
    }
    assert initial == {"Pottery": True, "Oskar": False}


def test_a_first_word_that_the_note_also_writes_small_is_no_name():
    assert found("Pottery is fun. I love pottery.") == []


def test_a_name_after_a_greeting_is_not_initial():
    assert [(m.name, m.initial) for m in mentions("Hey Oskar! Thanks, Rui!")][:2] == [
        ("Oskar", False),
        ("Rui", False),
    ]


@pytest.mark.parametrize(
    "name", ["Müller", "Иван Петров", "北京大学", "Σωκράτης", "محمد علي", "राम कुमार", "Zoë"]
)
def test_a_name_of_any_script_is_found_and_matches_itself_in_another_case_or_width(name):
    assert found(f"Yesterday we talked with {name} about the trip.") == [name]
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name.upper())
    assert texts.normalise(wide) == texts.normalise(name)


def test_a_chinese_name_is_found_by_its_ending_where_nothing_else_marks_it():
    assert found("我在北京大学学习。") == ["北京大学"]


@pytest.mark.parametrize("quoted", ['"{}"', "“{}”", "«{}»", "《{}》", "``{}''"])
def test_a_quoted_work_is_a_title(quoted):
    assert found(f"I read {quoted.format('The Salt Ledger')} twice.", "title") == [
        "The Salt Ledger"
    ]


def test_quoted_small_talk_is_no_title():
    assert found('He said "see you soon" and left.', "title") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We walked 5 miles and paid $20.50.", ["5 miles", "$20.50"]),
        (
            "It covers 3.5 km and 40% of it is 2 million square feet.",
            ["3.5 km", "40%", "2 million square"],
        ),
        ("I have 3 of them, at 10:15, room 12.", []),
    ],
)
def test_numbers_count_with_a_unit_a_currency_or_a_per_cent_sign(text, expected):
    assert [n.split(" feet")[0] for n in found(text, "number")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "I signed up for a pottery class and my old support group.",
            ["pottery class", "support group"],
        ),
        ("we went on a road trip with the kids", ["road trip", "kids"]),
        ("It helps by raising awareness.", ["awareness"]),
        ("I really love it so much.", []),
    ],
)
def test_key_noun_phrases_of_lower_case_speech(text, expected):
    assert found(text, "phrase") == expected


def test_pronouns_are_mentions_of_the_speaker_and_the_addressee_once_each():
    people = [
        (m.name, m.start, m.end)
        for m in mentions("I said I'd call you, didn't I?")
        if m.kind == "speaker"
    ]
    assert people == [("Ana", 0, 1), ("Ben", 16, 19)]


def test_thanking_addresses_nobody():
    assert found("thank you, you know", "speaker") == []


def test_a_pronoun_of_nobody_known_is_no_mention():
    note = said("I love you.", speaker=None, addressee=None)
    assert RuleExtractor().extract([note])[0].mentions == ()
