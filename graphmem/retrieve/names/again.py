"""The names of passages where a few came or went since: only what these touch is looked up again.

To look a hundred thousand passages through for half a million names takes many seconds. A turn that
is added changes none of them. A passage is looked through for all names; those that it brings are
looked up in the notes that say their rarest word, and so are those that became a title, or that the
texts now write otherwise, and those that a passage took with it. Only what names, words and notes
are numbered by moves on.
"""

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.names.came import Came, Read, came_with, rows_again
from graphmem.retrieve.names.inventory import Names
from graphmem.retrieve.names.inventory_again import NamesAgain, names_again
from graphmem.retrieve.names.links import MAX_DF, Links, Placed, notes_of_names
from graphmem.retrieve.names.occurrences import (
    generic_names,
    generic_titles,
    notes_with,
    occurrences_of,
)
from graphmem.retrieve.names.renumbering import brought
from graphmem.retrieve.names.trie import trie_of
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.ragged import Rows, offsets, places, spliced, split_runs
from graphmem.retrieve.words.tokens import Tokens
from graphmem.vectors import distinct, is_among

Numbers = NDArray[np.int32]

Number = TypeVar("Number", bound=np.generic)

MOST = 4
"""All is looked up anew where more than one note of so many has to be."""


@dataclass(frozen=True, slots=True)
class Again:
    """What is linked in a later snapshot, and what of it is as it was."""

    links: Links
    rows: Rows
    """(n,) the old number of each note, -1 for one that came."""
    looked_up: Rows
    """The notes that were looked through again, ascending."""
    names: Numbers
    """The new number of each old name, -1 for one that is gone."""
    notes: Numbers
    """The new number of each old note, -1 for one that is gone."""
    sentences: Numbers
    """The new number of each old sentence, -1 for one that is gone."""

    @property
    def is_same(self) -> bool:
        """Whether each note is as it was."""
        return not len(self.looked_up) and len(self.notes) == len(self.rows)


def links_again(links: Links, was: Read, now: Read) -> Again | None:
    """Return what `links_of` finds in a later snapshot, to the last bit.

    `links` are those of `was`. None: notes changed places, or too much is another.
    """
    rows, tokens = rows_again(was, now), now.words.tokens
    came = None if rows is None else came_with(was, now, rows)
    again = None if came is None else names_again(links.inventory, tokens, came)
    if rows is None or came is None or again is None:
        return None
    is_generic = _generic(links, again.names, now.words, came)
    generic = generic_names(again.names, is_generic)
    kept = np.flatnonzero(rows >= 0)
    notes = _numbers_of(rows, kept, len(was.notes))
    lost = notes[links.note[(again.numbers < 0)[links.name]]]
    saying = _saying(again.names, now.words, _changed(links, again, generic))
    linked = _Linked(
        links=links,
        words=now.words,
        inventory=again.names,
        numbers=again.numbers,
        rows=rows,
        notes=notes,
        gone=came.gone,
        sentences=_sentences(was.words.tokens, tokens, rows, kept),
        generic=generic,
        is_generic=is_generic,
    )
    lost = lost[lost >= 0].astype(np.int64)
    return linked.with_notes(distinct(np.concatenate((came.notes, lost, saying))))


def _numbers_of(rows: Rows, kept: Rows, n_old: int) -> Numbers:
    """Return the new number of each old note, -1 for one that is gone."""
    numbers = np.full(n_old, -1, np.int32)
    numbers[rows[kept]] = kept
    return numbers


def _sentences(old: Tokens, new: Tokens, rows: Rows, kept: Rows) -> Numbers:
    """Return the new number of each old sentence, -1 for one of a note that is gone."""
    now = places(new.sentence_indptr, kept).astype(np.int32)
    n_old = int(old.sentence_indptr[-1])
    if len(now) == n_old:
        return now
    numbers = np.full(n_old, -1, np.int32)
    numbers[places(old.sentence_indptr, rows[kept])] = now
    return numbers


def _generic(links: Links, inventory: Names, words: WordIndex, came: Came) -> NDArray[np.bool_]:
    """Return `Links.is_generic` of now: only the notes that came are read."""
    fresh, tokens = came.notes, words.tokens
    found = occurrences_of(inventory, tokens, fresh)
    titles = [tokens.titles[note] for note in fresh.tolist()]
    is_generic = np.append(links.is_generic, False)[came.rows]
    is_generic[fresh] = generic_titles(found, inventory.title_name[fresh], titles)
    return is_generic


def _changed(links: Links, again: NamesAgain, generic: NDArray[np.bool_]) -> Rows:
    """Return the names of now whose places may be others."""
    was = generic_names(links.inventory, links.is_generic)
    was = brought(was, again.numbers, len(generic), 0)
    return distinct(np.concatenate((again.changed, np.flatnonzero(generic != was))))


