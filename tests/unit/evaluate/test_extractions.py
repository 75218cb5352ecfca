"""Facts and names for the rivals, from a file or from the rules."""

import json

import pytest

from graphmem.errors import InputError
from graphmem.evaluate.extractions import ExtractedBy, GivenExtractions
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
