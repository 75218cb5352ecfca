"""The shapes of a message's first line."""

from graphmem.ingest.formats.chat_shapes import shapes


def test_every_shape_says_speaker_text_and_stamp() -> None:
    names = {"name", "text", "date", "clock", "zone"}
    assert all(names == set(shape.message.groupindex) for shape in shapes())


def test_a_line_with_a_shapes_head_and_no_name_is_told_from_a_message() -> None:
    shape = next(one for one in shapes() if one.name == "dash name" and one.is_dated)
    assert shape.head is not None
    assert shape.message.match("01/02/2025, 08:00 - Mia joined") is None
    found = shape.head.match("01/02/2025, 08:00 - Mia joined")
    assert found is not None
    assert found["text"] == "Mia joined"
