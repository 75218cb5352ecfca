"""One pass over a note: its tokens, and a string with one letter of grammar for each.

Patterns of words (names, phrases, clauses) are regular expressions over that string. Letters
beside those of `lexicon.py`: U capitalised, I capitalised where a sentence starts, F a word of a
script without case, # number, s an undecided 's that became z possessive or B is, & ampersand,
| sentence start, and , ; ( ) - " . for punctuation.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from graphmem.rules.lexicon import CLITICS, GRAMMAR
from graphmem.text import lower
from graphmem.types import Span

_LETTER = "[\\w\u0900-\u0eff\u0300-\u036f]"
_CLITIC = "['’](?:s|m|re|ve|ll|d|S|M|RE|VE|LL|D)\\b"
_TOKEN = re.compile(
    r"(?=\S)(?:"  # one look at a blank, and one at most words, which the letters below find too
    r"[a-z]++(?=[ ,;:!?)\n]|\.?$|\.\s)"
    rf"|{_CLITIC}"
    r"|(?:St|Mr|Mrs|Ms|Dr|Prof|Sr|Jr|Gen|Col|Lt|Sgt|Capt|Rev|Hon|Gov|Sen|Rep|Mt|Ft|Bros|Inc|Ltd"
    r"|Co|Corp)\."
    r"|(?:[A-Z]\.)+(?=[\s,;:)A-Z]|$)"
    r"|[$£€¥]?\d+(?:[.,:]\d+)*(?:%|(?:st|nd|rd|th|s|k|m|km|am|pm)\b)?(?![\w])"
    rf"|{_LETTER}+(?:(?!{_CLITIC})[-'’.·]{_LETTER}+)*\+?"
    r"|\S)"
)
_PUNCTUATION = {
    ",": ",", ";": ";", ":": ";", "(": "(", ")": ")", "[": "(", "]": ")", "-": "-", "–": "-",
    "—": ";", "&": "&", "?": ".", '"': '"', "“": '"', "”": '"', "/": ";", "*": ";",
    "'": '"', "’": '"',
}  # fmt: skip
# Words that their neighbours must settle: 's, noun or verb, "New" before a capital, and an unknown
# word where only a verb fits.
_UNDECIDED = re.compile(r"[swj]|(?<=[RXZtB])N|(?<=\|)[Nn]")
_ADJECTIVE = ("ful", "ous", "less", "ible", "iful")
_GOES_ON = {"A": ",JE", "E": "PtdDMNJ", "G": "PtdDMNJ"}
_MAYBE_NAME = frozenset("VwGEJjnNxXcB")
_BEFORE_CAPITAL = frozenset("jNn")
_FINITE_AFTER = frozenset("dDMRrPtoAJUxL#")
_CURRENCY = "$£€¥"
_LONGEST = 100
"""Characters of a token whose letter is remembered."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A note's text, and for each of its n tokens the span, the lower-case word, the letter."""

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    grammar: str

    def surface(self, first: int, last: int) -> str:
        """Return the text of tokens first up to last, excluded, blanks collapsed."""
        written = self.text[self.starts[first] : self.ends[last - 1]]
        return written if last == first + 1 else " ".join(written.split())


def tokenise(text: str, sentences: Sequence[Span]) -> Tokens:
    """Split the sentences of a text and give each token its letter; linear in the text."""
    lowered = lower(text)
    spans: list[Span] = []
    firsts: list[int] = []
    for begin, end in sentences:
        firsts.append(len(spans))
        spans.append((begin, begin))
        spans += [match.span() for match in _TOKEN.finditer(text, begin, end)]
    surfaces = [text[start:stop] for start, stop in spans]
    words = [lowered[start:stop] for start, stop in spans]
    are_short = max(map(len, surfaces), default=0) <= _LONGEST
    letters = list(map(_remembered if are_short else _inner_letter, surfaces, words))
    for first, last, (begin, end) in zip(firsts, [*firsts[1:], len(spans)], sentences, strict=True):
        letters[first] = "|"
        shouted = text[begin:end].isupper() and " " in text[begin:end]
        _begin(surfaces, words, letters, range(first + 1, last), shouted=shouted)
    letters.append("|")
    _decide(words, letters)
    _unmask(words, letters)
    starts, ends = [start for start, _ in spans], [stop for _, stop in spans]
    return Tokens(text, starts, ends, words, "".join(letters[:-1]))


