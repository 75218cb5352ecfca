"""Heads of two lines, as Slack and Teams are copied: a name, and below it when it was said."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache

from graphmem.ingest.formats.chat_shapes import SPLIT, STAMPS, Shape, split_shapes
from graphmem.ingest.reading.plain import plain, without_marks
from graphmem.types import Problem

_NAME = re.compile(r"(?!\d)[^\s.:;!?](?:[^\t\n:;!?]{0,62}[^\s.:;!?,])?")
_MOST_WORDS = 6
_LONGEST = 48
"""Letters of a stamp on a line of its own."""
_HAS_CLOCK = re.compile(r"\d[:.]\d\d")
Line = tuple[int, str]


def split_shape(lines: Sequence[str]) -> tuple[Shape, int] | None:
    """Return the shape of heads of two lines, and how many there are; None: it is no such chat.

    Names return in it, so that a programme of hours is none.
    """
    names = _names(lines)
    if not names or len(names) == sum(names.values()):
        return None
    known = frozenset(names)
    stamps = [
        _stamp(lines[place + 1])
        for place in range(len(lines) - 1)
        if lines[place].strip() in known and _stamp(lines[place + 1]) is not None
    ]
    number, count = Counter(stamps).most_common(1)[0]
    return split_shapes()[number or 0], count


def joined_heads(lines: Iterable[Line | Problem], head: str) -> Iterator[Line | Problem]:
    """Yield a file's lines with each name and the stamp below it on one; `head` is its beginning.

    A stamp that stands alone begins another message of who spoke last.
    """
    known = set(_names(head.split("\n")))
    last, held, is_begin = "", None, True
    for line in lines:
        if isinstance(line, Problem):
            yield line
            continue
        text = without_marks(line[1]).strip()
        if held is not None and _stamp(text) is not None:
            last, held, is_begin = held[1].strip(), None, False
            known.add(last)
            yield line[0] - 1, f"{last}{SPLIT}{text}"
            continue
        if held is not None:
            yield held
            held = None
        if last and _stamp(text) is not None:
            yield line[0], f"{last}{SPLIT}{text}"
        elif _is_name(text, known) or (is_begin and _is_name(text, None)):
            held = line
        else:
            yield line
        is_begin = not text
    if held is not None:
        yield held


def _names(lines: Sequence[str]) -> Counter[str]:
    """Return who stands above a stamp at the beginning of a block, and how often."""
    found = Counter[str]()
    for place in range(len(lines) - 1):
        name = without_marks(lines[place]).strip()
        begins = place == 0 or not lines[place - 1].strip() or name in found
        if begins and _is_name(name, None) and _stamp(lines[place + 1]) is not None:
            found[name] += 1
    return found


def _is_name(text: str, known: Collection[str] | None) -> bool:
    if known is not None:
        return text in known
    return _NAME.fullmatch(text) is not None and len(text.split()) <= _MOST_WORDS


def _stamp(line: str) -> int | None:
    """Return which of STAMPS a whole line is; None: it is something else."""
    if len(line) > _LONGEST or not _HAS_CLOCK.search(line):
        return None
    bare = plain(without_marks(line)).strip()
    return next((n for n, one in enumerate(_stamps()) if one.fullmatch(bare)), None)


@cache
def _stamps() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(stamp, re.IGNORECASE) for stamp, _ in STAMPS)
