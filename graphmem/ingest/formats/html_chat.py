"""Chats that programs export as HTML: one row says which classes hold speaker, text and time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from graphmem.ingest.formats.html_page import page_lines
from graphmem.ingest.reading.dates import try_said_at
from graphmem.ingest.reading.html_tokens import HtmlTokens, Tag
from graphmem.ingest.reading.turns import Items, SourceFile, Turn
from graphmem.types import Problem

_BLOCKS = ("div", "p", "br", "li", "pre", "blockquote", "tr")
_SILENT = ("script", "style")
_VOID = ("br", "img", "hr", "input", "link", "meta", "source", "wbr", "area", "col", "embed")
_CONTINUED = re.compile(r"(?<=/)(messages?)_?\d+(?=\.html?$)")
"""A chat's second file, which goes on with `messages.html`, or `message_1.html`."""
_DEEPEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlShape:
    """How one program writes a chat; classes of elements, and attributes of them."""

    name: str
    marks: tuple[str, ...]
    """Classes that its pages name, all of them in the first lines."""
    message: str
    """Each element of this class is a message."""
    speaker: str
    text: tuple[str, ...]
    said_at: tuple[str, ...]
    """The attribute `title` counts before the words."""
    chat: str
    """The element that names the chat, by its class or its own name."""
    is_newest_first: bool = False
    left_out: tuple[str, ...] = ()
    """Parts of a message that another wrote, or nobody: answers' heads, reactions."""
    foreign: str = ""
    """What another wrote, in another chat: its words count, the name over them does not."""


HTML_SHAPES = (
    HtmlShape(
        name="telegram-html",
        marks=("page_header", "history", "from_name"),
        message="message",
        speaker="from_name",
        text=("text",),
        said_at=("date",),
        chat="page_header",
        left_out=("reply_to", "userpic", "reactions", "signature", "media_wrap"),
        foreign="forwarded",
    ),
    HtmlShape(
        name="discord-html",
        marks=("chatlog__message-group",),
        message="chatlog__message-container",
        speaker="chatlog__author",
        text=("chatlog__content",),
        said_at=("chatlog__timestamp", "chatlog__short-timestamp"),
        chat="preamble__entry",
        left_out=("chatlog__reply", "chatlog__edited-timestamp", "chatlog__author-tag"),
    ),
    HtmlShape(
        name="facebook-html",
        marks=("_a6-g", "_a6-p", "_a6-o"),
        message="_a6-g",
        speaker="_a6-h",
        text=("_a6-p",),
        said_at=("_a6-o",),
        chat="title",
        left_out=("_a6-q",),
        is_newest_first=True,
    ),
    HtmlShape(
        name="facebook-html-2018",
        marks=("_2pio", "_2let", "_2lem"),
        message="uiBoxWhite",
        speaker="_2pio",
        text=("_2let",),
        said_at=("_2lem",),
        chat="title",
        left_out=("_tqp",),
        is_newest_first=True,
    ),
)  # fmt: skip


def html_chat_of(head: str) -> str | None:
    """Return the format of a page that is a chat; None for any other page."""
    return next(
        (shape.name for shape in HTML_SHAPES if all(mark in head for mark in shape.marks)), None
    )


