"""The table of JSON chats."""

from graphmem.ingest.formats.json_shapes import SHAPES, shape_with
from graphmem.ingest.reading.fields import folded


def test_keys_are_compared_without_case_and_underscores() -> None:
    assert folded("Sender_Name") == folded("senderName") == "sendername"


def test_a_file_has_the_first_shape_all_of_whose_marks_it_has() -> None:
    found = shape_with({"chatmessages", "uuid", "messages.fromid"})
    assert found is not None
    assert found.name == "claude"
    assert shape_with({"messages.sendername"}) is None


def test_rows_have_names_of_their_own() -> None:
    assert len({shape.name for shape in SHAPES}) == len(SHAPES)
