"""A named query takes the parameters it has, as what they are, and says what it lacks."""

import re

import pytest

from graphmem.errors import ConfigError, UnknownBackendError
from graphmem.graph.cypher.named import INSPECTIONS, prepared


def test_what_is_typed_goes_over_the_defaults() -> None:
    text, given = prepared("true-on", {"date": "2024-08-01"})
    assert text == INSPECTIONS["true-on"].text
    assert given == {"date": "2024-08-01", "entity": None}
    assert prepared("true-on", {"date": "2024", "entity": "12"})[1]["entity"] == "12"


def test_a_number_is_read_as_one() -> None:
    assert prepared("hubs", {})[1] == {"top": 20}
    assert prepared("hubs", {"top": "3"})[1] == {"top": 3}
    with pytest.raises(ConfigError, match="top has to be a whole number, not 'few'"):
        prepared("hubs", {"top": "few"})


def test_a_parameter_that_is_missing_is_named_with_the_command_to_type() -> None:
    with pytest.raises(ConfigError, match=r"why needs note; type: .*--run why --param note=…"):
        prepared("why", {})


def test_a_parameter_that_the_query_does_not_have_is_named_with_those_it_has() -> None:
    with pytest.raises(ConfigError, match=r"no parameter 'when'; it takes: date, entity"):
        prepared("true-on", {"date": "2024", "when": "now"})
    with pytest.raises(ConfigError, match="it takes: none"):
        prepared("orphans", {"top": "3"})


def test_a_name_that_is_nearly_right_is_told() -> None:
    with pytest.raises(UnknownBackendError, match="timeline"):
        prepared("time-line", {})


@pytest.mark.parametrize("name", sorted(INSPECTIONS))
def test_a_query_uses_its_parameters_and_no_others(name: str) -> None:
    one = INSPECTIONS[name]
    used = set(re.findall(r"\$(\w+)", one.text))
    assert used == {"scope", *one.needs, *one.defaults}
    assert one.name == name


@pytest.mark.parametrize("name", sorted(INSPECTIONS))
def test_the_order_of_a_query_ends_in_an_id_or_with_it_in_a_place(name: str) -> None:
    order = re.split("RETURN|LIMIT", INSPECTIONS[name].text.rpartition("ORDER BY")[2])[0]
    ends = order.replace(",", " ").split()[-2:]
    ids = {"note", "fact", "id", "entity", "episode", "n.id", "second_note"}
    assert ids & set(ends)