@dataclass(slots=True)
class _Message:
    line: int
    id: str
    is_notice: bool
    speaker: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    said_at: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Page:
    """What was met of a page so far."""

    shape: HtmlShape
    line: int = 1
    open: list[tuple[str, str]] = field(default_factory=list)
    """Elements that are open, and what each is of a message."""
    chat: list[str] = field(default_factory=list)
    message: _Message | None = None

    def take(self, token: Tag | str) -> "_Message | None":
        """Take what comes next; return the message that ended with it."""
        if isinstance(token, str):
            self._take_text(token)
            return None
        if token.is_end:
            return self._end(token.name)
        part = self._part(token)
        if token.name in _BLOCKS and self.message and self._where() == "text":
            self.message.text.append("\n")
        if token.name not in _VOID and len(self.open) < _DEEPEST:
            self.open.append((token.name, part))
        return None

    def _part(self, tag: Tag) -> str:
        """Return what an element is: a message, a part of one, left out, or nothing of its own."""
        said = tag.attributes()
        classes = said.get("class", "").split()
        shape = self.shape
        if self.message is None:
            if shape.message in classes:
                is_notice = "service" in classes
                id_ = said.get("data-message-id") or re.sub(r"^\D*", "", said.get("id", ""))
                self.message = _Message(self.line, id_, is_notice)
                return "message"
            is_name = shape.chat in classes or shape.chat == tag.name
            return "chat" if is_name and not self.chat else ""
        if tag.name in _SILENT or not set(classes).isdisjoint(shape.left_out):
            return "left out"
        if not set(classes).isdisjoint(shape.said_at):
            if not self.message.said_at:
                self.message.said_at.append(said.get("title", ""))
            return "said_at"
        if shape.foreign and shape.foreign in classes:
            return "foreign"
        if shape.speaker in classes:
            is_own = not self.message.speaker and not any(one == "foreign" for _, one in self.open)
            return "speaker" if is_own else "left out"
        return "text" if not set(classes).isdisjoint(shape.text) else ""

    def _where(self) -> str:
        """Return the innermost part that is open."""
        parts = [part for _, part in self.open if part]
        return "left out" if "left out" in parts else (parts[-1] if parts else "")

    def _take_text(self, text: str) -> None:
        where = self._where()
        if where == "chat":
            self.chat.append(text)
        elif self.message is not None and where in ("speaker", "text", "said_at"):
            getattr(self.message, where).append(text)

    def _end(self, name: str) -> "_Message | None":
        """Close the innermost element of a name, and all that is open in it."""
        if not any(open_ == name for open_, _ in self.open):
            return None
        ended = None
        while self.open:
            closed, part = self.open.pop()
            if part == "message":
                ended, self.message = self.message, None
            if closed == name:
                break
        return ended


def read_html_chat(file: SourceFile, shape: HtmlShape) -> Items:
    """Yield the messages of a chat; its session is the chat's name, else the file's.

    A message without a name is by the speaker before. Notices and messages without text are left
    out and counted.
    """
    problems: list[Problem] = []
    collection = _CONTINUED.sub(r"\1", file.collection)
    page = _Page(shape)
    speaker: str | None = None
    left_out = 0
    messages = _messages(page, page_lines(file, problems))
    for message in reversed(list(messages)) if shape.is_newest_first else messages:
        text = _plain(message.text)
        speaker = _plain(message.speaker) or speaker
        if message.is_notice or not text:
            left_out += 1
            continue
        written = _plain(message.said_at[:1]) or _plain(message.said_at)
        where = file.line(message.line)
        said_at, problem = try_said_at(written or None, where)
        if problem:
            yield problem
        yield Turn(
            collection=collection,
            session=_plain(page.chat).split("\n")[0] or file.name,
            text=text,
            source_id=message.id or None,
            speaker=speaker,
            said_at=said_at,
            where=where,
        )
    yield from problems
    if left_out:
        message_ = f"{left_out} notices and messages without text, such as pictures, were left out"
        yield Problem(source=file.label, message=message_, skipped=False)


def _messages(page: _Page, lines: Iterator[tuple[int, str]]) -> Iterator[_Message]:
    tokens = HtmlTokens()
    for number, line in lines:
        page.line = number
        for token in tokens.feed(line):
            if message := page.take(token):
                yield message
    for token in tokens.feed("", is_last=True):
        if message := page.take(token):
            yield message


def _plain(parts: list[str]) -> str:
    """Return words as a page shows them: line ends only where the page has them."""
    lines = "".join(part if part == "\n" else re.sub(r"\s+", " ", part) for part in parts)
    return "\n".join(line.strip() for line in lines.split("\n")).strip()
