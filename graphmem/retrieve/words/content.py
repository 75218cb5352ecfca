"""Stop words that carry content where they stand: names (Will, Can), acronyms (IT, US), likings.

One reading for texts and for questions, word by word in a sentence, so that both agree: `Will` asks
for `Will`, never for `will`.
"""

from collections.abc import Sequence

from graphmem.text import STOPWORDS, fold

MARK = "\u2060"
"""Ends the form of a stop word that carries content, so that it is another form than the rest.
No word holds it (a word joiner is no letter), and folding drops it."""

_SMALL = frozenset(
    """a the i of and or to for with at by from in on as i'm i've i'd i'll it's that's he's she's
    what's there's let's""".split()
)
"""Written with a capital in titles and for emphasis: never a name by that alone."""
_CAPITALS = frozenset(
    form
    for word in STOPWORDS - _SMALL
    if "'" not in word
    for form in (word.capitalize(), f"{word.capitalize()}'s", f"{word.capitalize()}’s")
)
_ACRONYMS = frozenset(word.upper() for word in STOPWORDS if len(word) > 1 and "'" not in word)
_NOUNS = frozenset({"can", "will", "must"})
_BEFORE_NOUN = frozenset({"a", "the", "his", "her", "my", "their", "your", "our", "last"})
_NOT_LIKED = frozenset(
    """look looks looked looking feel feels felt feeling sound sounds sounded seem seems seemed
    taste tastes tasted smell smells smelled smelt act acts acted be is are was were been being am
    it's that's he's she's they're you're i'm something anything nothing things stuff more just
    much exactly and""".split()
)
"""Before `like` where it compares and does not say that somebody likes."""
_OWNED = frozenset({"i", "you", "we", "they", "to", "not", "don't", "didn't", "still", "who"})
"""Before `own` where it is what somebody does."""
_SUSPECT = _CAPITALS | _ACRONYMS | _NOUNS | {"like", "own"}
_OPENERS = frozenset({"Will", "Can", "May", "An"})
"""Before a verb that tells, these are no auxiliary and no article."""
_TELLS = frozenset(
    """is was has had says said does did went came got gave took told made thinks thought likes
    loves wants works lives knows knew wrote called and &""".split()
)
"""After a name that begins a sentence: no auxiliary is followed by these."""


def marked(surfaces: Sequence[str]) -> Sequence[str]:
    """Return the words of a sentence, MARK after each stop word that carries content there."""
    if _SUSPECT.isdisjoint(surfaces):
        return surfaces
    is_shouted = len(surfaces) > 1 and all(word == word.upper() for word in surfaces)
    return [
        word + MARK if word in _SUSPECT and not is_shouted and _carries(surfaces, place) else word
        for place, word in enumerate(surfaces)
    ]


def as_written(form: str) -> str:
    """Return a form of `marked` as the text writes it."""
    return form.removesuffix(MARK)


def is_content(form: str, word: str) -> bool:
    """Return whether a form of `marked`, folded to `word`, is no stop word."""
    return word not in STOPWORDS or form.endswith(MARK)


def _carries(surfaces: Sequence[str], place: int) -> bool:
    word = surfaces[place]
    if word in _ACRONYMS:
        return True
    if word in _CAPITALS:
        return place > 0 or (word in _OPENERS and _is_told_of(surfaces))
    before = fold(surfaces[place - 1]) if place else ""
    if word == "like":
        return bool(before) and before not in _NOT_LIKED
    if word == "own":
        return before in _OWNED
    return before in _BEFORE_NOUN


def _is_told_of(surfaces: Sequence[str]) -> bool:
    """Tell `Will fixed it` and `Can Yilmaz is there` from `Will you come` and `Can Ana come`."""
    after = list(surfaces[1:3])
    if len(after) == 2 and after[0][:1].isupper():
        after = after[1:]
    if surfaces[0] == "An":  # an abandoned house
        return bool(after) and after[0] in _TELLS
    return bool(after) and (after[0] in _TELLS or after[0].endswith("ed"))
