"""Facts and names for the recipes, from a file or from the rules."""

import json

import pytest

from graphmem.errors import InputError
from graphmem.evaluate.systems.extractions import (
    ExtractedBy,
    GivenExtractions,
    GivenExtractor,
    note_of,
)
from graphmem.rules.extractor import RuleExtractor
from tests.unit.evaluate.sets import PASSAGES


def write(path, *rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_a_file_gives_triples_and_the_names_that_stand_in_the_passage(tmp_path):
    row = {
        "id": "p1",
        "triples": [["Ada Quill", "wrote", "Glass Harbour"], ["two", "parts"], "none", [1, 2, 3]],
        "entities": ["Glass Harbour", "Elsewhere"],
    }
    given = GivenExtractions.read(write(tmp_path / "o.jsonl", row))
    assert given.facts_of(PASSAGES[:2]) == [(("Ada Quill", "wrote", "Glass Harbour"),), ()]
    assert given.names_of(PASSAGES[:2]) == [["Ada Quill", "Glass Harbour"], ["Glass Harbour"]]


def test_a_file_without_triples_is_an_error(tmp_path):
    with pytest.raises(InputError, match="has no triples"):
        GivenExtractions.read(write(tmp_path / "o.jsonl", {"id": "p1"}))
    with pytest.raises(InputError, match="is no file"):
        GivenExtractions.read(tmp_path / "gone.jsonl")


def test_the_rules_give_facts_names_and_the_names_of_a_question():
    rules = ExtractedBy(RuleExtractor())
    assert "Lisbon" in rules.names_of(PASSAGES)[2]
    assert len(rules.facts_of(PASSAGES)) == len(PASSAGES)
    assert "Glass Harbour" in rules.question_names("Who wrote Glass Harbour?")


def test_given_triples_are_claims_and_their_parts_mentions_where_the_text_holds_them(tmp_path):
    row = {
        "id": "p1",
        "triples": [["Ada Quill", "wrote", "Glass Harbour"], ["Ada Quill", "was", "x"]],
    }
    given = GivenExtractions.read(write(tmp_path / "o.jsonl", row))
    known, unknown = GivenExtractor(given, PASSAGES).extract([note_of(p) for p in PASSAGES[:2]])
    assert [(c.subject, c.relation, c.object) for c in known.claims] == list(given.triples["p1"])
    text = PASSAGES[0].text
    assert {m.name for m in known.mentions} == {
        n for n in ("Ada Quill", "Glass Harbour", "x") if n in text
    }
    assert all(text[m.start : m.end] == m.name for m in known.mentions)
    assert not unknown.mentions
    assert not unknown.claims
