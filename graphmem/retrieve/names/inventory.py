"""The inventory: every name that a snapshot knows, in normal form, and what is known of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import MENTION_KINDS, GraphSnapshot, SnapshotGraph
from graphmem.retrieve.names.trie import Trie, trie_of
from graphmem.retrieve.words.ragged import Rows
from graphmem.retrieve.words.tokens import Tokens
from graphmem.text import STOPWORDS, normalise, without_parenthesis
from graphmem.vectors import distinct

LINKING_KINDS = tuple(MENTION_KINDS.index(kind) for kind in ("name", "title", "number", "date"))
MIN_LENGTH = 3
"""Of a name in characters, unless its script is not Latin."""
MIN_COMMON_LENGTH = 5
"""Of a title that is looked up in lower case, `politician` say."""


@dataclass(frozen=True, slots=True)
class Names:
    """k names in normal form, sorted; n notes."""

    names: tuple[str, ...]
    entity: NDArray[np.int32]
    """(k,) number of the snapshot's entity, -1 for a title that no mention names."""
    n_words: NDArray[np.int32]
    is_title: NDArray[np.bool_]
    may_be_lower: NDArray[np.bool_]
    """(k,) a title of several words, or of one that is long enough to be sought in lower case."""
    is_number: NDArray[np.bool_]
    """(k,) digits only."""
    title_name: NDArray[np.int32]
    """(n,) the name that is each note's title, -1 for none."""
    trie: Trie
    is_lower: NDArray[np.bool_]
    """(words,) the texts mostly write this word in lower case, sentence starts not counted."""
    missing: tuple[str, ...]
    """Words of names that no text holds, sorted: such a name is not looked up."""


def names_of(snapshot: GraphSnapshot, notes: Rows, tokens: Tokens) -> Names:
    """Collect the names of some of a snapshot's notes, whose words are `tokens`.

    They are the mentions that can link notes, and the titles without their parenthesis.
    """
    words = {word: at for at, word in enumerate(tokens.vocabulary.words)}
    is_lower = _mostly_lower(tokens)
    entities, missing = _entity_names(snapshot, notes, words, is_lower)
    titles = [_title(title) for title in tokens.titles]
    known = sorted({name for name in (*entities, *titles) if _is_usable(name)})
    number = {name: at for at, name in enumerate(known)}
    written = [name.split(" ") for name in known]
    spelled = [[words.get(word, -1) for word in name] for name in written]
    missing |= {word for name in written for word in name if word not in words}
    n_words = np.array([len(name) for name in spelled], np.int32)
    title_name = np.array([number.get(title, -1) for title in titles], np.int32)
    is_title = np.zeros(len(known), np.bool_)
    is_title[title_name[title_name >= 0]] = True
    long = [len(name) >= MIN_COMMON_LENGTH and name not in STOPWORDS for name in known]
    return Names(
        names=tuple(known),
        entity=np.array([entities.get(name, -1) for name in known], np.int32),
        n_words=n_words,
        is_title=is_title,
        may_be_lower=is_title & ((n_words > 1) | np.array(long, np.bool_)),
        is_number=np.array([name.isdigit() for name in known], np.bool_),
        title_name=title_name,
        trie=trie_of(spelled, len(words)),
        is_lower=is_lower,
        missing=tuple(sorted(missing)),
    )


def is_linking(graph: SnapshotGraph, notes: Rows) -> NDArray[np.bool_]:
    """Return (m,) which mentions of a snapshot stand in some notes and can link them."""
    is_ours = np.zeros(
        1 + int(max(graph.mention_note.max(initial=-1), notes.max(initial=-1))), bool
    )
    is_ours[notes] = True
    linking: NDArray[np.bool_] = np.isin(graph.mention_kind, LINKING_KINDS)
    return linking & is_ours[graph.mention_note]


def _mostly_lower(tokens: Tokens) -> NDArray[np.bool_]:
    """Decide for each word what the sentences' inner words say."""
    vocabulary, sentences = tokens.vocabulary, tokens.sentences
    word = vocabulary.word_of[sentences.values]
    capital = vocabulary.is_capital[sentences.values]
    starts = sentences.indptr[:-1][sentences.lengths > 0]
    inner = np.ones(len(word), np.bool_)
    inner[starts] = False
    n_words = len(vocabulary.words)
    lower = np.bincount(word[~capital], minlength=n_words)
    upper = np.bincount(word[capital & inner], minlength=n_words)
    return lower > upper


def _entity_names(
    snapshot: GraphSnapshot, notes: Rows, words: dict[str, int], is_lower: NDArray[np.bool_]
) -> tuple[dict[str, int], set[str]]:
    """Return the number of each linking entity by its normal form, and the words that are missing.

    A word at the start of a sentence is a name if the texts write it so elsewhere.
    """
    graph = snapshot.graph
    linking = is_linking(graph, notes)
    inside = distinct(graph.mention_entity[linking & ~graph.mention_initial])
    initial = distinct(graph.mention_entity[linking & graph.mention_initial])
    found = {normalise(graph.entity_names[entity]): int(entity) for entity in inside}
    ours = set(inside.tolist())
    found |= {normalise(name): entity for name, entity in graph.entity_aliases if entity in ours}
    missing = set()
    for entity in np.setdiff1d(initial, inside):
        name = normalise(graph.entity_names[entity])
        if name not in words:
            missing.add(name)
        elif not is_lower[words[name]]:
            found[name] = int(entity)
    return found, missing


def _title(title: str | None) -> str:
    return normalise(without_parenthesis(title) or title) if title else ""


def _is_usable(name: str) -> bool:
    return len(name) >= MIN_LENGTH or not name.isascii()
