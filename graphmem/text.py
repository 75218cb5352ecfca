"""Pure functions on strings of any script: normal form, words, stems, dates in words."""

import re
import unicodedata
from bisect import bisect_right
from collections import deque
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import Stemmer

from graphmem.types import Span

STOPWORDS: frozenset[str] = frozenset(
    """a about above after again against all also am an and any are as at be because been before
    being below between both but by can could did do does doing down during each either else ever
    few for from further had has have having he her here hers herself him himself his how however
    i if in into is it its itself just let like me more most much must my myself neither no nor not
    now of off on once one only or other our ours ourselves out over own per same shall she should
    since so some such than that the their theirs them themselves then there these they this those
    through thus to too under until up upon us very was we were what when where which while who
    whom whose why will with within without would yes yet you your yours yourself yourselves
    i'm i've i'd i'll it's that's don't didn't doesn't isn't wasn't can't won't couldn't you're
    you've we're we've they're he's she's there's what's let's hasn't haven't aren't
    """.split()
)
"""English words that carry no content, in normal form."""

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""English, from January on. `strftime` is never asked: it answers in the program's language."""

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters but tab and line feed, those that turn the order of letters, surrogates."""
# Signs that are written and say nothing: soft hyphens, what joins or parts letters at no width,
# the forms of emoji and their tones of skin.
_SILENT_CHARACTERS = (
    "\u00ad\u180b-\u180e\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff"
)
_SILENT = re.compile(f"[{_SILENT_CHARACTERS}]+")
# The accents of Latin, Greek and Cyrillic letters (й is a letter of its own), the vowel points of
# Arabic and Hebrew and the stroke that stretches Arabic words: people write them or do not.
_MARKS = re.compile(
    "(?<!\u0438)\u0306|[\u0300-\u0305\u0307-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
)
# What no decomposition takes apart: letters with a stroke, quotation marks, and the letters that
# Persian and Arabic keyboards give for one.
_LETTERS = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"'}
    | {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ı": "i", "ħ": "h", "Ħ": "h"}
    | {"æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ŧ": "t", "Ŧ": "t", "ð": "d", "Ð": "d"}
    | {"þ": "th", "Þ": "th", "ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه"}
)
_NUMBER = re.compile("[0-9+().,'/\\-\u2010\u2011 ]*[0-9]")
_NO_DIGIT = re.compile("[^0-9]+")
_DIGITS = re.compile(r"(?![0-9])\d")
# A word is a run of letters and digits with the vowel signs of their script, which \w leaves out,
# and inner apostrophes. A Han character and an emoji stand for themselves; the two kana are two
# scripts. A number keeps what groups its digits, and so does one to be called.
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_HIRAGANA, _KATAKANA = "\u3041-\u309f", "\u30a1-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_SIGNS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0"
    "\u0900-\u0963\u0971-\u0df3\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e4e\u0e81-\u0ecd\u0f18\u0f19"
    "\u0f35\u0f37\u0f39\u0f3e\u0f3f\u0f71-\u0f84\u0f86\u0f87\u0f8d-\u0fbc\u102b-\u103e\u1056-\u1059"
    "\u105e-\u1060\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d\u135d-\u135f"
    "\u17b4-\u17d3\u17dd\u18a9\u1920-\u193b\u1a17-\u1a1b\u1a55-\u1a7f\u1b00-\u1b04\u1b34-\u1b44"
    "\ua823-\ua827\ua880\ua881\ua8b4-\ua8c5\uaa29-\uaa36\uabe3-\uabea\uabec\uabed"
)
_EMOJI = (
    "\u203c\u2049\u2194-\u21ff\u231a-\u23ff\u2600-\u27bf\u2b05-\u2b55\U0001f000-\U0001f1e5"
    "\U0001f200-\U0001f3fa\U0001f400-\U0001faff"
)
_INNER = (
    rf"(?![{_HAN}{_HIRAGANA}{_KATAKANA}])(?:[^\W_]|[{_SIGNS}]|(?<=\w)[{_SILENT_CHARACTERS}](?=\w))"
)
_DASHES = "\u2010\u2011\\-"
_GROUPED = (
    r"(?<![\w.,/-])(?:"
    rf"\+\d[\d ().{_DASHES}\u00a0\u202f/]{{5,22}}\d"  # +49 30 1234567
    rf"|(?!(?:19|20)\d\d\D(?:19|20))\d{{4}}(?:[ {_DASHES}]\d{{4}}){{3}}"  # the number of a card
    rf"|97[89](?:[ {_DASHES}]\d{{1,7}}){{3}}[ {_DASHES}][\dXx]"  # ISBN
    r"|(?!0\d[-/.]\d\d[-/.]\d\d)(?=(?:\D{0,3}\d){9})"  # 05-08-2024 is a date
    rf"\(?0\d{{1,5}}\)?(?:(?:[ {_DASHES}\u00a0/]| / )\d{{2,8}}){{1,5}}"  # 020 7946 0958, (030) 123
    rf"|(?:1[. {_DASHES}])?(?:\(\d{{3}}\) ?|\d{{3}}[. {_DASHES}])\d{{3}}[. {_DASHES}]\d{{4}}"
    r"|[1-9]\d{0,2}(?:([,.'\u2019 \u00a0\u2009\u202f])\d{3})(?:\1\d{3})*"  # 1,000 1.000 1 000
    r")(?![\w-]|[.,]\d{3})"
)
_WORD = re.compile(
    r"(?=\S)(?:[A-Za-z]++(?=[ ,.;:!?)\n])"  # most words, as found below
    rf"|{_GROUPED}"
    rf"|[{_HAN}]|[{_HIRAGANA}][{_HIRAGANA}\u30fc]*|[{_KATAKANA}]+"
    r"|(?<![\w.])(?:[^\W\d_](?:\+\+|\#)|\.(?i:net))(?!\w)"  # C++, C#, .NET
    rf"|(?:{_INNER})+(?:['’](?:(?![{_HAN}])[^\W\d_])+)?"
    rf"|[\U0001f1e6-\U0001f1ff]{{2}}|[{_EMOJI}])"
)
# Of plain English these two find the same words in a third of the time.
_MAYBE_GROUPED = re.compile(r"[0-9][^a-z0-9]{1,3}[0-9]")
_PLAIN_WORD = re.compile("[a-z0-9]+(?:'[a-z]+)?")
_stemmer = Stemmer.Stemmer("english", maxCacheSize=50_000)

_IRREGULAR_GROUPS = """be is are am was were been being | go goes went gone going | have has had
    having | do does did done doing | make made making | take took taken taking | get got gotten
    getting | give gave given giving | see saw seen seeing | come came coming | know knew known |
    think thought | find found | tell told | buy bought | bring brought | catch caught | teach
    taught | fight fought | seek sought | feel felt | leave left leaving | keep kept | meet met |
    sit sat | run ran running | begin began begun | write wrote written writing | drive drove
    driven driving | ride rode ridden riding | eat ate eaten | speak spoke spoken | break broke
    broken | choose chose chosen | wear wore worn | win won winning | lose lost losing | sell sold |
    send sent | spend spent | build built | hear heard | hold held | stand stood | understand
    understood | say said | pay paid | lead led | read reading | sleep slept | swim swam swum
    swimming | sing sang sung | draw drew drawn | grow grew grown | fly flew flown | throw threw
    thrown | show showed shown | fall fell fallen | become became | forget forgot forgotten | hide
    hid hidden | bite bit bitten | shake shook shaken | steal stole stolen | wake woke woken | child
    children kid kids | man men | woman women | person people | foot feet | tooth teeth | mouse mice
    | life lives | wife wives | movie movies film films | photo photos pic pics picture pictures |
    mom mum mother | dad father | die died dying dead death | marry married marriage | birth born"""

IRREGULAR: dict[str, str] = {
    form: group.split()[0] for group in _IRREGULAR_GROUPS.split("|") for form in group.split()
}
"""Forms that no suffix rule joins, and the everyday synonyms of chat (movie, film)."""


def fold(text: str) -> str:
    """Return the text in the form in which texts are compared.

    Width, case, accents, vowel points and signs of no width are away; digits of all scripts are
    ours.
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", _SILENT.sub("", text)).casefold()
    bare = _MARKS.sub("", decomposed).translate(_LETTERS)
    numbered = _DIGITS.sub(lambda digit: str(unicodedata.digit(digit[0])), bare)
    return unicodedata.normalize("NFC", numbered)


