"""ArcadeDB's values become plain ones, all the way down."""

from datetime import datetime, timedelta, timezone

import pytest

from graphmem.graph.cypher.arcade_values import plain


class Vertex:
    """A node as the library gives it."""

    def __init__(self, label: str, **properties: object) -> None:
        self._label, self._properties = label, properties

    def getTypeName(self) -> str:  # noqa: N802 (the library's name)
        return self._label

    def propertiesAsMap(self) -> dict[str, object]:  # noqa: N802 (the library's name)
        return self._properties


class Edge(Vertex):
    """A relationship: it alone has an end."""

    def getIn(self) -> None:  # noqa: N802 (the library's name)
        return None


class Path:
    """Node, relationship, node."""

    def toAlternatingList(self) -> list[object]:  # noqa: N802 (the library's name)
        return [Vertex("Note", id="a"), Edge("LINK"), Vertex("Note", id="b")]


@pytest.mark.parametrize("value", [None, True, 3, 0.5, "2024-05-01T10:00:00+02:00"])
def test_a_plain_value_stays_as_it_is(value: object) -> None:
    assert plain(value, dict) is value


def test_a_time_is_utc_text_wherever_it_stands() -> None:
    moment = datetime(2024, 5, 1, 10, tzinfo=timezone(timedelta(hours=2)))
    shown = "2024-05-01T08:00:00+00:00"
    assert plain({"at": [moment, (moment,)]}, dict) == {"at": [shown, [shown]]}


def test_a_node_has_its_labels_and_its_properties_by_name() -> None:
    shown = plain(Vertex("Segment~Note", text="x", id="n1"), dict)
    assert shown == {"labels": ["Note", "Segment"], "properties": {"id": "n1", "text": "x"}}
    assert list(shown["properties"]) == ["id", "text"]


def test_a_relationship_has_a_type_and_a_path_its_steps_in_order() -> None:
    assert plain(Edge("LINK", weight=0.5), dict) == {"type": "LINK", "properties": {"weight": 0.5}}
    shown = plain(Path(), dict)
    assert [step.get("type") or step["properties"]["id"] for step in shown] == ["a", "LINK", "b"]


def test_what_is_nothing_of_these_is_text() -> None:
    assert plain(1j, dict) == "1j"
