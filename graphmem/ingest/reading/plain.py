"""Text as its signs are meant: without marks of direction, with plain spaces and digits."""

_MARKS = (0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)
_WITHOUT_MARKS = dict.fromkeys(_MARKS)
_SPACES = dict.fromkeys((0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_DIGITS = {
    zero + value: str(value)
    for zero in (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0xFF10)
    for value in range(10)
}
"""The digits of Arabic, Persian, Devanagari, Bengali, Thai, and those of full width."""
_PLAIN = _SPACES | _DIGITS | {0x060C: ",", 0xFF0C: ",", 0xFF1A: ":", 0xFF08: "(", 0xFF09: ")"}


def without_marks(text: str) -> str:
    """Return the text without the invisible signs that only say which way it is written."""
    return text if text.isascii() else text.translate(_WITHOUT_MARKS)


def plain(text: str) -> str:
    """Return the text, sign for sign, with common spaces, digits, commas and colons.

    What it returns is as long as what it was given, so that places in one are places in the other.
    """
    return text if text.isascii() else text.translate(_PLAIN)
