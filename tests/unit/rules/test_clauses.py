"""Clauses over letters of grammar: who does what to what."""

import pytest

from graphmem.rules.clauses import Clause, clauses
from graphmem.rules.tokens import Tokens, tokenise
from graphmem.sentences import sentences


def read(text: str) -> list[tuple[str, str, str, str, bool]]:
    tokens: Tokens = tokenise(text, sentences(text))

    def words(part: tuple[int, int]) -> str:
        return tokens.surface(*part) if part[0] < part[1] else ""

    def parts(one: Clause) -> tuple[str, str, str, str, bool]:
        where = (one.subject, one.verb, one.lead, one.object)
        subject, verb, lead, object_ = map(words, where)
        return subject, verb, lead, object_, one.main is not None

    return [parts(one) for one in clauses(tokens.grammar)]


def test_a_clause_has_subject_verb_preposition_and_object() -> None:
    assert read("Ana moved to Lisbon.") == [("Ana", "moved", "to", "Lisbon", False)]


def test_what_follows_the_object_is_an_adjunct() -> None:
    found = read("Ana bought a violin in Graz.")
    assert found[0] == ("Ana", "bought", "", "a violin", False)
    assert found[1] == ("Ana", "bought", "in", "Graz", True)


def test_a_second_verb_keeps_the_subject_and_a_list_gives_each_object() -> None:
    found = read("We visited Porto and Graz.")
    assert [(subject, object_) for subject, _, _, object_, _ in found] == [
        ("We", "Porto"),
        ("We", "Graz"),
    ]
    again = read("Ana sold the boat and bought a bike.")
    assert [(subject, verb) for subject, verb, *_ in again] == [("Ana", "sold"), ("Ana", "bought")]


@pytest.mark.parametrize("grammar", ["", "|", "|dN.", "|NNNN", "," * 50])
def test_letters_without_a_verb_are_no_clause(grammar: str) -> None:
    assert list(clauses(grammar)) == []


def test_a_clause_is_found_behind_sentences_without_a_verb_and_never_across_two() -> None:
    bare = "|NN.|dJN." * 3
    (clause,) = clauses(f"{bare}|RVdN.")
    assert clause.subject == (len(bare) + 1, len(bare) + 2)
    assert list(clauses("|R|VdN.")) == []
