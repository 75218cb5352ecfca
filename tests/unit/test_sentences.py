import pytest

from graphmem.sentences import sentences


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. We stayed in!  Why? ", ["It rained.", "We stayed in!", "Why?"]),
        ("Dr. Moss met Mr. Lane at approx. ten.", ["Dr. Moss met Mr. Lane at approx. ten."]),
        ("He stopped abruptly. Nobody spoke.", ["He stopped abruptly.", "Nobody spoke."]),
        ("See v1.2 of a.b, U.S. edition.", ["See v1.2 of a.b, U.S. edition."]),
        ("“Go!” she said… then left.", ["“Go!”", "she said…", "then left."]),
        ("List:\n- one\n- two\n\nEnd", ["List:", "- one", "- two", "End"]),
        ("雨です。帰る！", ["雨です。", "帰る！"]),
        ("...so what", ["...so what"]),
    ],
)
def test_a_sentence_ends_at_its_sign_and_not_at_an_abbreviation(
    text: str, expected: list[str]
) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize("text", ["", "   "])
def test_a_text_without_any_has_one_span_over_all_of_it(text: str) -> None:
    assert sentences(text) == [(0, len(text))]
