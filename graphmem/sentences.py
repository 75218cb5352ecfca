"""Where the sentences of a text begin and end."""

import re

from graphmem.types import Span

_SENTENCE_END = re.compile(
    r"[.!?…。！？\n](?:"  # it begins with one of these signs, for which a search is fast
    r"(?<=[.!?…])[.!?…]*[\"'”’)\]]*(?=\s+|$)|(?<=[。！？])[。！？]*[」』”]*"
    r"|(?<=\n)(?:\s*\n|(?=\s*(?:[-*•#]|\d+[.)])\s)))"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|Gen|Col|Lt|Sgt|Capt|Rev|Hon|Gov|Sen|Rep|Mt|Ft|No|vs"
    r"|etc|e\.g|i\.e|cf|al|Inc|Ltd|Co|Corp|Bros|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
    r"|approx|ca|c|b|d|[A-Z](?:\.[A-Z])*)\.$"
)
_CLOSING = " \t\n\"'”’)]}*_"
_LONGEST_ABBREVIATION = len("approx")
"""Letters in a row."""


def sentences(text: str) -> list[Span]:
    """Return the spans of a text's sentences, blanks trimmed; one span at least."""
    spans: list[Span] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        sign, end = match.span()
        if text[sign] == "." and _abbreviated(text, start, sign):
            continue
        _append_trimmed(spans, text, start, end)
        start = end
    _append_trimmed(spans, text, start, len(text))
    return spans or [(0, len(text))]


def asks(text: str) -> bool:
    """Tell whether a text, or a sentence, ends as a question, whatever closes behind the sign."""
    return text.rstrip(_CLOSING).endswith(("?", "？", "؟"))


def _abbreviated(text: str, start: int, dot: int) -> bool:
    """Tell whether the full stop at `dot` only ends an abbreviation; looks a few letters back."""
    if dot > _LONGEST_ABBREVIATION and text[dot - _LONGEST_ABBREVIATION - 1 : dot].isalpha():
        return False
    return _ABBREVIATION.search(text, max(start, dot - 16), dot + 1) is not None


def _append_trimmed(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left, right = end - len(piece.lstrip()), start + len(piece.rstrip())
    if right > left:
        spans.append((left, right))
