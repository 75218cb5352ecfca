"""The shapes that a message's first line has in exported, logged and copied chats.

A shape is a head (a stamp, in brackets or before a dash, a bar, a blank) and what stands behind it
(a name before a colon, in angle brackets, before a tab), or one of the forms that are no such pair.
All lines are matched as `reading.plain` gives them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from graphmem.ingest.reading.date_words import HALF, JOINTS

_STAMP = "\0"
"""Where the stamp stands in a pattern, until it is known which kind it is."""

_HALF = re.sub(r"\?P<\w+>", "?:", HALF)
_CLOCK = rf"(?:{_HALF}\s*)?\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?(?:[.,]\d{{1,6}})?(?:\s?{_HALF})?"
_WORD = r"[^\W\d]{3,12}\.?"
_DATE = (
    r"(?:\d{1,4}(?:[-/.]|\.\s)\d{1,2}(?:[-/.]|\.\s)\d{1,4}\.?"
    r"|\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]"
    rf"|\d{{1,2}}\.?[\s-](?:de\s)?{_WORD}[\s,-]{{1,2}}(?:de\s)?\d{{2,4}}"
    rf"|{_WORD}\s\d{{1,2}}(?:,?\s\d{{4}})?)"
)
_TODAY = r"(?:today|yesterday|heute|gestern|aujourd’hui|hier|hoy|ayer)"
"""What says nothing of a chat that was copied at some time."""
_DAY = r"(?:[^\W\d]{2,9}\.?,?\s)?"
_JOIN = rf"(?:\s?г\.)?(?:\s?,?T|\s?,)?\s*(?:{JOINTS}\.?\s+)?"
_ZONE = r"(?:\s?(?:Z|UTC|GMT)|\s?[+-]\d\d:?\d\d)?"
_HOURS = r"(?:\s?(?:ч\.|uhr))?"
FULL = rf"{_DAY}(?P<date>{_DATE}|{_TODAY}){_JOIN}(?P<clock>{_CLOCK}){_HOURS}(?P<zone>{_ZONE})"
"""A day and a time of day."""
BACKWARD = rf"(?P<clock>{_CLOCK})(?P<zone>),?\s+{_DAY}(?P<date>{_DATE})"
"""A time of day before its day, as in Vietnamese."""
_BACKWARD_SHAPES = ("brackets name", "dash name")
TIME = (
    rf"(?P<date>)(?:{_TODAY},?\s+"
    rf"(?:{JOINTS}\s+)?)?(?P<clock>{_CLOCK})(?P<zone>)"
)
"""A time of day alone."""

_NAME = r"(?P<name>[^\s<\[(|:：*–—-][^\t\n]{0,79}?)"
_PERSON = r"(?P<name>[^\W\d_][^\t\n:\[\]()]{0,63}?(?:\s\([^\d\n()]{1,24}\))?)"
_HEADS = (
    ("brackets", rf"\[{_STAMP}\]\s*(?:[-–—]\s+)?"),
    ("parentheses", rf"\({_STAMP}\)\s*(?:[-–—]\s+)?"),
    ("dash", rf"{_STAMP}\s+[-–—]\s+"),
    ("bar", rf"{_STAMP}\s*\|\s*"),
    ("colon", rf"{_STAMP}:\s+"),
    ("comma", rf"{_STAMP},\s+"),
    ("blank", rf"{_STAMP}\s+"),
)
_BODIES = (
    ("from", r"From\s+(?P<name>\S.{0,79}?)(?:\s+to\s+\S.{0,79}?)?\s?:(?:\s+|$)(?P<text>.*)"),
    ("angle", r"<\s?[~&@%+]?(?P<name>[^<>\t]{1,64})>\s?(?P<text>.*)"),
    ("tab", r"[~&@%+]?(?P<name>[^\s<\[:][^\t\n]{0,63}?):?\t+(?P<text>.*)"),
    ("name", _NAME + r"\s?(?::(?=\s|$)|：)\s*(?P<text>.*)"),
)
_OTHERS = (
    ("twice", rf"\[(?P<name>[^\[\]\n]{{1,64}})\]\s\[{_STAMP}\]\s?(?P<text>.*)"),
    ("behind", _NAME + rf",?\s*[\[(]{_STAMP}[\])]\s*[:：]\s*(?P<text>.*)"),
)
LOG_LEVELS = frozenset(
    ("info", "warn", "warning", "error", "debug", "trace", "fatal", "notice", "critical", "severe")
)
"""What stands where a name would in a program's log."""
_ALONE = (
    ("below", _PERSON + rf"(?:,?\s*[\[(]|\s+[-–—•|]\s+|\s*\t\s*|,?\s+){_STAMP}[\])]?(?P<text>)"),
    ("above", rf"\[{_STAMP}\]\s" + _PERSON + r"(?P<text>)"),
)
"""Speaker and stamp on a line of their own."""
SPLIT = "\x1f"
"""Stands between a name and the stamp that was on the line below it."""
_SHORT_DAY = (
    r"(?:[^\W\d]{2,9},?\s)?(?P<date>\d{1,2}[/.]\d{1,2}\.?)\s+(?P<clock>" + _CLOCK + ")(?P<zone>)"
)
STAMPS = ((FULL, True), (_SHORT_DAY, True), (TIME, False))
"""What may stand there, and whether it has a day."""
_SIGNS: Mapping[str, tuple[str, ...]] = {
    "brackets": ("[",), "parentheses": ("(",), "dash": ("-–—",), "bar": ("|",), "colon": (":",),
    "comma": (",",), "blank": (), "from": ("fF",), "angle": ("<",), "tab": ("\t",),
    "name": (":：",), "twice": ("[",), "behind": ("[(", ":："), "below": (), "above": ("[",),
}  # fmt: skip
"""By head, body and form: what a file of the shape cannot do without."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One form of a message's first line, and of a line that has its head and no speaker."""

    name: str
    is_dated: bool
    """Whether its stamp has a day."""
    is_alone: bool
    """The line is speaker and stamp alone; what was said stands below it."""
    signs: tuple[str, ...]
    """Of each of these, a file of the shape has one sign at least."""
    message_text: str
    head_text: str = ""
    is_split: bool = False
    """The stamp stands on the line below the name: `chat_heads` puts them on one."""

    @property
    def message(self) -> re.Pattern[str]:
        """The first line of a message. Groups: name, text, and date, clock, zone of the stamp."""
        return _compiled(self.message_text)

    @property
    def head(self) -> re.Pattern[str] | None:
        """The stamp, then anything (group `text`); None: the stamp does not come first."""
        return _compiled(self.head_text) if self.head_text else None