def lower(text: str) -> str:
    """Lower the case of a text and keep every character in its place."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


def word_spans(text: str) -> list[Span]:
    """Return the span of each word of a text as it stands."""
    return [match.span() for match in _WORD.finditer(text)]


def words_at(text: str, starts: Sequence[int]) -> list[str]:
    """Return the folded word that each of the places stands in, empty between words."""
    spans = word_spans(text)
    at = spans_at(spans, starts)
    return [(words(text[slice(*spans[i])]) or [""])[0] if i >= 0 else "" for i in at]


def spans_at(spans: Sequence[Span], places: Sequence[int]) -> list[int]:
    """Return the number of the span, of some in order, that each place lies in; -1 for none."""
    starts = [start for start, _ in spans]
    before = [bisect_right(starts, place) - 1 for place in places]
    pairs = zip(before, places, strict=True)
    return [i if i >= 0 and place < spans[i][1] else -1 for i, place in pairs]


def surfaces(text: str) -> list[str]:
    """Return the words of a text as written: case, accents and endings kept."""
    return [match[0] for match in _WORD.finditer(text)]


def words(text: str) -> list[str]:
    """Return the words of a text, folded; possessive endings and what groups digits are away."""
    folded = fold(text)
    if _is_plain(folded):
        found: list[str] = _PLAIN_WORD.findall(folded)
        return _unowned(found) if "'s" in folded else found
    matches = (match[0] for match in _WORD.finditer(folded))
    return [word if word.isalpha() else _bare(word) for word in matches]


def words_between(text: str, spans: Sequence[Span]) -> list[list[str]]:
    """Return the words of parts of a text, each as `words` has those of the part alone."""
    folded = text.lower()
    if not _is_plain(folded) or not text.isascii():
        return [words(text[start:end]) for start, end in spans]
    found = [_PLAIN_WORD.findall(folded, start, end) for start, end in spans]
    return list(map(_unowned, found)) if "'s" in folded else found


def _is_plain(folded: str) -> bool:
    """Tell whether each word is a run of plain letters: no grouped digits, no C++, C#, .NET."""
    if not folded.isascii() or "+" in folded or "#" in folded or ".net" in folded:
        return False
    return _MAYBE_GROUPED.search(folded) is None


