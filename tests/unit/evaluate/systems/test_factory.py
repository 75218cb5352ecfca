"""Systems by name: in the order of a report, each with all that its results depend on."""

from contextlib import ExitStack

import pytest

from graphmem.errors import ConfigError
from graphmem.evaluate.systems.encoding import TimedEncoder
from graphmem.evaluate.systems.extractions import GivenExtractions
from graphmem.evaluate.systems.factory import SYSTEMS, SystemFactory
from graphmem.registry import open_encoder, open_extractor
from tests.unit.evaluate.sets import PASSAGES

GIVEN = GivenExtractions({"p1": (("Ada Quill", "wrote", "Glass Harbour"),)}, {})


@pytest.fixture
def made(tmp_path):
    """Makes factories; their stores are closed at the end."""
    with ExitStack() as stack:

        def make(*, given=None, token_signs=True):
            return SystemFactory(
                encoder=TimedEncoder(open_encoder("rules")),
                extractor=open_extractor("rules"),
                given=given,
                folder=tmp_path,
                stack=stack,
                token_signs=token_signs,
            )

        yield make


def test_systems_come_in_the_order_of_a_report_whatever_the_order_asked(made):
    assert [spec.name for spec in made().specs("graphmem, bm25,")] == ["bm25", "graphmem"]
    assert [spec.name for spec in made().specs("all")] == list(SYSTEMS)


@pytest.mark.parametrize(
    ("names", "message"),
    [("bm52", "did you mean 'bm25'"), ("zzz", "known: bm25, dense"), (" , ", "names none")],
)
def test_a_name_of_no_system_is_an_error_that_says_what_would_do(made, names, message):
    with pytest.raises(ConfigError, match=message):
        made().specs(names)


def test_settings_tell_what_a_result_depends_on(made):
    plain = {spec.name: spec.settings for spec in made().specs("all")}
    given = {spec.name: spec.settings for spec in made(given=GIVEN).specs("all")}
    whole = {spec.name: spec.settings for spec in made(token_signs=False).specs("all")}
    assert plain["bm25"] == ""
    assert {name for name in SYSTEMS if plain[name] != given[name]} == {
        "hipporag2", "linearrag", "pagerank",
    }  # fmt: skip
    assert {name for name in SYSTEMS if plain[name] != whole[name]} == {"graphmem", "pagerank"}


@pytest.mark.parametrize("name", SYSTEMS)
def test_each_system_is_made_empty_each_time_and_finds_what_it_indexed(made, name):
    (spec,) = made().specs(name)
    for _ in range(2):
        system = spec.make()
        assert system.name == name
        system.index(PASSAGES)
        assert system.search("Which novel did Ada Quill write?", k=2)[0][0] in {"p1", "p2"}
