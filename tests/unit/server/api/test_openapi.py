"""The OpenAPI document says what the server answers: each answer fits its schema."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from graphmem.server.api import OPERATIONS
from graphmem.server.api.openapi import document_of, schema_of
from graphmem.types import NoteId


@dataclass
class _Leaf:
    """One leaf.

    More of it.
    """

    id: NoteId
    at: datetime | None
    kind: Literal["a", "b"]
    spans: tuple[tuple[int, int], ...]
    inside: "tuple[_Leaf, ...]"


def test_a_record_becomes_a_schema_of_its_own_that_may_name_itself() -> None:
    schemas = {}
    assert schema_of(_Leaf, schemas) == {"$ref": "#/components/schemas/_Leaf"}
    assert schemas["_Leaf"]["description"] == "One leaf."
    assert schemas["_Leaf"]["properties"] == {
        "id": {"type": "string"},
        "at": {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]},
        "kind": {"enum": ["a", "b"]},
        "spans": {
            "type": "array",
            "items": {
                "type": "array",
                "prefixItems": [{"type": "integer"}, {"type": "integer"}],
            },
        },
        "inside": {"type": "array", "items": {"$ref": "#/components/schemas/_Leaf"}},
    }


def test_the_document_has_each_operation_with_its_right_and_its_refusals() -> None:
    document = document_of(OPERATIONS, "/api/v1")
    found = {
        told["operationId"]: told for path in document["paths"].values() for told in path.values()
    }
    assert set(found) == {one.name for one in OPERATIONS}
    for one in OPERATIONS:
        told = found[one.name]
        assert told["x-graphmem-right"] == one.right
        assert {str(one.status), "400", "401", "403", "404", "429", "503"} <= set(told["responses"])
        assert ("requestBody" in told) == one.in_body
    search = found["search"]["requestBody"]["content"]["application/json"]["schema"]
    assert search["required"] == ["question"]
    assert search["properties"]["k"]["maximum"] == 200
    assert {p["name"] for p in found["list"]["parameters"]} >= {"scope", "after", "speaker"}


def test_every_schema_that_is_named_is_there() -> None:
    document = document_of(OPERATIONS, "/api/v1")

    def names(value):
        if isinstance(value, dict):
            if "$ref" in value:
                yield value["$ref"].rpartition("/")[2]
            for inner in value.values():
                yield from names(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from names(inner)

    assert set(names(document)) == set(document["components"]["schemas"])
