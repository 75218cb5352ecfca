"""Which shape a file's messages have, and in which order its dates are."""

import pytest

from graphmem.ingest.formats.chat_grammar import order_of, shape_of


def test_the_shape_that_explains_most_lines_is_taken() -> None:
    chat = "01/02/2025, 08:00 - Mia: a\n01/02/2025, 08:01 - Tom: b\n[08:02] Mia: quoted\n"
    shape = shape_of(chat)
    assert shape is not None
    assert (shape.name, shape.is_dated) == ("dash name", True)


@pytest.mark.parametrize(
    "text",
    [
        "We left at 10:03\nThey came at 11:15\nSupper was at 19:30\nThen bed.",
        "2025-02-09 18:05:00 INFO: up\n2025-02-09 18:05:01 DEBUG: tick",
        "A first line.\nA second one: with a colon.\n",
        "",
    ],
)
def test_prose_and_logs_of_programs_have_none(text: str) -> None:
    assert shape_of(text) is None


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["02/13/25", "03/01/25"], "mdy"),
        (["13/02/25", "01/03/25"], "dmy"),
        (["25/12/31", "26/01/01"], "ymd"),
        (["11/05/24", "12/01/24", "12/03/24"], "mdy"),
        (["05/06/24", "05/06/24"], "dmy"),
        (["2024-05-06"], "dmy"),
        ([], "dmy"),
    ],
)
def test_the_order_of_dates_is_the_one_in_which_a_chat_could_be(
    dates: list[str], order: str
) -> None:
    assert order_of(dates) == order
