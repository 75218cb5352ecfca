"""Ways to say a time that mean what a plainer one says, put so; every character keeps its place."""

import re
from collections.abc import Mapping

_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_DAY_NAMES: Mapping[str, int] = (
    {word: number for number, word in enumerate(_ORDINALS, start=1)}
    | {f"twenty-{word}": 20 + n for n, word in enumerate(_ORDINALS[:9], start=1)}
    | {"thirtieth": 30, "thirty-first": 31}
)
_NUMBER_NAMES: Mapping[str, int] = {
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip
_MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_NAMED = "|".join(sorted(_DAY_NAMES, key=len, reverse=True))
_DAY = re.compile(rf"\b(?P<day>{_NAMED})(?=\s+(?:day\s+)?of\s+{_MONTH}\b)")
_DAY_AFTER = re.compile(rf"(?P<lead>\b{_MONTH}\s+(?:the\s+)?)(?P<day>{_NAMED})\b")
_COUNT = re.compile(
    rf"\b(?P<count>{'|'.join(_NUMBER_NAMES)})(?=\s+(?:days?|weeks?|months?|years?)\b)"
)
_PLAIN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(?:prior to|earlier than)(?=\s)"), "before"),
    (re.compile(r"\b(?:up (?:to|until|till)|(?:no|not) later than)(?=\s)"), "until"),
    (re.compile(r"\blater than(?=\s)"), "after"),
    (re.compile(r"\b(?:starting|beginning) (?:in|on|from|with)(?=\s)"), "since"),
    (re.compile(r"(?<=\bin )the (?:year|month of)(?=\s)"), ""),
    (re.compile(r"(?<=\bsince )the year(?=\s\d)"), ""),
    (re.compile(r"\ba fortnight(?=\s+(?:ago|before|after|later))"), "2 weeks"),
)


def respelled(lowered: str) -> str:
    """Return a text in lower case, as long as it was, with times in the forms that are read.

    `The first of June` is the 1 of June, `prior to` is before; blanks fill up what is shorter.
    """
    for pattern, plain in _PLAIN:
        for match in list(pattern.finditer(lowered)):  # each as long as what it stands for
            lowered = lowered[: match.start()] + plain.ljust(len(match[0])) + lowered[match.end() :]
    lowered = _DAY.sub(lambda said: _number(_DAY_NAMES[said["day"]], said["day"]), lowered)
    lowered = _DAY_AFTER.sub(
        lambda said: said["lead"] + _number(_DAY_NAMES[said["day"]], said["day"]), lowered
    )
    return _COUNT.sub(lambda said: _number(_NUMBER_NAMES[said["count"]], said["count"]), lowered)


def _number(value: int, word: str) -> str:
    return str(value).ljust(len(word))
