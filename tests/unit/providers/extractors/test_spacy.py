"""The extractor over a spaCy pipeline that the tests train and save themselves."""

import sys

import pytest

from graphmem.errors import ConfigError, MissingExtraError
from graphmem.providers.extractors.spacy import PIECE_CHARACTERS, SpacyExtractor
from tests.said import said
from tests.spacy_pipeline import save_pipeline

pytest.importorskip("spacy", reason="needs the extra nlp")


@pytest.fixture(scope="module")
def extractor(tmp_path_factory):
    return SpacyExtractor(str(save_pipeline(tmp_path_factory.mktemp("pipeline"))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana moved to Lisbon.", [("Ana", "moved to", "Lisbon")]),
        ("I love the pottery class.", [("Ana", "love", "pottery class")]),
        ("Maria is a doctor.", [("Maria", "is", "doctor")]),
        ("Rui bought apples and pears.", [("Rui", "bought", "apples"), ("Rui", "bought", "pears")]),
        ("Maria, a doctor, moved", [("Maria", "is", "doctor")]),
        ("Did Ana visit Porto?", []),
    ],
)
def test_the_parse_makes_claims(extractor, text, expected):
    claims = extractor.extract([said(text)])[0].claims
    assert [(claim.subject, claim.relation, claim.object) for claim in claims] == expected


def test_a_denied_claim_says_so(extractor):
    (claim,) = extractor.extract([said("You did not visit Porto.")])[0].claims
    assert (claim.subject, claim.object, claim.negated) == ("Ben", "Porto", True)


def test_entities_chunks_and_people_become_mentions(extractor):
    mentions = extractor.extract([said("I love the pottery class. Ana moved to Lisbon.")])[
        0
    ].mentions
    assert [(m.name, m.kind) for m in mentions] == [
        ("Ana", "speaker"),
        ("pottery class", "phrase"),
        ("Ana", "name"),
        ("Lisbon", "name"),
    ]


def test_a_pipeline_without_a_parser_gives_entities_only(tmp_path):
    extractor = SpacyExtractor(str(save_pipeline(tmp_path, parser=False)))
    text = "yesterday I read The Salt Ledger seven times in Lisbon"
    extraction = extractor.extract([said(text, speaker=None)])[0]
    assert [(m.name, m.kind) for m in extraction.mentions] == [
        ("yesterday", "date"),
        ("The Salt Ledger", "title"),
        ("Lisbon", "name"),
    ]
    assert extraction.claims == ()


def test_a_long_note_is_read_in_pieces_and_spans_count_from_its_start(extractor):
    text = "So. " * (PIECE_CHARACTERS // 2) + "Ana moved to Lisbon."
    (extraction,) = extractor.extract([said(text)])
    (lisbon,) = [m for m in extraction.mentions if m.name == "Lisbon"]
    assert text[lisbon.start : lisbon.end] == "Lisbon"


def test_its_name_tells_the_pipeline_and_its_version(extractor):
    assert extractor.name == "model:spacy-en_pipeline-0.0.0@1"


def test_a_pipeline_that_is_not_there_is_an_error_that_names_the_cure():
    with pytest.raises(ConfigError, match="python -m spacy download en_no_such_thing"):
        SpacyExtractor("en_no_such_thing")


def test_without_spacy_the_error_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(MissingExtraError, match=r"graphmem\[nlp\]"):
        SpacyExtractor("en_core_web_trf")
