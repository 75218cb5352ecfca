"""How much a turn is worth keeping in search, by what it says: never by its age.

A logistic model over thirteen features of a turn, fitted on dialogues whose questions name the
turns that hold the evidence (`python -m bench.forget FILE`). Its value is log odds: an absolute
measure, so that a store in which everything matters loses nothing.
"""

from collections import Counter
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import MENTION_KINDS, GraphSnapshot
from graphmem.modality import DENIALS
from graphmem.text import STOPWORDS, stem, words

NAME = "rule:importance@1"
SHOWN = 0.5
"""What a turn gains that a search has shown."""
FEATURES = (
    "idf_mass", "rarest", "ln_words", "asks", "answers", "opens", "names", "values", "image", "own",
    "claims", "addresses", "exclaims",
)  # fmt: skip
WEIGHTS: Mapping[str, float] = {
    "idf_mass": 0.583, "rarest": 0.375, "ln_words": -0.037, "asks": -0.37, "answers": 1.065,
    "opens": 0.734, "names": 0.431, "values": 1.427, "image": 0.101, "own": 0.465,
    "claims": 0.516, "addresses": -0.284, "exclaims": -0.142,
}  # fmt: skip
INTERCEPT = -6.269
CUT = -2.4
"""Log odds below which a turn is archived: 30 of 100 turns of LoCoMo 0-4 have less."""

_SELF = frozenset("i i'm i've i'd i'll my me mine myself we we're we've our us".split())
_YOU = frozenset("you your you're you've you'll yours yourself thanks thank".split())
_ENDS_ASKING = ("?", "？", "؟")
_NUMBER, _DATE = MENTION_KINDS.index("number"), MENTION_KINDS.index("date")
_NAMES = (MENTION_KINDS.index("name"), MENTION_KINDS.index("title"))

Column = NDArray[np.float64]


def importance(snapshot: GraphSnapshot) -> Column:
    """Return (n,) the log odds that each turn is worth keeping; passages have infinite ones."""
    weights = np.array([WEIGHTS[name] for name in FEATURES])
    odds = features(snapshot) @ weights + INTERCEPT
    return np.where(snapshot.is_turn, odds, np.inf)


def features(snapshot: GraphSnapshot) -> Column:
    """Return (n, 13) what importance is read off, in the order of FEATURES."""
    said = [words(text) for text in snapshot.texts]
    content = [{stem(word) for word in one if word not in STOPWORDS} for one in said]
    df = Counter(term for one in content for term in one)
    n = len(said)
    rarity = {term: np.log((n + 1) / (count + 0.5)) for term, count in df.items()}
    asks = np.array([_asks(text) for text in snapshot.texts], np.bool_)
    opens = np.diff(snapshot.session, prepend=-1) != 0
    after = np.zeros(n, np.bool_)
    after[1:] = asks[:-1] & ~opens[1:]
    names = _counted(snapshot, _NAMES)
    columns = (
        np.log1p([sum(sorted(rarity[term] for term in one)) for one in content]),
        [max((rarity[term] for term in one), default=0.0) for one in content],
        np.log1p([len(one) for one in said]),
        asks,
        after,
        opens,
        np.log1p(names),
        _has_value(snapshot),
        ["[image:" in text for text in snapshot.texts],
        [not _SELF.isdisjoint(one) for one in said],
        np.log1p(np.bincount(snapshot.graph.claim_note, minlength=n)),
        [not _YOU.isdisjoint(one) for one in said],
        [text.rstrip().endswith("!") for text in snapshot.texts],
    )
    return np.array(columns, np.float64).T.reshape(n, len(FEATURES))


def is_protected(snapshot: GraphSnapshot) -> NDArray[np.bool_]:
    """Return (n,) whether a turn denies something or tells a value: it is never archived."""
    denies = [not DENIALS.isdisjoint(words(text)) for text in snapshot.texts]
    return np.array(denies, np.bool_) | _has_value(snapshot) | ~snapshot.is_turn


def _has_value(snapshot: GraphSnapshot) -> NDArray[np.bool_]:
    """Return (n,) whether a number or a date is in a text."""
    digits = [any(map(str.isdigit, text)) for text in snapshot.texts]
    return np.array(digits, np.bool_) | (_counted(snapshot, (_NUMBER, _DATE)) > 0)


def _counted(snapshot: GraphSnapshot, kinds: tuple[int, ...]) -> NDArray[np.intp]:
    """Return (n,) how many mentions of some kinds each text has."""
    held = np.isin(snapshot.graph.mention_kind, kinds)
    return np.bincount(snapshot.graph.mention_note[held], minlength=len(snapshot.note_ids))


def _asks(text: str) -> bool:
    return text.rstrip(" \t\n\"'”’)]}*_").endswith(_ENDS_ASKING)
