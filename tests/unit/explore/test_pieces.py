"""Texts in marked pieces."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from graphmem.batches import Mention
from graphmem.explore.pieces import Piece, with_names, with_words

FRIDAY = datetime(2024, 5, 10, tzinfo=UTC), datetime(2024, 5, 11, tzinfo=UTC)


def test_asked_words_are_marked():
    assert with_words("Ana lives here", {"lives"}) == [
        Piece("Ana "), Piece("lives", "word"), Piece(" here"),
    ]  # fmt: skip


def test_names_lead_to_what_they_name_and_dates_say_what_they_mean():
    mentions = (
        Mention(name="Ben Olsen", start=4, end=7, kind="name"),
        Mention(
            name="10 May 2024", start=8, end=19, kind="date", valid_from=FRIDAY[0],
            valid_until=FRIDAY[1],
        ),
        Mention(name="Ana", start=0, end=0, kind="speaker"),
    )  # fmt: skip
    assert with_names("Met Ben last Friday.", mentions) == [
        Piece("Met "),
        Piece("Ben", "name", "Ben Olsen"),
        Piece(" "),
        Piece("last Friday", "date", "Fri 10 May 2024"),
        Piece("."),
    ]


def test_of_names_that_overlap_the_first_and_longest_is_marked():
    mentions = [
        Mention(name="York", start=4, end=8, kind="name"),
        Mention(name="New York", start=0, end=8, kind="name"),
    ]
    assert with_names("New York", mentions) == [Piece("New York", "name", "New York")]


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60))),
    st.integers(0, 70),
    st.integers(0, 70),
)
def test_the_pieces_together_are_the_stretch_wherever_names_stand(text, spans, start, length):
    mentions = [Mention(name="x", start=a, end=b, kind="name") for a, b in spans if a <= b]
    pieces = with_names(text, mentions, start=start, length=length)
    assert "".join(piece.text for piece in pieces) == text[start : start + length]