def _unowned(found: Sequence[str]) -> list[str]:
    return [word[:-2] if word.endswith("'s") and len(word) > 2 else word for word in found]


def _bare(word: str) -> str:
    if not word.isalnum() and _NUMBER.fullmatch(word):
        return _NO_DIGIT.sub("", word)
    return word[:-2] if word.endswith(("'s", "’s")) and len(word) > 2 else word


def normalise(name: str) -> str:
    """Return a name's normal form: its words joined by blanks; never empty for a visible name."""
    letters = name.replace(" ", "")
    if letters.isascii() and letters.isalpha():  # as most names are: in a tenth of the time
        return " ".join(name.lower().split())
    return " ".join(words(name)) or fold(name).strip()


def surface_of(name: str, text: str) -> str:
    """Return a name, given in normal form, as a text first writes it; empty if it does not."""
    wanted = name.split(" ")
    start = 0
    if text.isascii() and name.isascii() and not any(map(str.isdigit, name)):
        start = text.lower().find(wanted[0])  # what folds to a word of plain letters begins so
        if start < 0:
            return ""
        start = text.rfind(" ", 0, start) + 1
    last: deque[re.Match[str]] = deque(maxlen=len(wanted))
    for match in _WORD.finditer(text, start):
        last.append(match)
        if _form(match[0]) == wanted[-1] and [_form(word[0]) for word in last] == wanted:
            return text[last[0].start() : match.end()]
    return ""


@lru_cache(maxsize=200_000)
def _form(word: str) -> str:
    """Return one word as `words` has it; `e-mail` may be two there."""
    return " ".join(words(word))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of a folded word (Porter 2, with irregular forms joined first)."""
    return IRREGULAR.get(word) or _stemmer.stemWord(word)


def month_text(moment: date) -> str:
    """Return the month of a date or time, `May 2023`, the same in every locale."""
    return f"{MONTH_NAMES[moment.month - 1]} {moment.year}"


def day_text(moment: date) -> str:
    """Return the day of a date or time, `8 May 2023`, the same in every locale."""
    return f"{moment.day} {month_text(moment)}"


def visible(text: str) -> str:
    """Return the text with each character that acts instead of being seen written as an escape.

    `\\x1b` stands for the one that drives a terminal, `\\u202e` for the one that turns the order
    of letters. Tabs and line feeds stay. Doing it twice changes nothing more.
    """
    return _UNSEEN.sub(lambda found: ascii(found[0])[1:-1], text)


def visible_json(line: str) -> str:
    """Return a line of JSON in which the characters that act are escaped; its value is the same."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def clip(text: str, length: int) -> str:
    """Return at most `length` characters of the text on one line, an ellipsis where it was cut."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def without_parenthesis(title: str) -> str:
    """Return a title without the parenthesis that ends it: `Ann Lee` of `Ann Lee (judge)`."""
    end = title.rstrip()
    start = end.rfind("(")
    is_last = end.endswith(")") and start >= 0 and end.find(")", start) == len(end) - 1
    return end[:start].rstrip() if is_last else title


def line_of(speaker: str | None, text: str) -> str:
    """Return what was said as one line of a talk."""
    return f"{speaker}: {text}" if speaker else text


def how_many(count: int, things: str) -> str:
    """Return a number of things, named by their plural in -s: `1 turn`, `2,000 turns`."""
    return f"{count:,} {things.removesuffix('s') if count == 1 else things}"
