"""What `docker/` brings for a Neo4j server says what the library says."""

import re

import pytest

from graphmem.graph.cypher.named import INSPECTIONS, Inspection
from graphmem.graph.projection import NODE_LABELS, RELATIONSHIP_TYPES
from scripts.neo4j_jars import LTS
from tests.conftest import ROOT

DOCKER = ROOT / "docker"


def saved(one: Inspection) -> str:
    """Return a named query as Neo4j Browser saves it: its title is the first comment."""
    given = [f"// :param {name} => '…'" for name in ("scope", *one.needs)]
    given += [f"// :param {name} => {_literal(value)}" for name, value in one.defaults.items()]
    return "\n".join([f"// {one.name}: {one.doc}", *given, one.text]) + "\n"


def _literal(value: object) -> str:
    return "null" if value is None else str(value)


@pytest.mark.parametrize("name", INSPECTIONS)
def test_each_named_query_is_saved_for_the_browser(name: str) -> None:
    file = DOCKER / "saved-queries" / f"{name}.cypher"
    assert file.read_text("utf-8") == saved(INSPECTIONS[name])


def test_no_other_query_is_saved() -> None:
    assert {file.stem for file in (DOCKER / "saved-queries").iterdir()} == set(INSPECTIONS)


def test_the_style_knows_every_label_and_only_types_there_are() -> None:
    style = (DOCKER / "graphmem.grass").read_text("utf-8")
    assert style.count("{\n") == style.count("}\n")
    assert set(re.findall(r"^node\.(\w+) \{", style, re.MULTILINE)) == {
        label for labels in NODE_LABELS for label in labels
    }
    styled = set(re.findall(r"^relationship\.(\w+) \{", style, re.MULTILINE))
    assert styled <= set(RELATIONSHIP_TYPES)


def test_the_compose_file_pins_the_tested_server_and_has_no_default_password() -> None:
    text = (DOCKER / "compose.yaml").read_text("utf-8")
    assert f"image: neo4j:{LTS}-community\n" in text
    assert 'NEO4J_AUTH: "neo4j/${NEO4J_PASSWORD:?' in text
    ports = re.findall(r'- "(.*:\d+:\d+)"', text)
    assert ports == [f"127.0.0.1:{port}:{port}" for port in (7474, 7687)]
    assert "healthcheck:" in text
    assert "neo4j-data:/data" in text
