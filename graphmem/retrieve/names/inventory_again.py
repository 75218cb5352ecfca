"""The inventory of a snapshot with a few passages more or less: only what they name is looked at.

A name comes and goes with a mention or a title; it goes as well where it was but a word at the
start of sentences, and the texts now mostly write that in lower case. The result is that of
`names_of`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.names.came import Came
from graphmem.retrieve.names.inventory import (
    Names,
    are_common,
    is_usable,
    lean_of,
    spelled_by,
    title_form,
)
from graphmem.retrieve.names.renumbering import (
    brought,
    moved,
    place_among,
    rearranged,
    respelled,
)
from graphmem.retrieve.words.ragged import Rows, places
from graphmem.retrieve.words.tokens import Tokens

Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class NamesAgain:
    """An inventory, and what has changed in it."""

    names: Names
    numbers: Numbers
    """The new number of each old name, -1 for one that is gone."""
    changed: Rows
    """Names that came, or whose places may be others."""


@dataclass(slots=True)
class _Name:
    """What is known of one name; entities are -1 for none."""

    text: str
    place: int
    """Its old number, -1 for a new one."""
    doubted: int
    """Its old number among the doubtful, -1 for none."""
    inside: int
    """What it names inside a sentence."""
    initial: int
    """What it names where sentences start, and nowhere else."""
    is_title: bool
    is_changed: bool
    """It is a title now and was none, or the other way round, or the texts write it otherwise."""
    word: int
    """Its number as a word, -1 for several, or one that no text holds."""
    is_lower: bool

    @property
    def is_initial(self) -> bool:
        """Whether it is a name where sentences start alone."""
        return self.inside < 0 <= self.initial and self.word >= 0 and not self.is_lower

    @property
    def is_doubtful(self) -> bool:
        """Whether it would be, if the texts did not mostly write it in lower case."""
        return self.inside < 0 <= self.initial and self.word >= 0 and self.is_lower

    @property
    def is_missing(self) -> bool:
        """Whether it would be, if a text held it."""
        return self.inside < 0 <= self.initial and self.word < 0 and " " not in self.text

    @property
    def entity(self) -> int:
        """What it names."""
        return self.initial if self.is_initial else self.inside

    @property
    def is_there(self) -> bool:
        """Whether it is a name."""
        return self.entity >= 0 or self.is_title


def names_again(before: Names, tokens: Tokens, came: Came) -> NamesAgain | None:
    """Return the inventory once some notes came; `tokens` are of all that are there now.

    None: it must be collected anew.
    """
    vocabulary = tokens.vocabulary
    if any(word in vocabulary.word_numbers for word in before.missing):
        return None
    was_lean = brought(before.lean, came.words, len(vocabulary.words), 0)
    own = tokens.sentences.take(places(tokens.sentence_indptr, came.notes))
    lean = was_lean + lean_of(vocabulary, own)
    lean -= brought(came.unsaid, came.words, len(vocabulary.words), 0)
    turned = {vocabulary.words[at] for at in np.flatnonzero((was_lean > 0) != (lean > 0)).tolist()}
    titles = _Titles.of(before, tokens, came)
    touched = {*came.told, *titles.new, *titles.gone, *turned}
    if not came.aliases.isdisjoint(touched):
        return None
    known = [
        _known(before, came, titles, (name, name in turned), vocabulary.word_numbers, lean)
        for name in sorted(filter(is_usable, touched))
    ]
    if _is_doubtful(before, came, known):
        return None
    return _put_together(before, tokens, came, known, lean)


@dataclass(frozen=True, slots=True)
class _Titles:
    """What notes are titled that came, that are gone, and that were there."""

    new: frozenset[str]
    gone: frozenset[str]
    left: NDArray[np.bool_]
    """(k,) which old names title a note that was there and is."""

    @classmethod
    def of(cls, before: Names, tokens: Tokens, came: Came) -> "_Titles":
        left = np.zeros(len(before.names) + 1, np.bool_)  # the last: no title
        left[before.title_name[came.rows[came.rows >= 0]]] = True
        gone = before.title_name[came.gone].tolist()
        return cls(
            new=frozenset(title_form(tokens.titles[note]) for note in came.notes.tolist()),
            gone=frozenset(before.names[name] for name in gone if name >= 0),
            left=left[:-1],
        )


def _known(
    before: Names,
    came: Came,
    titles: _Titles,
    told: tuple[str, bool],
    words: Mapping[str, int],
    lean: NDArray[np.int32],
) -> _Name:
    """Put together what is known of a name, which is told: did it turn."""
    name, is_turned = told
    at, doubted, word = (
        place_among(before.names, name),
        place_among(before.doubtful, name),
        words.get(name, -1),
    )
    was_title = at >= 0 and bool(before.is_title[at])
    is_title = name in titles.new or (at >= 0 and bool(titles.left[at]))
    inside, initial = _named(before, came, (name, at, doubted))
    return _Name(
        text=name,
        place=at,
        doubted=doubted,
        inside=inside,
        initial=initial,
        is_title=is_title,
        is_changed=is_turned or is_title != was_title,
        word=word,
        is_lower=word >= 0 and bool(lean[word] > 0),
    )


def _named(before: Names, came: Came, old: tuple[str, int, int]) -> tuple[int, int]:
    """Return what a name names inside sentences, and what it does where they start alone.

    `old` is the name, and its old numbers among the names and the doubtful.
    """
    name, at, doubted = old
    if name in came.told:
        return came.inside.get(name, -1), came.initial.get(name, -1)
    if doubted >= 0:
        return -1, int(came.entities[before.doubtful_entity[doubted]])
    was = int(before.entity[at]) if at >= 0 else -1
    entity = int(came.entities[was]) if was >= 0 else -1
    return (-1, entity) if at >= 0 and before.is_initial[at] else (entity, -1)


def _is_doubtful(before: Names, came: Came, known: Sequence[_Name]) -> bool:
    """Return whether a word that is gone may have been what some name was told by, or a name that
    is gone the only one with a word that no text holds."""
    touched = {one.text for one in known}
    if any(
        word not in touched and place_among(before.doubtful, word) >= 0 for word in came.unheard
    ):
        return True
    lost = [one for one in known if not one.is_there and not one.is_missing]
    if any(place_among(before.missing, one.text) >= 0 for one in lost):
        return True
    return any((before.spelled.row(one.place) < 0).any() for one in lost if one.place >= 0)


def _put_together(
    before: Names,
    tokens: Tokens,
    came: Came,
    known: Sequence[_Name],
    lean: NDArray[np.int32],
) -> NamesAgain | None:
    new = [one.text for one in known if one.is_there and one.place < 0]
    gone = [one.place for one in known if not one.is_there and one.place >= 0]
    spelled = respelled(before.spelled, came.words, gone)
    if spelled is None:
        return None
    names, numbers = rearranged(before.names, gone, new)
    missing = {*before.missing, *(one.text for one in known if one.is_missing)}
    added = spelled_by(new, tokens.vocabulary.word_numbers, missing)
    order = brought(np.arange(len(numbers), dtype=np.int64), numbers, len(names), -1)
    order[order < 0] = len(numbers) + np.arange(len(new))
    spelled = spelled.joined_taken(added, order)
    doubtful, doubtful_entity = _doubted(before, came, known)
    columns = _Columns.of(before, numbers, len(names), came)
    for one in known:
        if one.is_there:
            columns.put(place_among(names, one.text), one)
    made = Names(
        names=names,
        entity=columns.entity,
        spelled=spelled,
        n_words=spelled.lengths.astype(np.int32),
        is_title=columns.is_title,
        is_initial=columns.is_initial,
        may_be_lower=columns.may_be_lower,
        is_number=columns.is_number,
        title_name=_title_names(before, numbers, names, tokens, came),
        lean=lean,
        missing=tuple(sorted(missing)),
        doubtful=doubtful,
        doubtful_entity=doubtful_entity,
    )
    return NamesAgain(made, numbers, np.array(columns.changed, np.int64))


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of an inventory that are filled in name by name."""

    entity: Numbers
    is_title: NDArray[np.bool_]
    is_initial: NDArray[np.bool_]
    may_be_lower: NDArray[np.bool_]
    is_number: NDArray[np.bool_]
    changed: list[int]

    @classmethod
    def of(cls, before: Names, numbers: Numbers, n: int, came: Came) -> "_Columns":
        """Return what is known of the names that were there."""
        entity = brought(moved(before.entity, came.entities), numbers, n, -1)
        flags = before.is_title, before.is_initial, before.may_be_lower, before.is_number
        is_title, is_initial, may_be_lower, is_number = (
            brought(flag, numbers, n, 0) for flag in flags
        )
        return cls(entity, is_title, is_initial, may_be_lower, is_number, [])

    def put(self, at: int, name: _Name) -> None:
        """Put down what is known of one name now."""
        self.entity[at], self.is_initial[at] = name.entity, name.is_initial
        self.is_title[at], self.is_number[at] = name.is_title, name.text.isdigit()
        self.may_be_lower[at] = name.is_title and bool(are_common([name.text])[0])
        if name.is_changed or name.place < 0:
            self.changed.append(at)


def _title_names(
    before: Names, numbers: Numbers, names: Sequence[str], tokens: Tokens, came: Came
) -> Numbers:
    """Return `title_name` of now."""
    found = moved(np.append(before.title_name, np.int32(-1))[came.rows], numbers)
    for note in came.notes.tolist():
        found[note] = place_among(names, title_form(tokens.titles[note]))
    return found


def _doubted(before: Names, came: Came, known: Sequence[_Name]) -> tuple[Sequence[str], Numbers]:
    """Return `doubtful` and `doubtful_entity` of now."""
    gone = [one.doubted for one in known if one.doubted >= 0 and not one.is_doubtful]
    new = [one for one in known if one.doubted < 0 and one.is_doubtful]
    texts, numbers = rearranged(before.doubtful, gone, [one.text for one in new])
    entity = moved(before.doubtful_entity, came.entities)
    entity = brought(entity, numbers, len(texts), -1)
    for one in new:
        entity[place_among(texts, one.text)] = one.initial
    return texts, entity
