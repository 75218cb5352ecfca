"""Pure functions on strings of any script: normal form, words, stems, sentences, dates in words."""

import re
import unicodedata
from bisect import bisect_right
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
_MARKS = re.compile("[\u0300-\u036f]+")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"'})
# A word is a run of letters and digits with the vowel signs of Indic, Thai and Lao scripts, which
# \w leaves out, and inner apostrophes. A Han character, or a kana run, stands for itself.
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_WORD = re.compile(
    rf"[{_HAN}]|[\u3040-\u30ff]+"
    rf"|(?:(?![{_HAN}\u3040-\u30ff])[^\W_]|[\u0900-\u0eff\u0300-\u036f])+"
    rf"(?:['’](?:(?![{_HAN}])[^\W\d_])+)?"
)
_SENTENCE_END = re.compile(
    r"[.!?…]+[\"'”’)\]]*(?=\s+|$)|[。！？]+[」』”]*|\n\s*\n|\n(?=\s*(?:[-*•#]|\d+[.)])\s)"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|Gen|Col|Lt|Sgt|Capt|Rev|Hon|Gov|Sen|Rep|Mt|Ft|No|vs"
    r"|etc|e\.g|i\.e|cf|al|Inc|Ltd|Co|Corp|Bros|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
    r"|approx|ca|c|b|d|[A-Z](?:\.[A-Z])*)\.$"
)
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
    """Return the text in the form in which texts are compared: width, case and accents away."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_QUOTES)).casefold()
    return unicodedata.normalize("NFC", _MARKS.sub("", decomposed))


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
    return _WORD.findall(text)


def words(text: str) -> list[str]:
    """Return the words of a text, folded, possessive endings away."""
    return [_unpossessive(word) for word in _WORD.findall(fold(text))]


def _unpossessive(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "’s")) and len(word) > 2 else word


def normalise(name: str) -> str:
    """Return a name's normal form: its words joined by blanks; never empty for a visible name."""
    return " ".join(words(name)) or fold(name).strip()


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of a folded word (Porter 2, with irregular forms joined first)."""
    return IRREGULAR.get(word) or _stemmer.stemWord(word)


def sentences(text: str) -> list[Span]:
    """Return the spans of a text's sentences, blanks trimmed; one span at least."""
    spans: list[Span] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if text[match.start()] == "." and _abbreviated(text, start, match.start()):
            continue
        _append_trimmed(spans, text, start, match.end())
        start = match.end()
    _append_trimmed(spans, text, start, len(text))
    return spans or [(0, len(text))]


def _abbreviated(text: str, start: int, dot: int) -> bool:
    """Tell whether the full stop at `dot` only ends an abbreviation; looks a few letters back."""
    return _ABBREVIATION.search(text, max(start, dot - 16), dot + 1) is not None


def _append_trimmed(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = end - (len(piece) - len(piece.rstrip()))
    if right > left:
        spans.append((left, right))


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
