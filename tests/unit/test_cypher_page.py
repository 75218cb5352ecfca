"""docs/cypher.md describes the named queries there are, in their words."""

import json
import re
from pathlib import Path

import pytest

from graphmem.graph.cypher.answer import Answer
from graphmem.graph.cypher.named import INSPECTIONS, prepared
from graphmem.memory import Memory
from tests.conftest import ROOT, SAMPLES

PAGE = (ROOT / "docs" / "cypher.md").read_text("utf-8")
SECTIONS = re.findall(r"^### (\S+)\n(.*?)(?=^### |\Z)", PAGE, re.DOTALL | re.MULTILINE)


def test_every_named_query_has_its_section_with_a_command_and_rows() -> None:
    sections = dict(SECTIONS)
    assert sections.keys() == INSPECTIONS.keys()
    for name, one in INSPECTIONS.items():
        assert one.doc in sections[name]
        assert f"graphmem cypher --run {name}" in sections[name]
        assert "|---|" in sections[name] or "\nNo rows" in sections[name]


def test_every_named_query_keeps_to_its_scope() -> None:
    for one in INSPECTIONS.values():
        for branch in one.text.split("UNION"):
            assert "{scope: $scope" in branch
        named = set(re.findall(r"\$(\w+)", one.text)) - {"scope"}
        assert named == {*one.needs, *one.defaults}


SHOWN, CUT = 5, 61
IDS = {"note", "id", "first_note", "second_note", "fact", "entity", "episode"}
BY_HAND = "changes-of-run"
"""Its table shows a change that a person made, which the samples alone have none of."""


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory, java: None) -> Path:
    """A copy in Cypher of the sample dialogues."""
    from graphmem.graph.cypher import arcade
    from graphmem.graph.cypher.arcade_copy import copy_scope

    copy = tmp_path_factory.mktemp("samples") / "copy"
    with Memory.open("ram:", scope="ana") as memory:
        memory.ingest(SAMPLES / "dialogues")
        arcade.build(copy, lambda database: copy_scope(database, memory.store, "ana"))
    return copy


def shown(value: object) -> str:
    """Return a value as the page writes it: minutes of a time, the first letters of a text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    text = "" if value is None else str(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*", text):
        return text[:16].replace("T", " ")
    return text if len(text) <= CUT else f"{text[:CUT].rstrip()}…"


def table(answer: Answer) -> list[str]:
    """Return the lines of an answer's table: its first rows, without ids."""
    kept = [i for i, name in enumerate(answer.columns) if name not in IDS]
    rows = [[shown(row[i]) for i in kept] for row in answer.rows[:SHOWN]]
    head = [[answer.columns[i] for i in kept], ["---"] * len(kept)]
    lines = [f"| {' | '.join(cells)} |" for cells in (*head, *rows)]
    return [lines[0], lines[1].replace(" ", ""), *lines[2:]]


@pytest.mark.cypher
@pytest.mark.parametrize("name", sorted(INSPECTIONS.keys() - {BY_HAND}))
def test_the_rows_that_the_page_shows_are_those_of_the_samples(name: str, samples: Path) -> None:
    from graphmem.graph.cypher import arcade

    section = dict(SECTIONS)[name]
    (command,) = re.findall(r"^graphmem cypher --run .*$", section, re.MULTILINE)
    given = dict(one.split("=") for one in re.findall(r"--param (\S+)", command))
    statement, parameters = prepared(name, given)
    answer = arcade.query(samples, statement, {**parameters, "scope": "ana"}, rows=100)
    if answer.rows:
        assert re.findall(r"^\|.*$", section, re.MULTILINE) == table(answer)
    else:
        assert "\nNo rows" in section
