"""Plain transcripts: `[2024-05-01 10:03] Ana: …` or `Ana: …`, with headers between sessions."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from graphmem.errors import InputError
from graphmem.ingest.formats.chat_log import read_chat
from graphmem.ingest.formats.transcript_lines import (
    Opening,
    chat_shape,
    header_title,
    is_rule,
    opening,
)
from graphmem.ingest.reading.dates import find_said_at, parse_clock, try_said_at
from graphmem.ingest.reading.text_lines import read_head, read_lines
from graphmem.ingest.reading.turns import Items, SourceFile, Turn
from graphmem.types import Problem

MAX_TURN = 16 * 1024 * 1024
"""Characters of one turn; what goes on longer begins another by the same speaker."""
_HALF_A_DAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class _Header:
    line: int
    title: str


@dataclass(frozen=True, slots=True)
class _Utterance:
    line: int
    opening: Opening
    text: str


@dataclass(frozen=True, slots=True)
class _Session:
    """The session that is being read, and the time it has come to."""

    name: str
    now: datetime | None = None
    """The header's date, then that of the last turn with one."""


def read_transcript(file: SourceFile) -> Items:
    """Yield the turns; before the first header they belong to a session named as the file.

    Where the turns begin in one shape with a date, `chat_log` reads them. Else a turn without a
    stamp has the time of the turn before, or the header's date, and two headers of one name are
    two sessions, the second named `… (2)`.
    """
    shape = chat_shape(read_head(file), is_markdown=file.is_markdown)
    if shape is not None:
        yield from read_chat(file, shape)
        return
    session = _Session(file.name)
    times_named: dict[str, int] = {}
    for part in _parts(file):
        if isinstance(part, Problem):
            yield part
        elif isinstance(part, _Header):
            name, now, problem = _read_header(part.title, file.line(part.line))
            if problem:
                yield problem
            times = times_named[name] = times_named.get(name, 0) + 1
            session = _Session(name if times == 1 else f"{name} ({times})", now)
        else:
            where = file.line(part.line)
            stamp = part.opening.stamp
            said_at, problem = _time_of(stamp, session.now, where)
            if problem:
                yield problem
            session = replace(session, now=said_at or session.now)
            yield Turn(
                collection=file.collection,
                session=session.name,
                text=part.text,
                speaker=part.opening.speaker,
                said_at=said_at,
                metadata={"said_at": stamp} if stamp and not said_at else {},
                where=where,
                file=file,
            )


def _parts(file: SourceFile) -> Iterator[_Header | _Utterance | Problem]:
    """Join the lines of each turn; hold one turn at a time."""
    known = _speakers_at_first(file)
    stamped = False
    first: tuple[int, Opening] | None = None
    lines: list[str] = []
    size = 0
    for numbered in read_lines(file):
        if isinstance(numbered, Problem):
            yield numbered
            continue
        number, line = numbered
        title = None if is_rule(line) else header_title(line)
        start = opening(line, known, stamped=stamped) if title is None else None
        if start is None and first and size > MAX_TURN:
            start = Opening(first[1].speaker, line, first[1].stamp)
        if first and (start or title is not None):
            yield _Utterance(*first, "\n".join(lines).strip())
            first = None
        if title is not None:
            yield _Header(number, title)
        elif start:
            known.update({start.speaker} if start.speaker else ())
            stamped = stamped or start.stamp is not None
            first, lines, size = (number, start), [start.text], len(start.text)
        elif first and not is_rule(line):
            lines.append(line)
            size += len(line)
        elif line.strip() and not is_rule(line):
            yield Problem(source=file.line(number), message=f"no turn begins here: {line[:60]!r}")
    if first:
        yield _Utterance(*first, "\n".join(lines).strip())


def _speakers_at_first(file: SourceFile) -> set[str]:
    """Return who opens two lines or more of the file's beginning, stamped or not.

    So a speaker whose lines never bear a stamp is known where another's do.
    """
    lines = read_head(file).splitlines()
    found = (opening(line, (), stamped=False) for line in lines if header_title(line) is None)
    times = Counter(start.speaker for start in found if start and start.speaker)
    return {speaker for speaker, n in times.items() if n >= 2}


def _read_header(title: str, where: str) -> tuple[str, datetime | None, Problem | None]:
    try:
        said_at, name = find_said_at(title)
    except InputError as error:
        message = f"{error}; its turns have no date but their own"
        return title, None, Problem(source=where, message=message, skipped=False)
    return name or title, said_at, None


def _time_of(
    stamp: str | None, now: datetime | None, where: str
) -> tuple[datetime | None, Problem | None]:
    """Return when a turn was said; a time of day is put on the session's day, past midnight too."""
    if stamp is None:
        return now, None
    clock = parse_clock(stamp)
    if clock is None:
        return try_said_at(stamp, where)
    if now is None:
        return None, None
    moment = now.replace(hour=0, minute=0, second=0, microsecond=0) + clock
    return (moment + timedelta(days=1) if moment < now - _HALF_A_DAY else moment), None