def _begin(
    surfaces: Sequence[str],
    words: Sequence[str],
    letters: list[str],
    places: range,
    *,
    shouted: bool,
) -> None:
    """Give the tokens that open a sentence their letters, and all of one that is shouted."""
    opening = True
    for place in places:
        surface, word = surfaces[place], words[place]
        known = GRAMMAR.get(word)
        if known is None or not (surface == word or opening or shouted):
            known = _letter(surface, word, known, opening=opening, shouted=shouted)
        letters[place] = known
        opening = opening and known in '"(-'
        if not (opening or shouted):
            return


def _inner_letter(surface: str, word: str) -> str:
    """Return the letter of a token that does not open its sentence, nor stands in a shouted one."""
    if not surface:
        return "|"
    known = GRAMMAR.get(word)
    if known is not None and surface == word:
        return known
    return _letter(surface, word, known, opening=False, shouted=False)


_remembered = lru_cache(maxsize=50_000)(_inner_letter)


def _letter(surface: str, word: str, known: str | None, *, opening: bool, shouted: bool) -> str:
    """Give the letter of a token that the word list alone does not settle."""
    if known is None and surface == word and word.isascii() and word.isalpha():
        return _suffix(word)
    first = surface[0]
    if known is not None:
        abbreviated = len(word) > 1 and surface.isupper() and known != "i"
        return "U" if known in _MAYBE_NAME or abbreviated else known
    if first in "'’" and len(word) > 1:
        return CLITICS.get(word[1:], "s")
    if first.isdigit() or (first in _CURRENCY and len(word) > 1):
        return "#"
    if not first.isalnum():
        return _PUNCTUATION.get(surface, ".")
    if surface != word and not shouted:
        return "I" if opening and surface[1:] == word[1:] else "U"
    if not surface.isascii() and surface == surface.upper() and not shouted:
        return "F"
    return _suffix(word)


@lru_cache(maxsize=50_000)
def _suffix(word: str) -> str:
    if len(word) > 4:
        if word.endswith("ed"):
            return "E"
        if word.endswith("ing"):
            return "G"
        if word.endswith("ly"):
            return "A"
        if word.endswith(_ADJECTIVE):
            return "J"
    return "N"


def _decide(words: list[str], letters: list[str]) -> None:
    """Settle, from their neighbours, the words that two letters would fit."""
    for match in _UNDECIDED.finditer("".join(letters)):
        place = match.end() - 1
        letter, before, after = letters[place], letters[place - 1], letters[place + 1]
        if letter == "s":
            owned = before in "NnwUIFLJGE" and after in "NnUIwJj#FE"
            letters[place] = "z" if owned else "B"
        elif before == "|" and letter in _BEFORE_CAPITAL:
            letters[place] = "I" if after == "U" else "J" if letter == "j" else letter
        elif letter == "j":
            letters[place] = "J"
        elif letter == "N" and before == "B":
            letters[place] = "G" if words[place].endswith("ing") else "N"
        elif letter == "N":
            letters[place] = "V" if before in "RXZ" or after in "dDMRr" else "N"
        else:
            letters[place] = _noun_or_verb(words, letters, place)


def _noun_or_verb(words: list[str], letters: list[str], place: int) -> str:
    before, after = letters[place - 1], letters[place + 1]
    if words[place] == "like":
        return "V" if before in "RXtZTAOC" else "P"
    if before in "RXtZTAOi|,C":
        return "V"
    third = words[place].endswith("s")
    if third and words[place - 1] in ("that", "this"):
        return "V"
    if before in "UIF":
        return "V" if third or after in _FINITE_AFTER else "N"
    if before in "Nnr":
        agrees = words[place - 1].endswith("s") != third
        return "V" if agrees and after in _FINITE_AFTER else "N"
    return "N"


def _unmask(words: list[str], letters: list[str]) -> None:
    """Make no name of a sentence's first word that the note itself writes in lower case.

    Nor of one that looks like an adverb or a participle and goes on like it: "Oddly, ...".
    """
    if "I" not in letters:
        return
    common = {word for word, letter in zip(words, letters, strict=False) if letter in "NEGAJ"}
    for place, word in enumerate(words):
        if letters[place] == "I" and letters[place + 1] != "U":
            letter = _suffix(word)
            if word in common or letters[place + 1] in _GOES_ON.get(letter, ""):
                letters[place] = letter
