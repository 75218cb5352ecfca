"""docs/cypher.md describes the named queries there are, in their words."""

import re

from graphmem.graph.cypher.named import INSPECTIONS
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "cypher.md").read_text("utf-8")


def test_every_named_query_has_its_section_with_a_command_and_rows() -> None:
    sections = dict(re.findall(r"^### (\S+)\n(.*?)(?=^### |\Z)", PAGE, re.DOTALL | re.MULTILINE))
    assert sections.keys() == INSPECTIONS.keys()
    for name, one in INSPECTIONS.items():
        assert one.doc in sections[name]
        assert f"graphmem cypher --run {name}" in sections[name]
        assert "|---|" in sections[name] or name == "without-origins"


def test_every_named_query_keeps_to_its_scope() -> None:
    for one in INSPECTIONS.values():
        for branch in one.text.split("UNION"):
            assert "{scope: $scope" in branch
        named = set(re.findall(r"\$(\w+)", one.text)) - {"scope"}
        assert named == {*one.needs, *one.defaults}
