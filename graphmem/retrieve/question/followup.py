"""A question that goes on from the ones before it, put as one that stands by itself.

Rules for what people do between two questions: they say she for the person just named ("When does
she start?"), change one part and leave the rest ("And Ben?", "And in June?"), or ask only for
another part of it ("Since when?"), or say it and there for the thing and the place that were named.
Where something is left open (one, those, then), the words of the question before help as context.
"""

import re
from collections.abc import Sequence

from graphmem.dates.read import dates
from graphmem.retrieve.question.framing import Framed, framed
from graphmem.retrieve.question.referents import with_referents, with_thing
from graphmem.retrieve.question.speakers import SpeakerNames, named_speakers
from graphmem.retrieve.question.written import Written
from graphmem.text import STOPWORDS, lower, word_spans
from graphmem.types import Span

LAST = 4
"""Questions before this one that are looked at."""
_LONGEST_PART = 6
"""Words of a part that replaces one of the question before."""
_FEWEST = 2
"""Words of content by which a question stands alone."""
_KIN = (
    r"(?:mother|father|mum|mom|dad|parents?|sister|brother|son|daughter|wife|husband|partner|aunt|"
    r"uncle|cousin|niece|nephew|grand\w{1,9}|friend|boss|colleague|neighbou?r|teacher|doctor|"
    r"dentist|coach|landlord|flatmate|roommate|dog|cat)"
)
_KINSMAN = re.compile(rf"\b(?:my|our|\w{{1,30}}['’]s)\s+(?:\w{{1,20}}\s+)?{_KIN}\b", re.IGNORECASE)
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][\w'’-]{1,40}(?:\s[A-Z][\w'’-]{1,40}){0,3}")
_PERSON = re.compile(
    r"\b(?P<own>his|her(?=\s+(?!(?:at|in|on|to|for|with|about|there|that|then|when|yesterday)\b)\w)"
    r"|their)\b|\b(?:she|he|her|him|they|them)\b"
)
_ONE_PERSON = re.compile(r"\b(?:she|he|his|her|him)\b")
_THING = re.compile(r"\b(?:it|its|that|this|those|these|there|then|one|ones)\b")
_WHAT_ABOUT = re.compile(r"^(?:and |but |or |so )?(?:what|how) about\s+(?P<rest>.+)$", re.DOTALL)
_AND = re.compile(r"^(?:and|or|but)\s+(?P<rest>.+)$", re.DOTALL)
_WH = re.compile(
    r"^(?:(?:and|but|so)\s+)?(?P<wh>(?:(?:since|until|till|from|to|with|for|by|at|in)\s+)?"
    r"(?:when|where|why|who|whom|which one|how|how (?:long|often|much|many|far|come)|what time|"
    r"what for))(?:\s+(?:with|for|to|from|exactly|else))?\s*[?.!]*$"
)
_ASKED_BY = re.compile(
    r"^(?:(?:since|until|from|with|for|at|in)\s+)?(?:what|which|who|whom|whose|when|where|why|how)"
    r"(?:\s+(?:time|day|kind of \w+|long|often|much|many|far))?\s+"
    r"(?=(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|should)\b)"
)
_VERBS = re.compile(
    r"\b(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|may|might)(?:n't)?\b"
)


def followed(text: str, history: Sequence[str], names: SpeakerNames) -> Framed:
    """Return what a text asks, with what it takes from the questions before it, oldest first."""
    before = ""
    for earlier in history[-LAST:]:
        before = _resolved(framed(earlier).text, before, names)[0]
    asked = framed(text)
    whole, needs = _resolved(asked.text, before, names)
    if needs:
        return Framed(f"{before} {whole}", ((0, len(before)),), asked.context)
    return asked if whole == asked.text else Framed(whole, context=asked.context)


