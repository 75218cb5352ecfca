"""What a turn's text holds, whatever is asked: a question, names, times, numbers, people, reasons.

Words are looked up in sets, and phrases are searched only where a part of one stands: a text is
read in some 15 µs, a third of what one pattern a trait takes.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from graphmem.retrieve.question.kind import question_kind
from graphmem.text import MONTH_NAMES, fold
from graphmem.types import Span

_RUN = re.compile(r"\w+")
# A quotation is short and on one line: without a bound, each mark that nothing closes (a German
# text ends with what English ones begin with) would be followed to the end of the text.
_NAME_INSIDE = re.compile(r"(?<=[a-z,;:] )[A-Z][\w'’-]+|[\"“][^\"”\n]{1,200}[\"”]")
_ASKED = re.compile(r"([^.?!\n]{1,300})\?")
_LEAD = re.compile(r"^\W{0,8}(?:(?:and|but|so|oh|well|ok|okay)\b\W{0,8}){0,3}")
_FIRST_PERSON = frozenset("i my me we our us mine".split())
_PLACE = re.compile(
    r"\b(?:in|at|to|from|near|around|visit(?:ed|ing)?|explor\w+) (?:the |my |a |an )?[A-Z][a-z]+"
)


@dataclass(frozen=True, slots=True)
class _Cue:
    """What shows a trait in a text in lower case: one of some words, or a phrase."""

    words: frozenset[str]
    phrases: re.Pattern[str]
    parts: tuple[str, ...]
    """A text without any of these holds none of the phrases."""

    def is_in(self, text: str, runs: Collection[str]) -> bool:
        """Return whether a text in lower case has it; `runs` are its runs of letters and digits."""
        if not self.words.isdisjoint(runs):
            return True
        return any(part in text for part in self.parts) and bool(self.phrases.search(text))

    def spans_in(self, text: str) -> list[Span]:
        """Return where each of them stands in a text in lower case."""
        runs = [match.span() for match in _RUN.finditer(text) if match.group() in self.words]
        return sorted([*runs, *(match.span() for match in self.phrases.finditer(text))])


_TIME = _Cue(  # without May, which is mostly the verb
    frozenset(
        """yesterday today tonight tomorrow last next ago weekend noon midnight monday tuesday
        wednesday thursday friday saturday sunday recently""".split()
    )
    | {fold(month) for month in MONTH_NAMES if month != "May"},
    re.compile(
        r"\b(?:this (?:week|month|year|morning|weekend)|(?:19|20)\d\d|"
        r"(?:few|two|three|couple) (?:days|weeks|months|years)|"
        r"\d{1,2}:\d\d|\d{1,2} ?[ap]\.?m|\w+ o['’]clock|"
        r"(?:at|by|until|till|past) (?:half past |quarter (?:past|to) )?(?:one|two|three|four|five|"
        r"six|seven|eight|nine|ten|eleven|twelve)"
        r"(?=[.,;!?]|$| (?:in the|every|each|on|sharp|today|tonight|tomorrow)\b))\b"
    ),
    (
        "this ", "few ", "two ", "three ", "couple ", "19", "20", ":", "am", "pm", "a.m", "p.m",
        "clock", "at ", "by ", "til", "past ",
    ),
)  # fmt: skip
_NUMBER = _Cue(
    frozenset(
        """one two three four five six seven eight nine ten dozen once twice both couple several
        first second third hundred every each time times""".split()
    ),
    re.compile(r"\d"),
    ("",),
)
_PERSON = _Cue(
    frozenset(),
    re.compile(
        r"\b(?:my|our|his|her) (?:\w+ )?(?:mom|dad|mother|father|sister|brother|grand\w+|aunt\w*|"
        r"uncle|cousin|friends?|family|husband|wife|son|daughter|kids?|boss|colleagues?|"
        r"coworkers?|teammates?|neighbou?rs?|teacher|coach)\b"
    ),
    ("my ", "our ", "his ", "her "),
)
_REASON = _Cue(
    frozenset("because cause since reason inspire inspired love".split()),
    re.compile(r"\b(?:so that|wanted to|that's why|to help|passion\w*)\b"),
    ("so that", "wanted to", "that's why", "to help", "passion"),
)

_PATTERNS = {"names_inside": _NAME_INSIDE, "has_place": _PLACE}
_CUES = {"has_time": _TIME, "has_number": _NUMBER, "has_person": _PERSON, "has_reason": _REASON}

TRAITS = (
    "asks", "has_question", "names_inside", "first_person", "has_time", "has_number",
    "has_place", "has_person", "has_reason",
    "asks_when", "asks_count", "asks_where", "asks_who", "asks_why",
)  # fmt: skip
"""In the order of `traits_of`."""
ASKED_SORTS = {f"asks_{kind}": kind for kind in ("when", "count", "where", "who", "why")}
"""The traits of a turn that asks for a sort of answer, with the kind of question that does."""


def traits_of(text: str) -> tuple[int, ...]:
    """Return 0 or 1 a trait, but up to 3 names inside and up to 4 words of the first person."""
    lower = _lower(text)
    runs = _RUN.findall(lower)
    return (
        text.rstrip().endswith("?"),
        "?" in text,
        min(len(_NAME_INSIDE.findall(text)), 3),
        min(sum(run in _FIRST_PERSON for run in runs), 4),
        _TIME.is_in(lower, runs),
        _NUMBER.is_in(lower, runs),
        _PLACE.search(text) is not None,
        _PERSON.is_in(lower, runs),
        _REASON.is_in(lower, runs),
        *(_asked_sorts(lower) if "?" in text else (False,) * len(ASKED_SORTS)),
    )


def _asked_sorts(lower: str) -> tuple[bool, ...]:
    """Return whether a question in a text asks for each of ASKED_SORTS."""
    kinds = [question_kind(_LEAD.sub("", piece)) for piece in _ASKED.findall(lower)]
    return tuple(any(getattr(kind, sort) for kind in kinds) for sort in ASKED_SORTS.values())


def shows_trait(text: str, trait: str) -> list[str]:
    """Return what shows a trait in a text, as the text writes it, each once; none: nothing does.

    What stands side by side is one (`last Friday`). Of TRAITS all but the two of questions, which
    the whole text shows. A text without any of it has not the trait.
    """
    spans: list[Span] = []
    for start, end in _spans_of(text, trait):
        if spans and text[spans[-1][1] : start].strip() == "":
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return list(dict.fromkeys(text[start:end] for start, end in spans))


def _spans_of(text: str, trait: str) -> list[Span]:
    if trait in _PATTERNS:
        return [match.span() for match in _PATTERNS[trait].finditer(text)]
    lower = _lower(text)
    if trait in _CUES:
        return _CUES[trait].spans_in(lower)
    return [match.span() for match in _RUN.finditer(lower) if match.group() in _FIRST_PERSON]


def _lower(text: str) -> str:
    """Return the text in lower case, each character where it stood."""
    return text.replace("İ", "I").lower()  # whose own lower case is an i and a mark apart from it
