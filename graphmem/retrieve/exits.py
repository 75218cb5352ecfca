"""The names by which an anchor leads on: for each the sentence that tells most of the question."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.asked import Asked
from graphmem.retrieve.passages import Passages
from graphmem.retrieve.tokens import Rows, first_of_runs

_FAR = 10**6


@dataclass(frozen=True, slots=True)
class Exits:
    """x distinct names of one anchor, ascending."""

    name: Rows
    sentence: Rows
    """(x,) the anchor's best sentence with the name; its best of all if only the title has it."""
    near: NDArray[np.float64]
    """(x,) exp(-(d - 1) / 3), d = words from the name to the nearest asked one in that sentence."""
    narrow: NDArray[np.bool_]
    """(x,) leads to every note that holds it; otherwise only to the note so titled."""


def exits_of(passages: Passages, asked: Asked, anchor: int) -> Exits:
    """Choose for each name of the anchor the sentence likest to the question there."""
    links, tokens = passages.links, passages.words.tokens
    span = slice(links.by_note[anchor], links.by_note[anchor + 1])
    name, sentence = links.name[span].astype(np.int64), links.sentence[span].astype(np.int64)
    own = np.arange(*tokens.sentence_indptr[anchor : anchor + 2])
    worth = asked.like.sentences[own] + asked.sentence_cover[own]
    near = _nearness(passages, asked, anchor, span)
    in_title = sentence < 0
    told = np.where(in_title, -1.0, worth[np.where(in_title, 0, sentence - own[0])])
    order = np.lexsort((links.common[span], -near, -told, name))
    best = order[first_of_runs(name[order])]
    whole = int(own[np.argmax(worth)])
    return Exits(
        name=name[best],
        sentence=np.where(in_title[best], whole, sentence[best]),
        near=near[best],
        narrow=passages.bridges.narrow[name[best]] & ~links.common[span][best],
    )


def _nearness(passages: Passages, asked: Asked, anchor: int, span: slice) -> NDArray[np.float64]:
    """Return the nearness of each occurrence; words of the anchor's title are not looked for."""
    links, tokens = passages.links, passages.words.tokens
    term_of = tokens.vocabulary.term_of
    begin, end = tokens.sentences.indptr[tokens.sentence_indptr[anchor : anchor + 2]]
    terms = term_of[tokens.sentences.values[begin:end]]
    found = np.flatnonzero(asked.is_term[terms])
    titled = term_of[tokens.title_words.row(anchor)]
    at = begin + found[(terms[found][:, None] != titled).all(axis=1)]
    sentence = links.sentence[span].astype(np.int64)
    starts = tokens.sentences.indptr[np.maximum(sentence, 0)]
    ends = tokens.sentences.indptr[np.maximum(sentence, 0) + 1]
    first = starts + links.place[span]
    last = first + links.inventory.n_words[links.name[span]] - 1
    gap = np.maximum(first[:, None] - at, at - last[:, None])
    same = (at >= starts[:, None]) & (at < ends[:, None]) & (gap > 0)
    nearest = np.where(same, gap, _FAR).min(axis=1, initial=_FAR)
    return np.where(sentence < 0, 0.0, np.exp(-(nearest - 1) / 3))
