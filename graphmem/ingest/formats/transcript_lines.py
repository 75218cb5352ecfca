"""What one line of a transcript is: a session's header, the beginning of a turn, or neither."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache

from graphmem.errors import InputError
from graphmem.ingest.formats.chat_grammar import shape_of
from graphmem.ingest.formats.chat_shapes import LOG_LEVELS, Shape
from graphmem.ingest.reading.dates import LONGEST, find_said_at
from graphmem.ingest.reading.plain import plain, without_marks

_KIND = r"(?:session|conversation|dialogue|chat|day|meeting|call|part)"
_HEADER = re.compile(r"^\s*(?P<mark>#{1,6}(?=\s)|={2,}|-{3,}|\*{3,}|~{3,})\s*(?P<title>\S.*?)\s*$")
_BARE_HEADER = re.compile(
    rf"^\s*\[?(?P<title>{_KIND}\s+\d+\b[^\w\])]*(?P<date>[^\n]{{0,48}}?))[\])]*\s*$", re.IGNORECASE
)
_NUMBERED = re.compile(rf"{_KIND}\s+#?\d+\b", re.IGNORECASE)
_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(?:(?:[a-z][\w-]{0,39}:|[ \t]|- |#)[^\n]{0,2000}\n|\r?\n){1,60}"
    r"---[ \t]*(?:\r?\n|\Z)"
)
"""What stands between two rules at the beginning of a Markdown file; its keys are no speakers."""
_RULE = re.compile(r"(?:^\s*[-=*_~#]{3,}\s*$)|^\s*\d{1,2}:\d\d:\d\d\s*$")

_STAMPLIKE = re.compile(r"\d{1,2}:\d\d|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\b\d{1,2}\b.*\b\d{4}\b")
_BRACKETED = re.compile(
    r"^\s*[\[(](?P<stamp>[^\[\]()]{4,48})[\])]\s*(?:[-–—]\s+)?(?P<rest>.*)$", re.DOTALL
)
_PLAIN = re.compile(
    r"^\s*(?P<stamp>\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},?[ T]\s*\d{1,2}:\d\d(?::\d\d)?"
    r"(?:\s?[ap]\.?m\b\.?)?(?:Z|\s?[+-]\d\d:?\d\d)?)\s*(?:[-–—|]\s+)?(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"^(?P<name>[^\[\]():：]{1,48}?)\s*[\[(](?P<stamp>[^\[\]()]{4,48})[\])]\s*[:：]\s*(?P<text>.*)$"
)
_NAMED = re.compile(
    r"^\s*(?:\*\*|__)?(?P<name>[^:：\[\](){}<>\"|\\=*#/]{1,48}?)(?:\*\*|__)?\s*"
    r"(?:(?<!\d):|:(?!\d\d)|：)(?:\*\*|__)?(?P<text>(?!//).*)$"
)
"""A colon between digits belongs to a time of day."""
_TIMED = re.compile(r"^\W{0,4}(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}[:.]\d\d)\b")
_TIMED_AT_END = re.compile(
    r"\b\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?[\])]?\s*$", re.IGNORECASE
)
_LONGEST_HEAD = 80
"""Letters of a line that may be a speaker and a time; longer ones only mention one at their end."""
_IRC_MARK = re.compile(r"Session (?:Start|Ident|Close|Time): ")
"""Lines of mIRC that only look as if somebody said them."""
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$")
_INDENTED = re.compile(r"^(?: {4}|\t)")
_OF_SESSIONS = ("brackets name", "parentheses name", "behind")

_PARTICLES = frozenset(
    ("al", "bin", "da", "de", "del", "der", "di", "du", "el", "ibn", "la", "le", "van", "von", "y")
)
"""Words of a name that are written in lower case."""
_NO_SPEAKERS = frozenset(
    (
        "note", "notes", "nb", "ps", "p.s", "todo", "edit", "update", "re", "fwd", "subject",
        "warning", "example", "tip", "source", "http", "https",
    )
)  # fmt: skip
"""What stands before a colon in the middle of what somebody says."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The first line of a turn."""

    speaker: str | None
    text: str
    stamp: str | None
    """Date, time or both, as written."""


def is_rule(line: str) -> bool:
    """Tell whether a line only separates: `---`, `====`."""
    return _RULE.match(line) is not None


def header_title(line: str) -> str | None:
    """Return the title in a session's header, its date included; None if the line is none.

    `# Session 2 - 2024-05-01`, `== Session 3 (8 May 2023) ==`, `--- 2024-05-01 ---`, `Session 4`.
    A Markdown heading with neither a number of a session nor a date belongs to what is said.
    """
    if len(line) > LONGEST:
        return None
    if marked := _HEADER.match(line):
        title = marked["title"]
        inner = title.rstrip("=-*~# ")
        closed = marked["mark"][0] != "#" and inner != title
        if closed or _NUMBERED.match(inner) or _STAMPLIKE.search(inner):
            return inner
    bare = _BARE_HEADER.match(line)
    return bare["title"] if bare and _is_date(bare["date"]) else None


