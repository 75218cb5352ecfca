"""Messages in a table, CSV or TSV, with a header row that names the columns."""

import csv
import re
from collections.abc import Iterator

from graphmem.ingest.formats.turn_lines import read_turn
from graphmem.ingest.reading.fields import (
    ID_KEYS,
    SAID_AT_KEYS,
    SESSION_KEYS,
    SPEAKER_KEYS,
    TEXT_KEYS,
    folded,
)
from graphmem.ingest.reading.text_lines import read_head, read_lines
from graphmem.ingest.reading.turns import Items, SourceFile
from graphmem.types import Problem

_KNOWN = (*TEXT_KEYS, *SPEAKER_KEYS, *SESSION_KEYS, *SAID_AT_KEYS, *ID_KEYS)
_COLUMNS = {
    **{folded(key): key for key in _KNOWN},
    "messagetext": "text", "messagebody": "text", "contents": "text", "sendername": "speaker",
    "senderusername": "speaker", "fromname": "speaker", "username": "speaker",
    "datesent": "said_at", "sentat": "said_at", "senttime": "said_at", "messagedate": "said_at",
    "nachricht": "text", "mensaje": "text", "mensagem": "text", "messaggio": "text",
    "bericht": "text", "сообщение": "text", "内容": "text", "消息": "text", "メッセージ": "text",
    "absender": "speaker", "remitente": "speaker", "remetente": "speaker", "mittente": "speaker",
    "expéditeur": "speaker", "auteur": "speaker", "autor": "speaker", "afzender": "speaker",
    "отправитель": "speaker", "发送者": "speaker", "送信者": "speaker", "datum": "said_at",
    "fecha": "said_at", "data": "said_at", "zeit": "said_at", "дата": "said_at", "时间": "said_at",
    "日時": "said_at", "createddate": "said_at", "displayname": "speaker", "nickname": "speaker",
    "chatsession": "session", "channel": "session", "chat": "session",
}  # fmt: skip
"""Folded name of a column -> the name that a turn's reader knows."""
_SEPARATOR = re.compile(r"\"?sep=[,;\t|]\"?\r?\n", re.IGNORECASE)
"""What Excel reads, and writes, before a header."""
DELIMITERS = ",;\t|"


def looks_like_table(head: str) -> bool:
    """Tell a table of messages by its header: a column of texts, and one more that is known."""
    columns = [_COLUMNS.get(folded(name.strip().replace(" ", ""))) for name in _header(head)]
    return any(name in TEXT_KEYS for name in columns) and sum(map(bool, columns)) >= 2


def read_table(file: SourceFile) -> Items:
    """Yield the turn of each row; columns that no turn has become metadata.

    A row longer or shorter than the header is a problem; a text over several lines is one field.
    """
    names = [
        _COLUMNS.get(folded(name.strip().replace(" ", "")), name.strip())
        for name in _header(read_head(file))
    ]
    rows = _rows(file, _delimiter(read_head(file)))
    header = 2 if _SEPARATOR.match(read_head(file)) else 1
    for number, row in rows:
        if isinstance(row, Problem):
            yield row
        elif number > header and any(row):
            if len(row) != len(names):
                message = f"a row of {len(row)} fields under a header of {len(names)}"
                yield Problem(source=file.line(number), message=message)
                continue
            record = {name: value for name, value in zip(names, row, strict=True) if value}
            yield from read_turn(file, file.line(number), record)


def _rows(file: SourceFile, delimiter: str) -> Iterator[tuple[int, list[str] | Problem]]:
    problems: list[Problem] = []

    def lines() -> Iterator[str]:
        for item in read_lines(file):
            if isinstance(item, Problem):
                problems.append(item)
            else:
                yield item[1] + "\n"

    reader = csv.reader(lines(), delimiter=delimiter)
    begin = 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield begin, Problem(source=file.line(begin), message=f"broken row ({error})")
            row = []
        while problems:
            yield begin, problems.pop(0)
        if row is None:
            return
        yield begin, row
        begin = reader.line_num + 1


def _header(head: str) -> list[str]:
    return next(csv.reader([_first_line(head)], delimiter=_delimiter(head)), [])


def _delimiter(head: str) -> str:
    """Return the sign that parts most columns of the header."""
    return max(DELIMITERS, key=_first_line(head).count)


def _first_line(head: str) -> str:
    """Return what stands before the first end of a line; a bare carriage return is one to csv."""
    return re.split(r"[\r\n]", _SEPARATOR.sub("", head), maxsplit=1)[0]
