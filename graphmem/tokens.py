"""How many tokens a text costs a language model, estimated without its tokenizer or a download."""

import re
from collections.abc import Callable

TokenCounter = Callable[[str], int]
"""Counts the tokens of a text; a model's own counter may stand in for `estimated_tokens`."""

_LETTERS_A_TOKEN, _DIGITS_A_TOKEN = 4, 2
_PIECE = re.compile(r"([A-Za-z]+)|([0-9]+)|[^\S\n]+|\n|.")


def estimated_tokens(text: str) -> int:
    """Return about how many tokens a text has, mostly some more than a model's tokenizer finds.

    Tokenizers of byte pairs or word pieces cut English words into 1.2 pieces on the average, long
    and rare ones into more; here every four letters count, every two digits, every other sign.
    Blanks cost nothing: tokenizers take one with the word behind it.
    """
    total = 0
    for match in _PIECE.finditer(text):
        letters, digits = match.groups()
        if letters:
            total += -(-len(letters) // _LETTERS_A_TOKEN)
        elif digits:
            total += -(-len(digits) // _DIGITS_A_TOKEN)
        elif match[0] == "\n" or not match[0].isspace():
            total += 1
    return total