def _is_date(text: str) -> bool:
    """Tell whether a text is a date, possible or not, and nothing besides; an empty one is."""
    try:
        return not text or find_said_at(text)[1] == ""
    except InputError:
        return True


def opening(line: str, known: Collection[str], *, stamped: bool) -> Opening | None:
    """Return the beginning of a turn; None for a line that goes on with the turn before.

    `known` are the speakers so far. In a transcript whose turns are `stamped`, a line without a
    stamp begins one only under the name of a known speaker.
    """
    beginning, rest = line[:LONGEST].lstrip(), line[LONGEST:]
    found = _stamped(beginning)
    if not found and (named := _NAMED.match(beginning)):
        name = named["name"].strip()
        if name in known or (not stamped and is_name(name)):
            found = Opening(name, named["text"], None)
    return replace(found, text=found.text.lstrip() + rest) if found else None


def _stamped(line: str) -> Opening | None:
    """Return the beginning of a turn that has a date or time before or behind the speaker."""
    for pattern in (_BRACKETED, _PLAIN):
        found = pattern.match(line)
        if found and _STAMPLIKE.search(found["stamp"]):
            named = _NAMED.match(found["rest"])
            speaker = named["name"].strip() if named else None
            text = named["text"] if named and speaker else found["rest"]
            return Opening(speaker or None, text, found["stamp"])
    if (found := _BEHIND.match(line)) and _STAMPLIKE.search(found["stamp"]):
        return Opening(found["name"].strip(" *_") or None, found["text"], found["stamp"])
    return None


def is_name(name: str) -> bool:
    """Tell a name from the words before a colon: few words, none of them in lower case but one."""
    words = name.split()
    if (
        not 1 <= len(words) <= 4
        or name.lower() in _NO_SPEAKERS
        or re.search(r"[,;!?…]|^\W|^\d", name)
    ):
        return False
    return len(words) == 1 or not any(word.islower() and word not in _PARTICLES for word in words)


def spoken(head: str, *, is_markdown: bool) -> str:
    """Return the beginning of a file without what nobody says: fenced and indented code."""
    lines: list[str] = []
    fence = ""
    for line in head.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) and not mark[2].strip() else fence
        elif mark:
            fence = mark[1]
        elif not (is_markdown and _INDENTED.match(line)):
            lines.append(line)
    return "\n".join(lines)


@lru_cache(maxsize=1)
def chat_shape(head: str, *, is_markdown: bool) -> Shape | None:
    """Return the one shape in which a chat's messages begin; None for another transcript.

    Stamps that are times of day alone, in brackets, belong to sessions with headers, as do turns
    that are stamped here and there only. Kept for the file at hand: it is asked for when the format
    is told, and again when the file is read.
    """
    said = spoken(head, is_markdown=is_markdown)
    shape = None if _FRONT_MATTER.match(head) else shape_of(said)
    if shape is None or (not shape.is_dated and shape.name in _OF_SESSIONS):
        return None
    lines = [line for line in said.split("\n") if line.strip() and not _IRC_MARK.match(line)]
    if lines and header_title(lines[0]) is not None and shape.name in _OF_SESSIONS:
        return None
    if shape.is_alone:
        return shape
    stamped = sum(
        shape.message.match(plain(without_marks(line[:LONGEST]))) is not None for line in lines
    )
    outer = [line for line in lines if not line[0].isspace()]  # what is said may be indented
    bare = [start for line in outer if (start := opening(line, (), stamped=False))]
    return shape if stamped > sum(start.stamp is None for start in bare) else None


def looks_like_transcript(head: str, *, is_markdown: bool = False) -> bool:
    """Tell a transcript from a document by how its lines begin and whether speakers return."""
    if _FRONT_MATTER.match(head):
        return False
    if chat_shape(head, is_markdown=is_markdown) is not None:
        return True
    said = spoken(head, is_markdown=is_markdown).split("\n")
    filled = [line for line in said if line.strip() and not is_rule(line)]
    titles = [title for line in filled if (title := header_title(line)) is not None]
    turns = [start for line in filled if (start := opening(line, (), stamped=False))]
    turns = [start for start in turns if start.speaker and start.speaker.lower() not in LOG_LEVELS]
    if not turns:
        return False
    if sum(start.stamp is not None for start in turns) >= min(2, len(filled)):
        return True
    speakers = {start.speaker for start in turns}
    returning = 2 * len(speakers) <= max(len(turns), 4)
    return len(turns) >= 0.3 * (len(filled) - len(titles)) and (returning or bool(titles))


def is_full_of_times(head: str) -> bool:
    """Tell whether a third of the lines begin or end with a time, as in logs and chats."""
    lines = [line for line in plain(without_marks(head)).splitlines() if line.strip()]
    timed = sum(_is_timed(line) for line in lines)
    return timed > 1 and 3 * timed >= len(lines)


def _is_timed(line: str) -> bool:
    at_end = len(line) <= _LONGEST_HEAD and _TIMED_AT_END.search(line) is not None
    return at_end or _TIMED.match(line) is not None