@cache
def _compiled(text: str) -> re.Pattern[str]:
    """Compile when a file may need it: all shapes take longer than a search."""
    return re.compile(text, re.IGNORECASE)


def _pattern(text: str, stamp: str) -> str:
    return r"\s*" + text.replace(_STAMP, stamp) + r"\s*$"


def _shapes(stamp: str, *, is_dated: bool) -> list[Shape]:
    after_head = [
        Shape(
            f"{head} {body}",
            is_dated,
            is_alone=False,
            signs=(*_SIGNS[head], *_SIGNS[body]),
            message_text=_pattern(begin + rest, stamp),
            head_text=_pattern(begin + r"(?P<text>.*?)", stamp),
        )
        for head, begin in _HEADS
        for body, rest in _BODIES
    ]
    others = [
        Shape(name, is_dated, is_alone, _SIGNS[name], _pattern(text, stamp))
        for is_alone, rows in ((False, _OTHERS), (True, _ALONE))
        for name, text in rows
    ]
    return after_head + others


@cache
def shapes() -> tuple[Shape, ...]:
    """Return all shapes, in the order in which they are preferred if they explain as much."""
    backward = _shapes(BACKWARD, is_dated=True)
    return (
        *_shapes(FULL, is_dated=True),
        *(shape for shape in backward if shape.name in _BACKWARD_SHAPES),
        *_shapes(TIME, is_dated=False),
    )


@cache
def split_shapes() -> tuple[Shape, ...]:
    """Return the shapes of heads of two lines, by the stamps that they may have."""
    text = r"(?P<name>[^\x1f]{0,80})" + SPLIT + _STAMP + "(?P<text>)"
    return tuple(
        Shape("split", is_dated, True, (), _pattern(text, stamp), is_split=True)
        for stamp, is_dated in STAMPS
    )
