"""Text of a data set inside HTML or SVG: shown as it was written, never markup."""

from html import escape

from graphmem.text import visible


def safe(text: str) -> str:
    """Return text to stand between tags, or in a quoted attribute."""
    return escape(visible(text))
