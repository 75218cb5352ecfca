"""The words of a page in HTML, block by block; what is not read on the screen is left out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graphmem.ingest.reading.html_tokens import HtmlTokens, Tag

LONGEST_BLOCK = 65_536
"""Characters; what goes on without the end of a block is cut after as many."""
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div",
        "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "head", "header", "hr",
        "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
        "tfoot", "thead", "title", "tr", "ul", *_HEADINGS,
    )
)  # fmt: skip
_CELLS = ("td", "th")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_MACHINERY = frozenset(
    "script style template noscript svg math canvas iframe object audio video select button "
    "textarea datalist".split()
)
AROUND = frozenset(("nav", "footer", "aside"))
"""What stands around the words of a page: ways to other pages, not what this one says."""
_AROUND_ROLES = ("navigation", "banner", "contentinfo", "search", "complementary")
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_OPENS_WORDS = ("main", "article", "h1")
"""A page that forgets to close its navigation goes on with its words here."""
_DATED = ("article:published_time", "datepublished", "date", "dcterms.created", "dc.date")


@dataclass(frozen=True, slots=True)
class HtmlBlock:
    """A paragraph, an item, a row of a table, or a heading."""

    line: int
    text: str
    level: int = 0
    """Of a heading, from 1; 0: it is none."""


class HtmlBlocks:
    """Takes the tags and texts of a page, and gives the blocks that have ended."""

    def __init__(self, left_out: frozenset[str] = AROUND) -> None:
        """`left_out` are elements whose words are not taken, beside scripts and what is hidden."""
        self.title = ""
        self.date = ""
        self.line = 1
        self._left_out = left_out | _MACHINERY
        self._found: list[HtmlBlock] = []
        self._parts: list[str] = []
        self._size = 0
        self._begun = 1
        self._level = 0
        self._prefix = ""
        self._pre = 0
        self._is_title = False
        self._silent = ""
        """The element that is left out; `_depth` of its name are open."""
        self._depth = 0

    def taken(self) -> Iterator[HtmlBlock]:
        """Yield the blocks that have ended since the last call."""
        found, self._found = self._found, []
        return iter(found)

    def take(self, token: Tag | str) -> None:
        """Take what comes next in the page."""
        if isinstance(token, str):
            self._take_text(token)
        elif self._is_silent(token):
            return
        elif token.is_end:
            if token.name in _BLOCKS:
                self.end_block()
                self._pre = max(0, self._pre - (token.name == "pre"))
        else:
            self._begin(token)

    def end_block(self) -> None:
        """Give the block that is open, if it has words."""
        text = "".join(self._parts)
        if self._pre:
            text = text.strip("\n")
        else:
            text = re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", text)).strip()
        if self._is_title:
            self.title = self.title or " ".join(text.split())
        elif text.strip() and self._level:
            self._found.append(HtmlBlock(self._begun, " ".join(text.split()), self._level))
        elif text.strip():
            self._found.append(HtmlBlock(self._begun, self._prefix + text))
            self._prefix = ""
        self._parts, self._size, self._level, self._is_title = [], 0, 0, False

    def _is_silent(self, tag: Tag) -> bool:
        """Tell whether a tag stands in, begins or ends what is left out."""
        if self._silent and tag.name in _OPENS_WORDS and self._silent not in _MACHINERY:
            self._silent = ""
        if self._silent:
            if tag.name == self._silent:
                self._depth += -1 if tag.is_end else 1
                self._silent = self._silent if self._depth else ""
            return True
        if not tag.is_end and tag.name not in _VOID and self._is_left_out(tag):
            self._silent, self._depth = tag.name, 1
        return bool(self._silent)

    def _begin(self, tag: Tag) -> None:
        if tag.name == "meta":
            self._note_date(tag.attributes())
        elif tag.name in _BLOCKS:
            self.end_block()
            self._level = _HEADINGS.get(tag.name, 0)
            self._prefix = "- " if tag.name == "li" else ""
            self._pre += tag.name == "pre"
            self._is_title = tag.name == "title"
        elif tag.name == "br":
            self._parts.append("\n")
        elif tag.name in _CELLS and any(part.strip() for part in self._parts):
            self._parts.append(" | ")

    def _take_text(self, text: str) -> None:
        if self._silent:
            return
        if not any(part.strip() for part in self._parts[-2:]):
            self._begun = self.line
        for begin in range(0, len(text), LONGEST_BLOCK):
            piece = text[begin : begin + LONGEST_BLOCK]
            self._parts.append(piece if self._pre else re.sub(r"\s+", " ", piece))
            self._size += len(piece)
            if self._size > LONGEST_BLOCK:
                self.end_block()

    def _is_left_out(self, tag: Tag) -> bool:
        if tag.name in self._left_out:
            return True
        said = tag.attributes()
        return (
            "hidden" in said
            or said.get("aria-hidden") == "true"
            or ("nav" in self._left_out and said.get("role") in _AROUND_ROLES)
            or _UNSEEN.search(said.get("style", "")) is not None
        )

    def _note_date(self, said: dict[str, str]) -> None:
        name = said.get("property") or said.get("name") or said.get("itemprop") or ""
        if name.lower() in _DATED:
            self.date = self.date or said.get("content", "")


def html_blocks(lines: Iterable[tuple[int, str]], blocks: HtmlBlocks) -> Iterator[HtmlBlock]:
    """Yield the blocks of a page whose numbered lines are given."""
    tokens = HtmlTokens()
    for number, line in lines:
        blocks.line = number
        for token in tokens.feed(line):
            blocks.take(token)
        yield from blocks.taken()
    for token in tokens.feed("", is_last=True):
        blocks.take(token)
    blocks.end_block()
    yield from blocks.taken()
