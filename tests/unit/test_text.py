"""Words by their places, titles without their parenthesis."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graphmem
from graphmem.text import (
    day_text,
    how_many,
    month_text,
    normalise,
    surface_of,
    surfaces,
    visible,
    without_parenthesis,
    word_spans,
    words,
    words_at,
    words_between,
)


def test_every_place_inside_a_word_gives_the_word_and_places_between_give_none():
    text = "Ana's CAFÉ, 北京!"
    found = words_at(text, range(len(text)))
    assert found == ["ana"] * 5 + [""] + ["cafe"] * 4 + ["", "", "北", "京", ""]
    assert words_at("", [0]) == [""]


@given(st.text(max_size=40))
def test_the_words_at_their_own_places_are_the_words_of_the_text(text):
    found = words_at(text, [start for start, _ in word_spans(text)])
    assert [word for word in found if word] == [w for word in found for w in words(word)[:1]]
    assert len(found) == len(word_spans(text))


def test_a_day_and_a_month_are_named_in_english_whatever_the_century():
    assert day_text(datetime(2023, 5, 8, tzinfo=UTC)) == "8 May 2023"
    assert day_text(date(812, 12, 1)) == "1 December 812"
    assert month_text(date(2024, 2, 29)) == "February 2024"


def test_no_part_asks_the_programs_locale_how_a_date_is_written():
    package = Path(graphmem.__file__).parent
    asking = re.compile(r"\.strftime|\.strptime|\{[^{}]*:[^{}]*%[aAbBpcxX]")
    found = [path.name for path in package.rglob("*.py") if asking.search(path.read_text("utf-8"))]
    assert found == []


def test_characters_that_act_are_written_as_escapes_and_all_others_stay():
    said = "red\x1b[31m \u202egnp.exe\u2066 a\rb\x07\x00\x9b2J\x7f \u2028"
    shown = "red\\x1b[31m \\u202egnp.exe\\u2066 a\\rb\\x07\\x00\\x9b2J\\x7f \\u2028"
    assert visible(said) == shown
    kept = "tab\tline\nÄß 里斯本 कि 👩\u200d🔧 \\x1b"
    assert visible(kept) == kept


@given(st.text(st.characters(), max_size=60))
def test_what_is_visible_can_be_written_to_any_terminal_and_stays_as_it_is(text):
    shown = visible(text)
    assert visible(shown) == shown
    assert shown.encode("utf-8") is not None
    assert all(c in "\t\n" or not (c < " " or "\x7f" <= c <= "\x9f") for c in shown)


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Ann Lee (judge)", "Ann Lee"),
        ("Ann Lee  (judge) ", "Ann Lee"),
        ("Ann (A.) Lee (judge)", "Ann (A.) Lee"),
        ("(film)", ""),
        ("Ann Lee", "Ann Lee"),
        ("Ann (judge) Lee", "Ann (judge) Lee"),
        ("Ann Lee ((judge))", "Ann Lee ((judge))"),
        ("Ann Lee judge)", "Ann Lee judge)"),
        ("", ""),
    ],
)
def test_only_a_parenthesis_that_ends_a_title_is_taken_off(title: str, short: str) -> None:
    assert without_parenthesis(title) == short


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("re\u00adcipe", "recipe"),
        ("hid\u200bden", "hidden"),
        ("می\u200cخواهم", "میخواهم"),
        ("\ufeffLisbon", "Lisbon"),
        ("Wałęsa", "walesa"),
        ("Søren", "soren"),
        ("Đorđević", "dordevic"),
        ("ılgaz", "Ilgaz"),
        ("smørrebrød", "smorrebrod"),
        ("encyclopædia", "encyclopaedia"),
        ("كِتَاب", "كتاب"),
        ("إسلام", "اسلام"),
        ("مـــدرسة", "مدرسة"),
        ("کتابخانه", "كتابخانه"),
        ("שָׁלוֹם", "שלום"),
        ("ёлка", "елка"),
        ("١٢٣", "123"),
        ("१२३", "123"),
        ("👋🏿", "👋"),
        ("☀️", "☀"),
        ("4,500", "4500"),
        ("4.500", "4500"),
        ("4 500", "4500"),
        ("4\u202f500", "4500"),
        ("4'500'000", "4500000"),
        ("+44 20 7946 0321", "+442079460321"),
        ("020 7946 0321", "02079460321"),
        ("(212) 555-0187", "2125550187"),
        ("212.555.0187", "212-555-0187"),
        ("611 222 333", "611222333"),
        ("(041) 22 33 44 55", "04122334455"),
        ("041 / 22 33 44", "041223344"),
        ("+41 44\u201122\u201133\u201144", "+41 44 22 33 44"),
        ("1-866-555-0187", "18665550187"),
        ("5105 1051 0510 5100", "5105105105105100"),
        ("978-0-306-40615-7", "9780306406157"),
    ],
)
def test_what_is_written_in_two_ways_and_read_as_one_is_the_same_words(one: str, other: str):
    assert words(one) == words(other)
    assert len(words(one)) == 1


def test_a_letter_that_another_language_tells_apart_stays():
    assert words("мой") == ["мой"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I write C++, C# and F#, not C.", ["C++", "C#", "F#", "C"]),
        ("It runs on .NET", [".NET"]),
        ("🍕🍕 in 🇮🇹 with 👩\u200d🔧", ["🍕", "🍕", "🇮🇹", "👩", "🔧"]),
        ("ខ្ញុំញ៉ាំបាយ។", ["ខ្ញុំញ៉ាំបាយ"]),
        ("यह घर है।", ["यह", "घर", "है"]),
        ("コーヒーをのむ", ["コーヒー", "をのむ"]),
        ("ร้านกาแฟ!", ["ร้านกาแฟ"]),
    ],
)
def test_signs_that_carry_meaning_are_words_and_punctuation_is_none(text, expected):
    assert [word for word in surfaces(text) if word in expected or not word.isalpha()] == expected


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("on 2024-05-08 at 10:30", ["2024", "05", "08", "10", "30"]),
        ("since 08.05.2024", ["08", "05", "2024"]),
        ("05-08-2024 or 05/08/2024", ["05", "08", "2024", "05", "08", "2024"]),
        ("1914-1918", ["1914", "1918"]),
        ("in 2023 100 people", ["2023", "100"]),
        ("rooms 12, 300 and 401", ["12", "300", "401"]),
        ("3.14 and 1,299.00", ["3", "14", "1299", "00"]),
        ("10.0.0.1", ["10", "0", "0", "1"]),
        ("2019 2020 2021 2022", ["2019", "2020", "2021", "2022"]),
        ("1914-1918-1939-1945", ["1914", "1918", "1939", "1945"]),
    ],
)
def test_dates_ranges_and_lists_are_no_grouped_numbers(text, numbers):
    assert [word for word in words(text) if word.isdigit()] == numbers


@given(st.text(alphabet="ab Zq", min_size=1))
def test_a_name_of_plain_letters_is_brought_into_its_normal_form_as_any_other(name):
    assert normalise(name) == " ".join(words(name))
    assert normalise(f"{name}é") == " ".join(words(f"{name}e"))


@given(st.text(max_size=40))
def test_every_word_as_written_has_a_folded_form_that_is_not_empty(text):
    assert all(words(text))
    assert all(normalise(word) for word in surfaces(text))


@given(st.text("aB '.+-\n01,", max_size=30), st.text("aB '.+-\n01,", max_size=8))
def test_a_name_is_found_at_the_same_place_whether_or_not_all_of_a_text_is_ascii(text, name):
    if wanted := normalise(name):
        assert surface_of(wanted, text) == surface_of(wanted, f"{text} ‽")


def test_a_name_is_found_as_the_text_writes_it() -> None:
    assert surface_of("river ald", "The town lies on the River Ald, and the river Ald is old.") == (
        "River Ald"
    )
    assert surface_of("jose", "It was José's.") == "José's"
    assert surface_of("ald", "Aldous was here.") == ""


@pytest.mark.parametrize(
    "text",
    [
        "Ana's boats, don't they? the 'quoted' o'clock's rock'n'roll x''y 's",
        "snake_case and _private__ words-with-hyphens a.b.c e.g. node.network",
        "ALL CAPS\ttabs\nlines \x1b[0m & so on's",
        "room 12b, 3rd of 1999's; 7 dogs, 2 (or 3) cats 1,000 or 020 7946 0958 or .NET 4's",
        "1 2 3 10,000 12.5 12:30 2024-05-01 a1 1a 5'6 007 +49 30 12345 C# c++ (0)12",
    ],
)
def test_plain_english_has_the_words_that_any_text_with_a_foreign_word_has(text: str) -> None:
    assert words(f"{text} \u5317") == [*words(text), "\u5317"]


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 turns"), (1, "1 turn"), (2, "2 turns"), (2_000, "2,000 turns")]
)
def test_one_of_a_thing_is_no_plural(count: int, said: str) -> None:
    assert how_many(count, "turns") == said


@pytest.mark.parametrize("pieces", [3, 7])
@pytest.mark.parametrize(
    "text",
    [
        "plain words of the harbour's men",
        "1,000 boats and 020 7946 0958 is the number",
        "C++ or .NET, and naïve Œuvre",
        "",
    ],
)
def test_the_words_of_parts_are_those_of_each_part_alone(text: str, pieces: int) -> None:
    spans = [(i, min(i + pieces, len(text))) for i in range(0, len(text), pieces)]
    assert words_between(text, spans) == [words(text[start:end]) for start, end in spans]
