"""Claims of one note: who does what, denied or not, and from when until when."""

import pytest

from graphmem.batches import Claim
from graphmem.rules import RuleExtractor
from graphmem.types import Note
from tests.said import said


def stated(note: Note) -> list[tuple[str, str, str]]:
    return [(c.subject, c.relation, c.object) for c in claims(note)]


def claims(note: Note) -> tuple[Claim, ...]:
    return RuleExtractor().extract([note])[0].claims


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I moved to Lisbon.", ("Ana", "moved to", "Lisbon")),
        ("You'll love the pottery class.", ("Ben", "will love", "pottery class")),
        ("I'm allergic.", ("Ana", "is", "allergic")),
        ("My sister Maria lives in Porto.", ("Ana", "sister", "Maria")),
        ("My sister works at a bakery.", ("Ana's sister", "works at", "bakery")),
        ("We met Rui's brother Tomas.", ("Rui", "brother", "Tomas")),
        ("I saw Maria, a doctor from Porto, today.", ("Maria", "is", "doctor from Porto")),
        ("Rui gave me a violin.", ("Rui", "gave", "violin")),
        ("Rui, who lives in Porto, called.", ("Rui", "lives in", "Porto")),
        ("Rui studied law and works for Johnson & Sons.", ("Rui", "works for", "Johnson & Sons")),
        ("I have been writing more songs.", ("Ana", "have been writing", "songs")),
        ("I bought apples, pears and plums.", ("Ana", "bought", "plums")),
        ("Rui is a journal published by Porto Press.", ("Rui", "published by", "Porto Press")),
    ],
)
def test_a_clause_a_possessive_and_an_apposition_make_claims(text, expected):
    assert expected in stated(said(text))


@pytest.mark.parametrize(
    "text",
    [
        "Did Rui move to Lisbon?",
        "if Rui moves to Lisbon",
        "She moved to Lisbon.",
        "It means a lot.",
        "Tomorrow is fine.",
        "Rui is sleeping.",
        "I know, Tomas.",
        "It makes me think.",
    ],
)
def test_questions_conditions_and_unknown_people_state_nothing(text):
    assert stated(said(text)) == []


def test_she_is_the_last_name_of_the_note():
    assert ("Maria", "moved to", "Porto") in stated(said("Maria is a doctor. She moved to Porto."))


@pytest.mark.parametrize(
    "text", ["I don't like coffee.", "I never liked coffee.", "I can't like coffee."]
)
def test_a_denied_claim_says_so(text):
    assert [claim.negated for claim in claims(said(text))] == [True]


def test_a_passage_speaks_of_its_title_without_the_parenthesis():
    note = said("He was born in Porto. His father was a baker. It is old.", title="Rui Sol (poet)")
    assert stated(note) == [
        ("Rui Sol", "was born in", "Porto"),
        ("Rui Sol's father", "was", "baker"),
        ("Rui Sol", "is", "old"),
    ]


@pytest.mark.parametrize(
    ("text", "start", "until"),
    [
        ("I worked at the bakery since 2019.", "2019-01-01", None),
        ("I live in Porto until May 2024.", None, "2024-05-01"),
        ("Last year I moved to Porto.", None, None),
        ("I moved to Porto last year.", "2022-01-01", None),
        ("I worked at the bakery from 2019 to 2021.", "2019-01-01", "2021-01-01"),
        ("I moved to Porto a few days ago.", None, None),
    ],
)
def test_date_phrases_behind_a_claim_say_when_it_holds(text, start, until):
    (claim,) = claims(said(text))
    assert claim.valid_from == (None if start is None else claim.valid_from)
    assert (claim.valid_from and f"{claim.valid_from:%Y-%m-%d}") == start
    assert (claim.valid_until and f"{claim.valid_until:%Y-%m-%d}") == until
