"""Tags and texts of HTML that comes in pieces, in time linear in its length whatever it holds.

The standard library's parser looks at an unfinished tag again with each piece, so that a few
hundred kilobytes of `<` keep it busy for minutes; and a file is nobody's friend.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

LONGEST_TAG = 65_536
"""Characters of a tag that is waited for; of a longer one the rest is passed over."""
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][^\s<>/]{0,64})"
    r"(?P<said>(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>"
)
_BEGUN = re.compile(r"<(?:/?[a-zA-Z]|[!?])")
_CUT = ("<", "</", "<!", "<!-")
"""The end of a piece by which nobody can tell yet what begins there."""
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s\"'<>/=]++)"
    r"(?:\s*+=\s*+(?:\"(?P<two>[^\"]*+)\"|'(?P<one>[^']*+)'|(?P<bare>[^\s>\"']++)))?"
)
_TO_THE_END = {"script": re.compile(r"</script", re.I), "style": re.compile(r"</style", re.I)}
"""Elements in which no tag counts but their own end; nobody reads what is in them."""
_COMMENT_END, _TAG_END = re.compile("-->"), re.compile(">")
_LONGEST_END = 16


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as it stands; `said` are its attributes, as written."""

    name: str
    said: str
    is_end: bool

    def attributes(self) -> dict[str, str]:
        """Return the attributes; "" for one without a value."""
        return {
            found["name"].lower(): unescape(found["two"] or found["one"] or found["bare"] or "")
            for found in _ATTRIBUTE.finditer(self.said)
        }


class HtmlTokens:
    """Takes a page in pieces, and gives its tags and texts."""

    def __init__(self) -> None:
        self._held = ""
        self._until: re.Pattern[str] | None = None
        """What ends the part that is passed over; None: nothing is."""

    def feed(self, piece: str, *, is_last: bool = False) -> Iterator[Tag | str]:
        """Yield what is whole; entities of texts are read, comments and scripts left out."""
        text, self._held = self._held + piece, ""
        at = 0
        while at < len(text):
            if self._until is not None:
                at = self._passed_over(text, at)
                continue
            begin = text.find("<", at)
            if begin != at:
                yield unescape(text[at : begin if begin >= 0 else len(text)])
                at = begin if begin >= 0 else len(text)
                continue
            if not is_last and text[at:] in _CUT:
                self._held = text[at:]
                return
            if found := _TAG.match(text, at):
                tag = Tag(found["name"].lower(), found["said"], is_end=bool(found["end"]))
                self._until = None if tag.is_end else _TO_THE_END.get(tag.name)
                at = found.end()
                yield tag
            elif not _BEGUN.match(text, at):
                yield "<"
                at += 1
            elif text.startswith("<!--", at):
                self._until, at = _COMMENT_END, at + 4
            elif text[at + 1] in "!?":
                self._until = _TAG_END
            elif text.find("<", at + 1) >= 0:  # no tag holds another, so this is none
                yield "<"
                at += 1
            elif len(text) - at < LONGEST_TAG and not is_last:
                self._held = text[at:]
                return
            else:
                self._until = _TAG_END

    def _passed_over(self, text: str, at: int) -> int:
        """Return where the part ends that nobody reads; hold what may begin its end."""
        assert self._until is not None
        found = self._until.search(text, at)
        if found is None:
            self._held = text[max(at, len(text) - _LONGEST_END) :]
            return len(text)
        is_element = found[0].startswith("</")
        self._until = None
        return found.start() if is_element else found.end()


_BLOCKS = frozenset(("br", "p", "div", "li", "tr", "blockquote", "pre"))
_BLANKS = re.compile(r"[ \t\r\f\v\xa0]+")
_NO_MARKUP = re.compile(r"[^<&]*\Z")


def words_of_html(text: str) -> str:
    """Return the words of a piece of HTML, its blocks on lines of their own; linear in its length.

    A text that holds neither tags nor entities is what it is.
    """
    if _NO_MARKUP.match(text):
        return text
    parts = [_as_written(token) for token in HtmlTokens().feed(text, is_last=True)]
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(parts).split("\n"))
    return "\n".join(filter(None, lines))


def _as_written(token: Tag | str) -> str:
    if isinstance(token, Tag):
        return "\n" if token.name in _BLOCKS else ""
    return token
