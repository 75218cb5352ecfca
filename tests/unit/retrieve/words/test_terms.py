"""The terms of words of many scripts: what a reader takes for one word is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.retrieve.words.terms import term_of, terms_in


def shared(one, other):
    return set(terms_in(one)) & set(terms_in(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("shelves", "shelf"),
        ("thieves", "thief"),
        ("geese", "goose"),
        ("neighbours", "neighbor"),
        ("favourite", "favorite"),
        ("recognised", "recognize"),
        ("analyses", "analysis"),
        ("paralysed", "paralyze"),
        ("criticising", "criticize"),
        ("minimise", "minimized"),
        ("theatre", "theater"),
        ("tyres", "tire"),
        ("travelling", "traveled"),
        ("jewellery", "jewelry"),
    ],
)
def test_forms_and_spellings_of_one_english_word_are_one_term(one, other):
    assert term_of(one) == term_of(other)


def test_what_is_written_alike_in_both_countries_keeps_its_family():
    assert term_of("precise") == term_of("precision")
    assert term_of("revise") == term_of("revision")


@pytest.mark.parametrize(
    ("one", "other"),
    [("prise", "prize"), ("tour", "tor"), ("hour", "hor"), ("leaf", "leave"), ("precise", "prize")],
)
def test_other_words_stay_others(one, other):
    assert term_of(one) != term_of(other)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("книга", "книгу"),
        ("Москва", "Москве"),
        ("новая", "новой"),
        ("θάλασσα", "θάλασσες"),
        ("مكتبة", "المكتبة"),
        ("مكتبة", "والمكتبات"),
        ("كتاب", "بالكتاب"),
        ("ירושלים", "בירושלים"),
        ("חתול", "והחתול"),
        ("학교", "학교에서"),
        ("책", "책을"),
        ("사과", "사과나무"),
        ("さくら", "さくらが"),
        ("サクラ", "さくらが"),
        ("らーめん", "ラーメン"),
        ("ピアノ", "ピアノレッスン"),
        ("ทะเล", "เราไปทะเลกัน"),
        ("ភ្នំពេញ", "ខ្ញុំទៅភ្នំពេញ"),
        ("ရန်ကုန်", "ကျွန်တော်ရန်ကုန်မှာနေတယ်"),
        ("ທະເລ", "ພວກເຮົາໄປທະເລ"),
    ],
)
def test_a_word_of_a_script_with_endings_or_without_blanks_is_found_in_what_is_written(
    asked, written
):
    assert shared(asked, written)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("timeout", "readTimeoutMs"),
        ("server", "HTTPServer"),
        ("250", "250ml"),
        ("ml", "250ml"),
        ("42", "42nd"),
    ],
)
def test_the_parts_of_identifiers_measures_and_ordinals_are_terms(asked, written):
    assert shared(asked, written)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("âge", "l'âge"),
        ("or", "d’or"),
        ("hiver", "L'hiver"),
        ("orto", "nell'orto"),
        ("œuf", "l'œuf"),
    ],
)
def test_a_word_is_found_behind_an_article_that_lost_its_vowel(asked, written):
    assert shared(asked, written)


def test_an_apostrophe_inside_other_words_parts_nothing():
    assert len(terms_in("rock'n'roll")) == len(terms_in("o'clock")) == len(terms_in("don't")) == 1


def test_a_word_begins_with_its_own_term():
    assert terms_in("readTimeoutMs")[0] == term_of("readtimeoutms")


@given(st.text(st.characters(categories=["L", "N", "M"]), min_size=1, max_size=12))
def test_every_word_has_terms_each_once_and_none_of_them_is_empty(word):
    found = terms_in(word)
    assert found
    assert len(set(found)) == len(found)