@dataclass(frozen=True, slots=True)
class _Linked:
    """Old links by new numbers, of which those of some notes are found again."""

    links: Links
    words: WordIndex
    inventory: Names
    numbers: Numbers
    rows: Rows
    notes: Numbers
    """The new number of each old note, -1 for one that is gone."""
    gone: Rows
    """The old numbers of these."""
    sentences: Numbers
    generic: NDArray[np.bool_]
    is_generic: NDArray[np.bool_]

    def with_notes(self, looked_up: Rows) -> Again | None:
        """Return the links, these notes looked through again; None if they are too many."""
        if not len(looked_up) and not len(self.gone):  # so nothing stands elsewhere
            same = replace(self.links, inventory=self.inventory)
            return Again(same, self.rows, looked_up, self.numbers, self.notes, self.sentences)
        while len(looked_up) * MOST <= len(self.rows) + MOST:
            found = occurrences_of(self.inventory, self.words.tokens, looked_up)
            placed = Placed.of(found, self.inventory, self.generic)
            held = self._held(placed, looked_up)
            turned = self._turned(held)
            if is_among(turned, looked_up).all():
                return self._again(placed, looked_up, held)
            looked_up = distinct(np.concatenate((looked_up, turned)))
        return None

    def _before(self, looked_up: Rows) -> Rows:
        """Return the old places of names in some notes, and in those that are gone."""
        old = self.rows[looked_up]
        return places(self.links.by_note, np.concatenate((old[old >= 0], self.gone)))

    def _held(self, placed: Placed, looked_up: Rows) -> NDArray[np.int64]:
        """Return `Links.held` of now."""
        links, n_names = self.links, len(self.inventory.names)
        at = self._before(looked_up)
        at = at[~links.common[at] | (links.inventory.n_words[links.name[at]] > 1)]
        were = links.held - notes_of_names(links.name[at], links.note[at], len(links.held))
        return brought(were, self.numbers, n_names, 0) + placed.held(n_names)

    def _turned(self, held: NDArray[np.int64]) -> Rows:
        """Return the notes with names that came into more notes than MAX_DF, or into less."""
        links, kept = self.links, self.numbers >= 0
        turned = np.zeros(len(self.numbers), np.bool_)
        turned[kept] = (held[self.numbers[kept]] > MAX_DF) != (links.held[kept] > MAX_DF)
        turned &= links.inventory.n_words > 1
        if not turned.any():
            return np.empty(0, np.int64)
        notes = self.notes[links.note[turned[links.name]]]
        return distinct(notes[notes >= 0]).astype(np.int64)

    def _again(self, placed: Placed, looked_up: Rows, held: NDArray[np.int64]) -> Again:
        links, found, common = self.links, placed.found, placed.common(held)
        n_names, at = len(self.inventory.names), self._before(looked_up)
        at = at[~links.common[at]]
        df = links.df - notes_of_names(links.name[at], links.note[at], len(links.df))
        own = notes_of_names(found.name[~common], found.note[~common], n_names)
        own_by_note = np.searchsorted(found.note, np.arange(len(looked_up) + 1))
        order, n_old = self.rows.copy(), len(links.by_note) - 1
        order[looked_up] = n_old + np.arange(len(looked_up))
        bounds = split_runs(order, n_old)

        def put(
            was: NDArray[Number], new: Numbers | None, now: NDArray[np.generic]
        ) -> NDArray[Number]:
            was = was if new is None else new[was]
            return spliced(links.by_note, was, own_by_note, now.astype(was.dtype), bounds)

        names, sentences = (np.append(new, np.int32(-1)) for new in (self.numbers, self.sentences))
        lengths = np.concatenate((np.diff(links.by_note), np.diff(own_by_note)))[order]
        made = Links(
            inventory=self.inventory,
            name=put(links.name, names, found.name),
            note=put(links.note, self.notes, looked_up[found.note]),
            sentence=put(links.sentence, sentences, found.sentence),
            place=put(links.place, None, found.place),
            holder=put(links.holder, names, placed.holder),
            common=put(links.common, None, common),
            is_generic=self.is_generic,
            by_note=offsets(lengths),
            df=brought(df, self.numbers, n_names, 0) + own,
            held=held,
        )
        return Again(made, self.rows, looked_up, self.numbers, self.notes, self.sentences)


def _saying(inventory: Names, words: WordIndex, names: Rows) -> Rows:
    """Return the notes that hold one of some names, ascending, by the rarest word of each."""
    spelled = inventory.spelled.take(names)
    terms = _terms_of(words, distinct(spelled.values))
    df = {word: sum(map(words.notes.df.item, own)) for word, own in terms.items()}
    among = [np.empty(0, np.int64)]
    for name in range(len(names)):
        said = spelled.row(name).tolist()
        content = [word for word in said if word in df]
        if min(said) < 0:
            continue
        if not content:  # stop words alone
            among = [np.arange(len(words.tokens.note_ids))]
            break
        rarest = min(content, key=df.__getitem__)
        among += [words.notes.postings(term)[0].astype(np.int64) for term in terms[rarest]]
    trie = trie_of(spelled, len(words.tokens.vocabulary.words))
    return notes_with(trie, words.tokens, distinct(np.concatenate(among)))


def _terms_of(words: WordIndex, wanted: NDArray[np.int32]) -> dict[int, list[int]]:
    """Return the terms that some folded words are counted as, of those that always are counted."""
    vocabulary = words.tokens.vocabulary
    is_wanted = np.zeros(len(vocabulary.words) + 1, np.bool_)  # the last: no word
    is_wanted[wanted] = True
    is_wanted[-1] = False
    surfaces = np.flatnonzero(is_wanted[vocabulary.word_of])
    terms: dict[int, list[int]] = {}
    for surface in surfaces.tolist():
        own = terms.setdefault(vocabulary.word_of.item(surface), [])
        term = vocabulary.term_of.item(surface)
        if term not in own:
            own.append(term)
    return {word: own for word, own in terms.items() if -1 not in own}