def _resolved(text: str, before: str, names: SpeakerNames) -> tuple[str, bool]:
    """Return a question that stands by itself, and whether it still leans on the one before it."""
    if not before:
        return text, False
    question = lower(text.strip())
    if match := _WH.match(question):
        return _asked_otherwise(before, match["wh"]), False
    person = _last_person(before, names)
    with_person = _with_person(text, person, names) if person else text
    changed = _changed_part(with_person, before, names)
    if changed is not None:
        return changed, False
    whole = with_referents(with_person, before)
    is_open = with_person == text and _PERSON.search(question) is not None
    leans = is_open or _THING.search(question) is not None or len(_content(text)) < _FEWEST
    return whole, leans


def _asked_otherwise(before: str, wh: str) -> str:
    """Put `Where did Ana go?` and `since when` together."""
    rest = _ASKED_BY.sub("", before[:1].lower() + before[1:], count=1)
    return f"{wh.capitalize()} {rest}"


def _with_person(text: str, person: str, names: SpeakerNames) -> str:
    """Put a person in the place of she, her, him; nothing if the text names somebody itself."""
    if _people(text, names):
        return text

    is_one = _ONE_PERSON.search(text) is not None

    def named(match: re.Match[str]) -> str:
        if is_one and match[0].startswith("the"):
            return match[0]  # they are others
        if not match["own"]:
            return person
        return person + ("'" if person.endswith("s") else "'s")

    return _PERSON.sub(named, text)


def _changed_part(text: str, before: str, names: SpeakerNames) -> str | None:
    """Return the question before with one part changed: `And Ben?`, `What about in June?`."""
    lowered = lower(text)
    match = _WHAT_ABOUT.match(lowered) or _AND.match(lowered)
    rest = text[match.start("rest") :] if match else text
    rest = rest.rstrip(" ?.!")
    if _VERBS.search(lower(rest)) or len(rest.split()) > _LONGEST_PART:
        return None
    if not match and len(rest.split()) > 1 + rest[:1].isupper():
        return None
    if times := dates(lower(rest), None):
        led = lower(rest)[: times[0].start].strip(" ") in ("", "in", "on", "at", "during", "since")
        return _with_time(before, rest) if led else None
    people = _people(before, names)
    is_person = rest[:1].isupper() or bool(_people(rest, names))
    if not is_person and (changed := with_thing(before, rest)) is not None:
        return changed
    if not people or not is_person:
        return f"{before.rstrip(' ?.!')}, {rest}?" if match else None
    start, end = people[0]
    own = before[start:end].endswith(("'s", "’s")) and not rest.endswith(("'s", "’s"))
    return before[:start] + rest + ("'s" if own else "") + before[end:]


def _with_time(before: str, time: str) -> str:
    """Return the question before, asked of another time."""
    for date in reversed(dates(lower(before), None)):
        start = date.start
        lead = re.search(r"\b(?:in|on|at|during|since|the)\s+$", lower(before[:start]))
        start = lead.start() if lead else start
        before = before[:start].rstrip() + before[date.end :]
    return f"{before.rstrip(' ?.!')} {time}?"


def _last_person(before: str, names: SpeakerNames) -> str | None:
    """Return the person that the question before is about: the first whom it names."""
    people = _people(before, names)
    if not people:
        return None
    start, end = people[0]
    return re.sub(r"['’]s$", "", before[start:end])


def _people(text: str, names: SpeakerNames) -> list[Span]:
    """Return where a text names people: kin, speakers, words with a capital inside a sentence."""
    written = Written.of(text)
    found = [match.span() for match in _KINSMAN.finditer(text)]
    found += [
        (written.spans[first][0], written.spans[last - 1][1])
        for first, last, _ in named_speakers(written, names, None)
    ]
    if not found:
        found = [
            match.span()
            for match in _NAME.finditer(text)
            if not dates(lower(match[0]), None) and match[0] != "I"
        ]
    return sorted(dict.fromkeys(found))


def _content(text: str) -> list[str]:
    words = (lower(text[start:end]) for start, end in word_spans(text))
    return [word for word in words if word not in STOPWORDS]
