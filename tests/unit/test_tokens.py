"""An estimate of tokens that no download is needed for: it adds up, and does not fall short."""

import pytest

from graphmem.tokens import estimated_tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", 0),
        ("   ", 0),
        ("tea", 1),
        ("moved house", 4),
        ("2024", 2),
        ("a, b\nc", 5),
        ("東京", 2),
        ("é", 1),
    ],
)
def test_four_letters_two_digits_and_every_other_sign_count_one(text: str, tokens: int) -> None:
    assert estimated_tokens(text) == tokens


def test_lines_add_up() -> None:
    lines = ["[1] Ana: I moved.\n", "[2] Ben: Where?\n"]
    assert estimated_tokens("".join(lines)) == sum(map(estimated_tokens, lines))
