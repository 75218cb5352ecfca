"""The names by which an anchor leads on: for each the sentence that holds most of the question."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.passages.features import Features
from graphmem.retrieve.passages.index import Passages
from graphmem.retrieve.words.ragged import Rows, first_of_runs


@dataclass(frozen=True, slots=True)
class Exits:
    """x distinct names of one anchor, ascending."""

    name: Rows
    sentence: Rows
    """(x,) the anchor's best sentence with the name; its best of all if only the title has it."""
    common: NDArray[np.bool_]
    """(x,) written in lower case only: it names the thing itself."""
    narrow: NDArray[np.bool_]
    """(x,) leads to every note that holds it; otherwise only to the note so titled."""


def exits_of(passages: Passages, features: Features, anchor: int) -> Exits:
    """Choose for each name of the anchor the sentence likest to the question there."""
    links, tokens = passages.links, passages.words.tokens
    span = slice(links.by_note[anchor], links.by_note[anchor + 1])
    name, sentence = links.name[span].astype(np.int64), links.sentence[span].astype(np.int64)
    own = np.arange(*tokens.sentence_indptr[anchor : anchor + 2])
    likeness = features.like.sentences[own] + features.cover.weight(features.sentence_masks[own])
    in_title = sentence < 0
    of_name = np.where(in_title, -1.0, likeness[np.where(in_title, 0, sentence - own[0])])
    order = np.lexsort((links.common[span], -of_name, name))
    best = order[first_of_runs(name[order])]
    whole = int(own[np.argmax(likeness)])
    common = links.common[span][best]
    return Exits(
        name=name[best],
        sentence=np.where(in_title[best], whole, sentence[best]),
        common=common,
        narrow=passages.postings.narrow[name[best]] & ~common,
    )
