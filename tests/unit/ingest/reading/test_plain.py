"""Signs that only say how a text is written."""

from graphmem.ingest.reading.plain import plain, without_marks


def test_marks_of_direction_are_taken_out_and_joiners_of_emoji_stay() -> None:
    assert without_marks("\u200eMia\u202a: hi\u2069 \U0001f469\u200d\U0001f373") == (
        "Mia: hi \U0001f469\u200d\U0001f373"
    )


def test_plain_text_has_common_spaces_digits_and_colons_at_the_same_places() -> None:
    written = "٠٩\u202f：x\u00a0٤"
    assert plain(written) == "09 :x 4"
    assert len(plain(written)) == len(written)
