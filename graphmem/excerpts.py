"""The part of a long text that is shown: whole sentences round the best one, or a run of words."""

from collections.abc import Collection, Mapping, Sequence

from graphmem.text import word_spans
from graphmem.types import Span

_WORDS_COMPARED = 2_000
"""Places of asked words that are compared: a text of megabytes may hold them on every line."""


def around_best(spans: Sequence[Span], values: Sequence[float], length: int) -> Span:
    """Return the stretch of sentences that grows from the best one while it is short enough.

    Parameters
    ----------
    spans : the sentences of a text in order, at least one.
    values : how well each answers; the first of equals is the best.
    length : in characters. The best sentence is returned whole, however long it is.

    It grows to the side of the better sentence; of equals, to the side that has grown less.
    """
    best = first = last = max(range(len(spans)), key=lambda i: (values[i], -i))
    while True:
        start, end = spans[first][0], spans[last][1]
        left = values[first - 1] if first and end - spans[first - 1][0] <= length else None
        is_right = last + 1 < len(spans) and spans[last + 1][1] - start <= length
        right = values[last + 1] if is_right else None
        turn = last - best <= best - first
        if right is not None and (left is None or (right, turn) > (left, not turn)):
            last += 1
        elif left is not None:
            first -= 1
        else:
            return start, end


def densest(text: str, weights: Mapping[str, float], length: int) -> Span:
    """Return the stretch of at most `length` characters, of whole words, that holds most.

    `weights` are those of words as the text writes them; of equal stretches the first, and the
    beginning of a text that holds none. A word longer than `length` is cut.
    """
    if len(text) <= length:
        return 0, len(text)
    held = [span for span in word_spans(text) if text[slice(*span)] in weights]
    first, last = _best_run(text, held[:_WORDS_COMPARED], weights, length)
    slack = max(length - (last - first), 0)
    start = max(min(first - slack // 2, len(text) - length), 0)
    end = min(max(start + length, last), len(text))
    return _on_words(text, start, end, keep=(first, last))


def _best_run(text: str, held: Sequence[Span], weights: Mapping[str, float], length: int) -> Span:
    """Return from where to where the asked words stand of which a stretch holds most."""
    best, most = (0, 0), 0.0
    for i, (start, _) in enumerate(held):
        words: dict[str, float] = {}
        end = start
        for span in held[i:]:
            if span[1] - start > length:
                break
            word = text[slice(*span)]
            words[word] = weights[word]
            end = span[1]
        value = sum(words.values())
        if value > most:
            best, most = (start, end), value
    return best


def _on_words(text: str, start: int, end: int, *, keep: Span) -> Span:
    """Return the stretch without the words that its borders would cut, those to keep aside."""
    left = start
    while 0 < left < keep[0] and not text[left - 1].isspace():
        left += 1
    right = end
    while keep[1] < right < len(text) and not text[right].isspace():
        right -= 1
    if left < right:  # a word that is longer than all is cut, as is a text without blanks
        start, end = left, right
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def marked(text: str, words: Collection[str]) -> list[tuple[str, bool]]:
    """Cut a text into pieces in order, each with whether it is one of the words, as written."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in word_spans(text):
        if text[start:end] in words:
            pieces += [(text[at:start], False), (text[start:end], True)]
            at = end
    return [(piece, is_word) for piece, is_word in [*pieces, (text[at:], False)] if piece]
