"""The signs that a sentence tells a change, and that it holds a value of the sort asked for.

By class and not by matter: something is exchanged for another thing, put right, moved in time or
place, made more or less, left, mended or broken. English.
"""

import re
from collections.abc import Collection
from functools import lru_cache

from graphmem.retrieve.question.kind import QuestionKind
from graphmem.retrieve.words.terms import term_of
from graphmem.text import MONTH_NAMES, fold, lower
from graphmem.text import words as words_of

_EXCHANGED = re.compile(
    r"""\b(?:(?:switched|changed|swapped|transferred|converted|upgraded|downgraded)
    \ (?:[\w’']{1,15}\ ){0,3}(?:to|for|over|schools|jobs|names?)|went\ over\ to|
    instead|rather\ than|after\ all|from\ now\ on|as\ of|no\ longer|any\ ?more|replaced|renamed|
    (?:decided|settled)\ (?:on|against)|
    (?:took|taken|taking|takes)\ (?:over|up)|adopted|
    since\ (?:last|this|yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday|the|"""
    + "|".join(map(fold, MONTH_NAMES))
    + r"""))\b""",
    re.VERBOSE,
)
_NOW = re.compile(r"\b(?:now|currently|lately|these days|nowadays|at the moment|recently)\b")
_CLAUSE = re.compile(r"[,;.]\s+|\s(?:and|but)\s")
_PRONOUN = re.compile(r"^(?:it|he|she|they)(?:['’]s| is|['’]re| are)\b")
_NEW = re.compile(r"\b(?:new|another|different) ([\w’'-]+)")
_PUT_RIGHT = re.compile(
    r"""\bactually\b|\b(?:sorry|correction|scratch\ that|my\ mistake|oops)[,:]|
    \b(?:i\ (?:was|got\ it)\ wrong|mixed\ (?:it|that|them)?\ ?up|mistaken|misremembered|i\ meant)\b|
    \bnot\ [^,.;!?]{1,40}\ but\b|\b(?:isn|wasn|aren)[’']t\ [^,;!?]{1,40}[,;]\ (?:but|it|he|she|
    they)\b|
    \b(?:is|was|are)\ not\ [^,;!?]{1,40}[,;]\ (?:but|it|he|she|they)\b""",
    re.VERBOSE,
)
_TURNED_TO = re.compile(
    r"\b(?:switched|changed|swapped|transferred|moved|"
    r"went)\ (?:over\ )?(?:from\ [\w’']{1,20}\ )?to\b"
)
_MOVED = re.compile(
    r"""\b(?:(?:post|re-?)(?:poned|scheduled|schedule|arranged)|
    put\ (?:[\w’']{1,15}\ ){0,3}(?:off|back|
    forward)|(?:brought|moved|pushed|shifted)\ (?:[\w’']{1,15}\ ){0,4}(?:forward|back|to|into|up|
    until|our|the)|delayed|earlier|later|(?:re-?parked)|(?:put|gave|given|took|brought|lent|hung|
    placed|hid|left|picked|parked|borrowed|returned|stored|dropped)\b|turned\ up|found|relocated|
    is\ (?:at|in|on|with)|it[’']s\ (?:at|in|on|with))\b""",
    re.VERBOSE,
)
_AMOUNTS = re.compile(
    r"""\b(?:raised|increased|decreased|lowered|reduced|doubled|halved|cut|grew|fell|rose|dropped|
    (?:went|gone|goes|talked|brought|came|put|is|am|are)\ (?:[\w’']{1,15}\ ){0,3}(?:up|down)|
    (?:up|down)\ (?:to|by|from)|(?:new|personal)\ (?:best|record|price|total)|another|
    an?\ (?:second|third|fourth|fifth))\b|[’']m\ (?:up|down)\ to\b""",
    re.VERBOSE,
)
_STATE = re.compile(
    r"""\b(?:(?:came|is|are|got)\ (?:back\ )?home|(?:works?|working|up|running)\ (?:again|fine|now)|
    fixed|repaired|mended|broke|broken|died|dead|stuck\ (?:on|at|in|between)|is\ stuck|crashed|
    stopped|
    out\ of\ order|out\ of\ service|back|healed|recovered|better|worse|gone|stolen|lost|sold|ill|
    sick|
    ready|finished|open|closed|empty|full|leaks|leaking|won[’']t|can[’']t|cannot|jammed|
    cancell?ed|called\ off|(?:is|are|[’']s)\ (?:off|over|down|up|on|back|out))\b""",
    re.VERBOSE,
)
_LEFT = (
    r"(?:sold|dropped|quit|left|closed|cancell?ed|ditched|gave\ up|given\ up|giving\ up|scrapped|"
    r"(?:decided|voted)\ against|(?:isn|aren)[’']t|instead\ of|rather\ than|(?:gone|went|"
    r"going)\ off|"
    r"(?:stopped|quit)\ \w{3,12}ing|finished|done\ with|"
    r"(?:am|is|are|[’']m|[’']s|[’']re)\ (?:not|no\ longer)\ \w{2,12}ing(?:\ to)?|(?:don|doesn|"
    r"won)[’']t\ (?!know|think|believe)\w{2,12}|can[’']t\ (?:make|do|come|eat|drink)|"
    r"threw\ (?:out|away)|got\ rid\ of|outgrew|outgrown|replaced|"
    r"swapped|switched\ from|moved\ from|broke\ up\ with|no\ more|(?:sorry|actually|and|"
    r"it[’']s),?\ not)"
)
_LEFT_BEFORE = re.compile(rf"\b{_LEFT}\s+(?:[\w’']{{1,12}}\s+){{0,2}}$")
_LEFT_AFTER = re.compile(
    r"""^[’'\w]{0,3}\s+(?:(?:(?:has|have|just|already)\s+){0,2}(?:retired|quit|left(?=\ and\b|
    [,.;]|$|\ us\b)|resigned|died|closed\ down|
    stepped\ down|moved\ (?:away|abroad|out)|fell\ through|went\ (?:abroad|away|bankrupt))|
    (?:is|are|was|got|has\ been|have\ been)\s+(?:completely\s|now\s)?(?:off|gone|away|closed|
    cancell?ed|sold|over|history|no\ longer|too\ \w+))\b""",
    re.VERBOSE,
)
_NUMBER = (
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|dozen|hundred|"
    r"thousand|once|twice|none|no|free|never)\b"
)
_TIME = re.compile(
    r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)|\d(?:[:.]\d\d|st|nd|rd|th|\s?[ap]m|h\b|(?=\s?(?:[,.;:!?/-]|$|"
    r"o[’']clock|and\b|not\b|now\b|instead|"
    r"on\b|in\b|sharp|[a-z]{0,9}(?:uary|ruary|march|april|may|june|july|august|ember|ober))))|"
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight|half|"
    r"today|tonight|tomorrow|morning|afternoon|evening|weekend|next|spring|summer|autumn|winter|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|cancell?ed|off|daily|weekly|monthly|"
    + "|".join(map(fold, MONTH_NAMES))
    + r")\b"
)
_AMOUNT = re.compile(
    _NUMBER + r"|\b(?:any ?more|stopped|gave up|given up|cancell?ed|weekly|daily)\b"
)
_PLACE = re.compile(
    r"\b(?:in|at|on|to|under|behind|by|with|into|inside|above|opposite|near|beside|from|between|"
    r"over|onto|next to|beneath|around)\s+((?:(?:the|a|an|my|our|his|her|their|your|that|this)\s+)?"
    r"[\w’'.-]+(?:\s[\w’'-]+)?)"
    r"|\b(?:abroad|upstairs|downstairs|outside|outdoors|inside|indoors|gone|sold|stolen|lost|"
    r"next door|home|here)\b"
)
_NAMED = re.compile(r"(?<=[\w,;:’'] )(?!I\b|I['’])[A-Z][\w’'-]+")
_NO_PLACE = re.compile(
    r"^(?:the\s|a\s|an\s|this\s|my\s)?(?:\d|mon|tues|wednes|thurs|fri|satur|sun|next|last|week|"
    r"month|"
    r"year|morning|afternoon|evening|first|end|it\b|me\b|him\b|them\b|all\b|time\b|fact\b|be\b|"
    + "|".join(fold(month) + r"\b" for month in MONTH_NAMES)
    + ")"
)
_PERSON = re.compile(
    r"(?:(?<=[a-z,;:’'’] )|\b(?:Dr|Mr|Mrs|Ms|Miss|Prof)\.? )[A-Z][\w’'-]+"
    r"|^[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*[.!]?$|\b[A-Z]\.\s?[A-Z]|^[A-Z][\w-]+(?:[’']s)?\s(?:and|"
    r"is|has|will|does|takes|took|does|looks|leads|runs|now|picks)\b"
    r"|\b(?:mum|mom|dad|mother|father|aunt|uncle|brother|sister|cousin|neighbou?r|grandma|grandpa|"
    r"[Mm]y turn|I)\b"
)
_THING = re.compile(r"\b(?:the|a|an|this|that) ([\w’'-]+)")
_STATE_ASKED = re.compile(
    r"\b(?:how (?:is|are|was)|how[’']s|what about|wrong with|(?:state|condition) of)\b"
    r"|(?<!to )\b(?:work|working|run|running|broken|okay|ok|fine|open|closed|ready|fixed)\??$"
)
Terms = Collection[str]


@lru_cache(maxsize=4_096)
def is_exchange(sentence: str) -> bool:
    """Tell whether a sentence says that something takes another thing's place, or puts it right."""
    text = lower(sentence)
    return _EXCHANGED.search(text) is not None or _PUT_RIGHT.search(text) is not None


def names_another(sentence: str) -> bool:
    """Tell whether a sentence corrects what was said, or says to what one has changed."""
    text = lower(sentence)
    return _PUT_RIGHT.search(text) is not None or _TURNED_TO.search(text) is not None


def says_now(said: str, topic: Terms) -> bool:
    """Tell whether some words say that something is so now: it, or what one of the terms names."""
    clauses = _CLAUSE.split(lower(said))
    return any(
        _NOW.search(clause) and (_PRONOUN.match(clause) or holds(clause, topic))
        for clause in clauses
    )


def names_new(said: str, topic: Terms, question: str) -> bool:
    """Tell whether some words speak of a new thing of a kind that one of the terms names.

    A question that speaks of new things itself has no such sign: New Zealand, a new episode.
    """
    return not _NEW.search(lower(question)) and any(
        holds(match[1], topic) for match in _NEW.finditer(lower(said))
    )


def holds(text: str, terms: Terms) -> bool:
    """Tell whether a text has a word of some terms."""
    return any(term_of(word) in terms for word in words_of(text))


def tells_change_of(sentence: str, kind: QuestionKind) -> bool:
    """Tell whether a sentence has a sign of change that suits what is asked for."""
    text = lower(sentence)
    if is_exchange(sentence):
        return True
    if kind.when or kind.where:
        return _MOVED.search(text) is not None or _STATE.search(text) is not None
    return kind.count and _AMOUNTS.search(text) is not None


def tells_state(sentence: str) -> bool:
    """Tell whether a sentence says that something works, broke, is ready, is off."""
    return _STATE.search(lower(sentence)) is not None


def asks_state(question: str) -> bool:
    """Tell whether a question, in lower case, asks in what state a thing is."""
    return _STATE_ASKED.search(question) is not None


def leaves(sentence: str, old: Terms) -> bool:
    """Tell whether a sentence says that one of some values is left: sold, dropped, retired."""
    text = lower(sentence)
    for match in re.finditer(r"[\w’'-]+", text):
        own = words_of(match[0])
        if own and term_of(own[0]) in old:
            before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() :]
            if _LEFT_BEFORE.search(before) or _LEFT_AFTER.search(after[:40]):
                return True
    return False


def has_value(sentence: str, kind: QuestionKind, known: Terms) -> bool:
    """Tell whether a sentence holds a value of the kind asked for, other than `known` words.

    True where nothing is known of the kind.
    """
    text = lower(sentence)
    if kind.when:
        return _TIME.search(text) is not None
    if kind.count:
        return _AMOUNT.search(text) is not None
    if kind.where:
        named = [match[0] for match in _NAMED.finditer(sentence)]
        named += [match[1] for match in _PLACE.finditer(text)]
        return any(_is_place(name, known) for name in named)
    return not kind.who or _names_somebody(sentence, known)


def _names_somebody(sentence: str, known: Terms) -> bool:
    """Tell whether a sentence names a person; in small letters, whether it can."""
    if _PERSON.search(sentence):
        return True
    things = (words_of(match[1])[:1] for match in _THING.finditer(lower(sentence)))
    is_small = not re.search(r"(?<!^)[A-Z]", sentence)
    return is_small and all(term_of(word) in known for thing in things for word in thing)


def _is_place(named: str | None, known: Terms) -> bool:
    if named is None:
        return True
    named = lower(named)
    words = [word for word in words_of(named) if word not in _DETERMINERS]
    return not _NO_PLACE.search(named) and any(term_of(word) not in known for word in words[:1])


_DETERMINERS = frozenset("the a an my our his her their your that this".split())
