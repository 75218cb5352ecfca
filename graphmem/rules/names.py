"""Names, quoted titles and numbers, found by patterns over a note's letters."""

import re

from graphmem.batches import Mention
from graphmem.rules.lexicon import UNITS, word_set
from graphmem.rules.tokens import Tokens

# A name starts with a capital; connectors (of, of the, de, van, &, hyphen, possessive) stay inside
# it only if a capital follows them. "and" is part of it only after "of": Department of Arts and
# Sciences. The bounds keep a hostile text linear.
_NAME = re.compile(
    r"#?[UI](?:[U]|#(?!L)|-[U#]|&U|zU|c{1,3}d?U|od?(?:c?U)(?:U{0,3}C(?=U[|,.;()]))?|d(?=U)"
    r"|CU(?=[|.,;()]?$)){0,11}"
)
_FOREIGN = re.compile(r"F(?:-?F){0,5}")
_COUNTED = re.compile(r"#x?J?[NnUxwJG]?")
_QUOTED = re.compile(
    "(?<![\\w])(?:\"([^\"\n]{2,90})\"|“([^”\n]{2,90})”|``([^`'\n]{2,90})''|«([^»\n]{2,90})»"
    "|「([^」\n]{1,90})」|『([^』\n]{1,90})』|《([^》\n]{1,90})》)"
)
_HAN = "\u3400-\u9fff"
_HAN_NAME = re.compile(
    rf"(?:(?![我你他她它们在于是的了和与及去到"
    rf"从把被为有这那也就都])[{_HAN}]){{1,5}}?"
    rf"(?:大学|中学|公司|银行|医院|学校|株式会社|博物馆"
    r"|[省市县区国山河路駅県])"
)
_ENGLISH = frozenset("NVUIdDPRBJMAXZHO")
_BODIES = word_set(
    """council society centre center committee association institute foundation fund campaign
    department ministry school academy agency office award prize conference convention organization
    organisation union party movement alliance coalition commission network museum federation
    league board bureau programme program secretary minister"""
)
_YEAR = re.compile(r"[12]\d{3}s?\Z")


def names(tokens: Tokens) -> list[Mention]:
    """Return the names in order; `initial` marks what only a sentence start capitalises."""
    grammar, found = tokens.grammar, []
    place = 0
    while match := _NAME.search(grammar, place):
        first, last = match.start(), _end(tokens, match)
        place = last
        if grammar[first] == "#" and not _YEAR.match(tokens.words[first]):
            first += 1
        alone = last - first == 1
        if alone and len(tokens.words[first]) < 2:
            continue
        initial = alone and grammar[first] == "I"
        found.append(_mention(tokens, first, last, "name", initial=initial))
    if "F" in grammar:
        found += _foreign(tokens)
    return found


def _end(tokens: Tokens, match: re.Match[str]) -> int:
    """Return where a name ends: a body may go on with "for", International Council for Peace."""
    last = match.end()
    while tokens.words[last - 1] in _BODIES and tokens.words[last : last + 1] == ["for"]:
        more = _NAME.match(tokens.grammar, last + 1 + (tokens.grammar[last + 1 : last + 2] == "d"))
        if more is None:
            break
        last = more.end()
    return last


def _mention(tokens: Tokens, first: int, last: int, kind: str, *, initial: bool = False) -> Mention:
    return Mention(
        name=tokens.surface(first, last),
        start=tokens.starts[first],
        end=tokens.ends[last - 1],
        kind=kind,  # type: ignore[arg-type]
        initial=initial,
    )


def _foreign(tokens: Tokens) -> list[Mention]:
    """Words without case: names inside a sentence of another script, else by their endings."""
    found: list[Mention] = []
    for sentence in re.finditer(r"[^|]*F[^|]*", tokens.grammar):
        mixed = any(letter in _ENGLISH for letter in sentence.group())
        for match in _FOREIGN.finditer(tokens.grammar, *sentence.span()):
            first, last = match.span()
            if mixed:
                found.append(_mention(tokens, first, last, "name"))
                continue
            start, end = tokens.starts[first], tokens.ends[last - 1]
            found += [
                Mention(name=name.group(), start=name.start(), end=name.end(), kind="name")
                for name in _HAN_NAME.finditer(tokens.text, start, end)
            ]
    return found


def titles(text: str) -> list[Mention]:
    """Return quoted works: quoted spans that start with a capital, or have no case."""
    found: list[Mention] = []
    for match in _QUOTED.finditer(text):
        group = match.lastindex or 0
        inner = match.group(group)
        name = inner.strip().rstrip(",.;")
        if name and not name[0].islower() and any(map(str.isalnum, name)):
            start = match.start(group) + inner.index(name)
            found.append(Mention(name=name, start=start, end=start + len(name), kind="title"))
    return found


def numbers(tokens: Tokens) -> list[Mention]:
    """Return numbers with a unit, a currency or a per cent sign; a bare number names nothing."""
    found: list[Mention] = []
    for match in _COUNTED.finditer(tokens.grammar):
        first, last = match.span()
        word = tokens.words[first]
        while last - first > 1 and tokens.words[last - 1] not in UNITS:
            last -= 1
        if last - first > 1 or word[0] in "$£€¥" or word[-1] == "%":
            found.append(_mention(tokens, first, last, "number"))
    return found
