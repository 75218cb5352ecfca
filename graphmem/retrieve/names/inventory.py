"""The inventory: every name that a snapshot knows, in normal form, and what is known of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.arrays import MENTION_KINDS, GraphSnapshot, SnapshotGraph
from graphmem.retrieve.words.ragged import Ragged, Rows
from graphmem.retrieve.words.tokens import Tokens
from graphmem.retrieve.words.vocabulary import Vocabulary
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

    names: Sequence[str]
    entity: NDArray[np.int32]
    """(k,) number of the snapshot's entity, -1 for a title that no mention names."""
    spelled: Ragged
    """k rows: the words of each, -1 for one that no text holds."""
    n_words: NDArray[np.int32]
    is_title: NDArray[np.bool_]
    is_initial: NDArray[np.bool_]
    """(k,) named where sentences start alone: a name as long as the texts do not mostly write it in
    lower case."""
    may_be_lower: NDArray[np.bool_]
    """(k,) a title of several words, or of one that is long enough to be sought in lower case."""
    is_number: NDArray[np.bool_]
    """(k,) digits only."""
    title_name: NDArray[np.int32]
    """(n,) the name that is each note's title, -1 for none."""
    lean: NDArray[np.int32]
    """(words,) how often the texts write each in lower case, less how often with a capital where no
    sentence starts."""
    missing: tuple[str, ...]
    """Words of names that no text holds, sorted: such a name is not looked up."""
    doubtful: Sequence[str]
    """Words named where sentences start alone that the texts mostly write in lower case, sorted."""
    doubtful_entity: NDArray[np.int32]
    """The entity of each."""

    def is_lower(self, words: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Return which of some words the texts mostly write in lower case; one of -1 is."""
        return (words < 0) | (self.lean.take(words, mode="clip") > 0)


def names_of(snapshot: GraphSnapshot, notes: Rows, tokens: Tokens) -> Names:
    """Collect the names of some of a snapshot's notes, whose words are `tokens`.

    They are the mentions that can link notes, and the titles without their parenthesis.
    """
    words = {word: at for at, word in enumerate(tokens.vocabulary.words)}
    lean = lean_of(tokens.vocabulary, tokens.sentences.rows())
    entities, initial = _entity_names(snapshot, notes)
    doubtful, is_initial, missing = dict[str, int](), set[str](), set[str]()
    for name, entity in initial.items():
        if not is_usable(name):
            continue
        if name not in words:
            missing |= {name} if " " not in name else set()
        elif lean[words[name]] <= 0:
            is_initial |= {name} - entities.keys()
            entities[name] = entity
        elif name not in entities:
            doubtful[name] = entity
    titles = list(map(title_form, tokens.titles))
    known = sorted({name for name in (*entities, *titles) if is_usable(name)})
    number = {name: at for at, name in enumerate(known)}
    spelled = spelled_by(known, words, missing)
    title_name = np.array([number.get(title, -1) for title in titles], np.int32)
    is_title = np.zeros(len(known), np.bool_)
    is_title[title_name[title_name >= 0]] = True
    least = sorted(doubtful)
    return Names(
        names=tuple(known),
        entity=np.array([entities.get(name, -1) for name in known], np.int32),
        spelled=spelled,
        n_words=spelled.lengths.astype(np.int32),
        is_title=is_title,
        is_initial=np.array([name in is_initial for name in known], np.bool_),
        may_be_lower=is_title & are_common(known),
        is_number=np.array([name.isdigit() for name in known], np.bool_),
        title_name=title_name,
        lean=lean,
        missing=tuple(sorted(missing)),
        doubtful=tuple(least),
        doubtful_entity=np.array([doubtful[name] for name in least], np.int32),
    )


def is_linking(graph: SnapshotGraph, notes: Rows) -> NDArray[np.bool_]:
    """Return (m,) which mentions of a snapshot stand in some notes and can link them."""
    return is_linking_at(graph, notes, slice(None))


def is_linking_at(graph: SnapshotGraph, notes: Rows, some: Rows | slice) -> NDArray[np.bool_]:
    """Return the same of some mentions."""
    is_ours = np.zeros(
        1 + int(max(graph.mention_note.max(initial=-1), notes.max(initial=-1))), bool
    )
    is_ours[notes] = True
    kinds = np.isin(np.arange(len(MENTION_KINDS)), LINKING_KINDS)
    linking: NDArray[np.bool_] = kinds[graph.mention_kind[some]]
    linking &= is_ours[graph.mention_note[some]]
    return linking


def lean_of(vocabulary: Vocabulary, sentences: Ragged) -> NDArray[np.int32]:
    """Return `Names.lean` of some sentences alone."""
    word = vocabulary.word_of[sentences.values]
    capital = vocabulary.is_capital[sentences.values]
    starts = sentences.indptr[:-1][sentences.lengths > 0]
    inner = capital.copy()
    inner[starts] = False
    n_words = len(vocabulary.words)
    lower = np.bincount(word[~capital], minlength=n_words)
    lower -= np.bincount(word[inner], minlength=n_words)
    return lower.astype(np.int32)


def title_form(title: str | None) -> str:
    """Return the normal form of a title without its parenthesis; empty for none."""
    return normalise(without_parenthesis(title) or title) if title else ""


def is_usable(name: str) -> bool:
    """Tell whether a name is long enough to be one."""
    return len(name) >= MIN_LENGTH or not name.isascii()


def are_common(names: Sequence[str]) -> NDArray[np.bool_]:
    """Return which of some names are sought in lower case where they are titles."""
    return np.array(
        [" " in n or (len(n) >= MIN_COMMON_LENGTH and n not in STOPWORDS) for n in names], np.bool_
    )


def spelled_by(names: Sequence[str], words: Mapping[str, int], missing: set[str]) -> Ragged:
    """Return the words of each name by number; those that are not there are added to `missing`."""
    spelled = Ragged.of([words.get(word, -1) for word in name.split(" ")] for name in names)
    lacking = distinct(spelled.rows[spelled.values < 0]).tolist()
    missing |= {word for at in lacking for word in names[at].split(" ") if word not in words}
    return spelled


def _entity_names(snapshot: GraphSnapshot, notes: Rows) -> tuple[dict[str, int], dict[str, int]]:
    """Return the number of each linking entity by its normal form: of those that are named inside
    sentences, and of those that only start them.

    A word at the start of a sentence is a name if the texts write it so elsewhere.
    """
    graph = snapshot.graph
    linking = is_linking(graph, notes)
    inside = distinct(graph.mention_entity[linking & ~graph.mention_initial])
    initial = distinct(graph.mention_entity[linking & graph.mention_initial])
    found = {normalise(graph.entity_names[entity]): entity for entity in inside.tolist()}
    ours = set(inside.tolist())
    found |= {normalise(name): entity for name, entity in graph.entity_aliases if entity in ours}
    alone = np.setdiff1d(initial, inside).tolist()
    return found, {normalise(graph.entity_names[entity]): entity for entity in alone}
