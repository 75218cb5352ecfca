"""Captions of calls and films, WebVTT, SubRip and SBV: who said what, no numbers and times."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

from graphmem.ingest.formats.transcript_lines import is_name
from graphmem.ingest.reading.text_lines import read_lines
from graphmem.ingest.reading.turns import Items, SourceFile, Turn
from graphmem.types import Problem

LONGEST_TURN = 1_000
"""Characters up to which the cues of one speaker are joined."""
_LONGEST_PAUSE = timedelta(seconds=5)
"""Between two cues of one turn."""
_HEAD = re.compile(
    r"\ufeff?\s*(?:WEBVTT\b|\d+[ \t]*\r?\n\d{1,2}:\d\d:\d\d[,.]\d{1,3} +--> +\d{1,2}:\d\d"
    r"|\d{1,2}:\d\d:\d\d\.\d{1,3},\d{1,2}:\d\d:\d\d\.\d{1,3}\s*\n)"
)
_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d\d)[.,](\d{1,3})"
_CUE = re.compile(rf"^\s*{_TIME}(?:\s+-->\s+|,){_TIME}(?:\s.*)?$")
_VOICE = re.compile(r"<v(?:\.[\w.-]{1,40})?\s+(?P<name>[^<>]{1,80})>")
_TAG = re.compile(r"</?[a-z][^<>]{0,80}>|<[\d:.]{5,16}>|\{\\an?\d\}", re.IGNORECASE)
_NAMED = re.compile(
    r"^(?:>>\s*|[-–]\s*)?(?P<name>[^\W\d_][^:\n\[\]()]{0,40}?)\s?:(?:\s+|$)(?P<text>.*)$", re.DOTALL
)
_BRACKETED = re.compile(
    r"^(?:[-–]\s*)?\[(?P<name>[^\W\d_][^\[\]]{0,40})\]:?\s+(?P<text>\S.*)$", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class _Cue:
    line: int
    begin: timedelta
    end: timedelta
    speaker: str | None
    text: str


def looks_like_captions(head: str) -> bool:
    """Tell captions by their first lines."""
    return _HEAD.match(head) is not None


def read_captions(file: SourceFile) -> Items:
    """Yield a turn of each run of cues by one speaker; `begins_at` in the metadata says where.

    A speaker is told by `<v Ana>`, by a name of up to four words before a colon, or in brackets.
    """
    held: _Cue | None = None
    for cue in _cues(file):
        if isinstance(cue, Problem):
            yield cue
        elif held is not None and _goes_on(held, cue):
            text = f"{held.text} {cue.text}"
            held = _Cue(held.line, held.begin, cue.end, held.speaker, text)
        else:
            if held is not None:
                yield _turn(file, held)
            held = cue
    if held is not None:
        yield _turn(file, held)


def _goes_on(held: _Cue, cue: _Cue) -> bool:
    return (
        cue.speaker == held.speaker
        and cue.begin - held.end <= _LONGEST_PAUSE
        and len(held.text) + len(cue.text) < LONGEST_TURN
    )


def _turn(file: SourceFile, cue: _Cue) -> Turn:
    return Turn(
        collection=file.collection,
        session=file.name,
        text=cue.text,
        speaker=cue.speaker,
        metadata={"begins_at": str(cue.begin - timedelta(microseconds=cue.begin.microseconds))},
        where=file.line(cue.line),
        file=file,
    )


def _cues(file: SourceFile) -> Iterator[_Cue | Problem]:
    """Yield the cues that say something; what stands outside of cues is the file's own business."""
    timing: re.Match[str] | None = None
    number, lines = 0, list[str]()
    for item in read_lines(file):
        if isinstance(item, Problem):
            yield item
            continue
        found = _CUE.match(item[1])
        if found or not item[1].strip():
            yield from _cue(number, timing, lines)
            timing, number, lines = found, item[0], []
        elif timing is not None:
            lines.append(item[1].strip())
    yield from _cue(number, timing, lines)


def _cue(number: int, timing: re.Match[str] | None, lines: list[str]) -> Iterator[_Cue]:
    if timing is None or not lines:
        return
    begin, end = _moment(timing.groups()[:4]), _moment(timing.groups()[4:])
    written = "\n".join(lines)
    voice = _VOICE.search(written)
    text = _TAG.sub("", _VOICE.sub("", written)).strip()
    speaker = unescape(voice["name"]).strip() if voice else None
    named = None if voice else _NAMED.match(text) or _BRACKETED.match(text)
    if named and is_name(named["name"].strip()):
        speaker, text = named["name"].strip(), named["text"].strip()
    text = " ".join(unescape(text).split())
    if text:
        yield _Cue(number, begin, end, speaker, text)


def _moment(parts: tuple[str | None, ...]) -> timedelta:
    hours, minutes, seconds, fraction = parts
    return timedelta(
        hours=int(hours or 0),
        minutes=int(minutes or 0),
        seconds=float(f"{seconds}.{fraction}"),
    )
