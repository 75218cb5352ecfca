"""Mail, one message (`.eml`) or a box (`.mbox`): a thread is a session, headers are metadata."""

import mailbox
import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses, parseaddr
from typing import cast

from graphmem.errors import InputError
from graphmem.ingest.reading.dates import read_said_at
from graphmem.ingest.reading.html_blocks import HtmlBlocks, html_blocks
from graphmem.ingest.reading.turns import Items, SourceFile, Turn
from graphmem.types import Problem

_HEADER = re.compile(
    r"^(?:Return-Path|Received|From|To|Cc|Subject|Date|Message-ID|MIME-Version|Delivered-To"
    r"|Content-Type|Reply-To|In-Reply-To|References|DKIM-Signature|X-[\w-]{1,40}):",
    re.IGNORECASE,
)
_BOX = re.compile(r"From \S+.{0,80}\d{4}\s*\r?\n(?:[\w-]{1,40}:|>)")
_ANSWERED = re.compile(
    r"\n?[^\n]{0,160}\b(?:wrote|schrieb|a écrit|escribió|escreveu|ha scritto|schreef)\b[^\n]{0,80}:"
    r"[ \t]*\n+(?=>)|\n-{2,}\s?(?:Original Message|Ursprüngliche Nachricht|Message d'origine"
    r"|Mensaje original)\s?-{2,}.*",
    re.IGNORECASE | re.DOTALL,
)
"""What is quoted below an answer begins so."""
_REPLY = re.compile(r"^(?:(?:re|aw|fwd?|wg|sv|tr|rv|ant)(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_SIGNATURE = "\n-- \n"
_QUOTED = frozenset(("blockquote",))


def looks_like_mail(head: str) -> bool:
    """Tell a message or a box of them by its headers: three of a kind, one of them `From:`."""
    if _BOX.match(head):
        return True
    lines = head.split("\n\n", 1)[0].replace("\r", "").split("\n")
    headers = [line for line in lines if _HEADER.match(line)]
    is_from = any(line.lower().startswith("from:") for line in headers)
    dated = any(line.lower().startswith(("date:", "message-id:", "received:")) for line in headers)
    return bool(lines and _HEADER.match(lines[0])) and len(headers) >= 3 and is_from and dated


def read_mail(file: SourceFile) -> Items:
    """Yield what each message's writer wrote: no quotation of others, no signature, no header.

    The session is the thread: its subject and the id of its first message, so that a reply in
    another box or file meets it.
    """
    for number, message in enumerate(_messages(file), start=1):
        yield from _read_message(file, file.element(number), message)


def _messages(file: SourceFile) -> Iterator[EmailMessage]:
    with file.path.open("rb") as stream:
        is_box = stream.read(5) == b"From "
    if not is_box:
        with file.path.open("rb") as stream:
            yield BytesParser(EmailMessage, policy=policy.default).parse(stream)
        return
    parser = BytesParser(EmailMessage, policy=policy.default)
    box = mailbox.mbox(file.path, factory=None, create=False)
    try:
        for key in box.iterkeys():
            yield parser.parsebytes(box.get_bytes(key))
    finally:
        box.close()


def _read_message(file: SourceFile, where: str, message: EmailMessage) -> Items:
    if not message.keys():
        yield Problem(source=file.label, message="no mail: no header says who wrote it")
        return
    text = _written(message)
    if not text:
        yield Problem(source=where, message="a mail without words of its own")
        return
    said_at, problem = None, None
    if date := _header(message, "Date"):
        try:
            said_at = read_said_at(date)
        except InputError as error:
            told = f"{error}; the mail was kept without a date"
            problem = Problem(source=where, message=told, skipped=False)
    if problem:
        yield problem
    name, address = parseaddr(_header(message, "From"))
    people = [shown or at for shown, at in getaddresses(message.get_all("To", []))]
    subject = _header(message, "Subject")
    metadata = {"subject": subject, "from": address, "to": [str(one) for one in people if one]}
    yield Turn(
        collection="mail",
        session=_thread(message),
        text=text,
        source_id=_header(message, "Message-ID") or None,
        speaker=name or address or None,
        said_at=said_at,
        metadata={key: value for key, value in metadata.items() if value},
        where=where,
        file=file,
    )


def _header(message: EmailMessage, name: str) -> str:
    """Return a header's text, decoded; "" for none, or for one that cannot be parsed."""
    try:
        return " ".join(str(message[name] or "").split())
    except (ValueError, IndexError, AttributeError):  # the standard library's parser on rubbish
        return ""


def _thread(message: EmailMessage) -> str:
    ids = f"{_header(message, 'References')} {_header(message, 'In-Reply-To')}".split()
    root = next(iter(ids), "") or _header(message, "Message-ID")
    subject = _REPLY.sub("", _header(message, "Subject"))
    return " ".join(filter(None, (subject, root))) or "mail"


def _written(message: EmailMessage) -> str:
    """Return the message's own words; the plain part before the HTML one."""
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    try:
        content = cast("str", body.get_content())
    except (LookupError, KeyError):  # an encoding that nobody knows
        payload = body.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    if body.get_content_subtype() == "html":
        content = text_of_html(content)
    content = content.replace("\r\n", "\n").partition(_SIGNATURE)[0]
    content = _ANSWERED.sub("\n", content)
    lines = [line for line in content.split("\n") if not line.lstrip().startswith(">")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def text_of_html(html: str) -> str:
    """Return the words of a page, blocks on lines of their own, quotations left out."""
    blocks = html_blocks([(1, html)], HtmlBlocks(left_out=_QUOTED))
    return "\n".join(block.text for block in blocks)
