"""What shows that a sentence holds a value of some sort: a time, an amount, a place, a person.

English. Each pattern is put together of named parts, one sentence each.
"""

import re

from graphmem.retrieve.turns.phrases import words
from graphmem.text import MONTH_NAMES, fold

_MONTHS = "|".join(map(fold, MONTH_NAMES))
_WEEKDAY_STEMS = "mon|tues|wednes|thurs|fri|satur|sun"
_SMALL_NUMBERS = "one two three four five six seven eight nine ten eleven twelve"
_ARTICLES = "the|a|an|this|that"
_THEIRS = "my|our|his|her|their|your"

_YEAR = r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)"
_UNIT_OF_TIME = r"[:.]\d\d|st|nd|rd|th|\s?[ap]m|h\b"
"""What follows a digit in a time or date: 7:30, 3rd, 5 pm, 6h."""
_END_OF_TIME = (
    r"(?=\s?(?:[,.;:!?/-]|$|o[’']clock|and\b|not\b|now\b|instead|on\b|in\b|sharp|"
    r"[a-z]{0,9}(?:uary|ruary|march|april|may|june|july|august|ember|ober)))"
)
"""What comes after a bare number that may be a time: a mark, "sharp", a month."""
_WORDS_OF_TIME = (
    rf"{_SMALL_NUMBERS} noon midnight half today tonight tomorrow morning afternoon evening "
    rf"weekend next spring summer autumn winter (?:{_WEEKDAY_STEMS})days? cancell?ed off daily "
    rf"weekly monthly (?:{_MONTHS})"
)
TIME = re.compile(rf"{_YEAR}|\d(?:{_UNIT_OF_TIME}|{_END_OF_TIME})|\b{words(_WORDS_OF_TIME)}\b")
"""A time, or that there is none: it is off."""

_WORDS_OF_AMOUNT = (
    f"{_SMALL_NUMBERS} half dozen hundred thousand once twice none no free never any_?more stopped "
    "gave_up given_up cancell?ed weekly daily"
)
AMOUNT = re.compile(rf"\d|\b{words(_WORDS_OF_AMOUNT)}\b")
"""A number, or that there is none any more."""

_PREPOSITION = words(
    """in at on to under behind by with into inside above opposite near beside from between over
    onto next_to beneath around"""
)
_NOWHERE_NAMED = words(
    """abroad upstairs downstairs outside outdoors inside indoors gone sold stolen lost next_door
    home here"""
)
PLACE = re.compile(
    rf"\b{_PREPOSITION}\s+((?:(?:{_ARTICLES}|{_THEIRS})\s+)?[\w’'.-]+(?:\s[\w’'-]+)?)"
    rf"|\b{_NOWHERE_NAMED}\b"
)
"""What stands behind a preposition, which may be a place; or a word that is one by itself."""
NAMED = re.compile(r"(?<=[\w,;:’'] )(?!I\b|I['’])[A-Z][\w’'-]+")
"""A word with a capital inside a sentence."""
NO_PLACE = re.compile(
    rf"^(?:the\s|a\s|an\s|this\s|my\s)?(?:\d|{_WEEKDAY_STEMS}|next|last|week|month|year|morning|"
    r"afternoon|evening|first|end|it\b|me\b|him\b|them\b|all\b|time\b|fact\b|be\b|"
    + "|".join(rf"{fold(month)}\b" for month in MONTH_NAMES)
    + ")"
)
"""What stands behind a preposition and is none: a time, a pronoun, "in fact"."""

_CALLED = r"(?:(?<=[a-z,;:’'’] )|\b(?:Dr|Mr|Mrs|Ms|Miss|Prof)\.? )[A-Z][\w’'-]+"
"""A word with a capital inside a sentence, or behind a title."""
_NAME_ALONE = r"^[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*[.!]?$"
_INITIALS = r"\b[A-Z]\.\s?[A-Z]"
_NAME_DOES = (
    r"^[A-Z][\w-]+(?:[’']s)?\s(?:and|is|has|will|does|takes|took|does|looks|leads|runs|now|picks)\b"
)
"""The first word, where it does what people do."""
_KIN = (
    r"\b(?:mum|mom|dad|mother|father|aunt|uncle|brother|sister|cousin|neighbou?r|grandma|grandpa|"
    r"[Mm]y turn|I)\b"
)
PERSON = re.compile(f"{_CALLED}|{_NAME_ALONE}|{_INITIALS}|{_NAME_DOES}|{_KIN}")
"""Somebody named, of the family, or who speaks."""
THING = re.compile(rf"\b(?:{_ARTICLES}) ([\w’'-]+)")
"""What an article or "this" names."""

STATE_ASKED = re.compile(
    r"\b(?:how (?:is|are|was)|how[’']s|what about|wrong with|(?:state|condition) of)\b|"
    r"(?<!to )\b(?:work|working|run|running|broken|okay|ok|fine|open|closed|ready|fixed)\??$"
)
"""A question that asks in what state a thing is."""
DETERMINERS = frozenset(f"{_ARTICLES}|{_THEIRS}".split("|"))
