"""The question: all that is read of it, once, and carried through the search."""

from dataclasses import dataclass, field, replace
from datetime import tzinfo

import numpy as np
from numpy.typing import NDArray

from graphmem.contracts import Encoder
from graphmem.retrieve.asked import Asked
from graphmem.retrieve.names.links import Links, NameInQuestion, names_in
from graphmem.retrieve.question.calendar import Calendar
from graphmem.retrieve.question.current import Asks, asks_current
from graphmem.retrieve.question.followup import followed
from graphmem.retrieve.question.framing import Framed
from graphmem.retrieve.question.heard import Heard
from graphmem.retrieve.question.kind import QuestionKind, question_kind
from graphmem.retrieve.question.known_as import KnownAs, Others
from graphmem.retrieve.question.meaning import Meaning, meaning_of
from graphmem.retrieve.question.period import DAY_SECONDS, Lifetime
from graphmem.retrieve.question.speakers import SpeakerNames
from graphmem.retrieve.question.terms import (
    NAME_SHARE,
    asked_terms,
    context_terms,
    with_context,
)
from graphmem.retrieve.question.voice import Voice, question_voice
from graphmem.retrieve.question.when import When, read_when
from graphmem.retrieve.question.written import Written
from graphmem.retrieve.words.index import WordIndex
from graphmem.retrieve.words.terms import term_of
from graphmem.text import fold

CURRENT_DAYS = 366
"""A memory in which nothing was said for longer is one of old: what "yesterday" is in a question
about it, nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was asked, of one snapshot. Every search reads this and never the text again."""

    text: str
    """As it was asked."""
    written: Written
    """What of it asks, without small talk and with what a question before it said: w words."""
    stems: tuple[str, ...]
    """The distinct stems of the words that carry content, in the order asked."""
    shares: NDArray[np.float64]
    """How much each of `stems` counts where turns are searched, 0 to 1."""
    term_numbers: NDArray[np.int32]
    """Of `stems`, in the snapshot's vocabulary; -1 for one that no note holds."""
    word_numbers: NDArray[np.int32]
    """(w,) of each word in the snapshot's vocabulary of folded words; -1 for an unknown one."""
    is_capital: NDArray[np.bool_]
    """(w,) begins with a capital or a digit, or its script has no case."""
    names: tuple[NameInQuestion, ...]
    """The names of passages that it holds, by place, longest first."""
    voice: Voice
    """The speakers that it names, and its text as they would say it."""
    when: When
    """What it says of time."""
    zone: tzinfo
    """The asker's: days are read and told in it."""
    kind: QuestionKind
    asks_current: Asks
    """How it asks for a value as it is, of which the newest statement is meant."""
    meaning: Meaning
    """Its vectors, as far as a search reads them."""

    @property
    def named(self) -> frozenset[str]:
        """The terms of its words with a capital inside it: they name something."""
        inside = zip(self.written.words[1:], self.is_capital[1:].tolist(), strict=True)
        return frozenset(term_of(word) for word, is_capital in inside if is_capital)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReader:
    """What a snapshot knows that a question may speak of, and the encoder of its vectors."""

    words: WordIndex
    links: Links | None
    """Of the snapshot's passages; None: it has none."""
    speakers: SpeakerNames
    heard: Heard | None
    """What the snapshot's texts say of a word; None: nothing."""
    said: Lifetime
    """When the snapshot's notes were said."""
    encoder: Encoder
    plain: bool
    """Whether a search compares vectors with the question as asked."""
    voiced: bool
    """Whether one compares them with the question in the asked speaker's voice."""
    known_as: KnownAs = field(default_factory=KnownAs)
    """Whose names are one, where somebody said so."""

    def read(self, asked: Asked) -> Question:
        """Read a question: its words, names, speakers, dates and vectors."""
        framed, written, others = self._written(asked)
        known, forms = self.words.word_numbers, written.normal_forms
        vocabulary = self.words.tokens.vocabulary.words
        numbers = np.array([known.get(form, -1) for form in forms], np.int32)
        capital = np.array([form[0] == form[0].upper() for form in written.surfaces], np.bool_)
        voice = self._voice(framed, written, asked.asker)
        calendar = self._calendar(asked)
        when = read_when(framed.asking, calendar)
        when = replace(when, by_speaker=str(calendar.zone) == "UTC" and not when.spans)
        if asked.any_time:
            when = replace(when, is_condition=False, may_bind=False)
        shares = self._shares(framed, written, voice, when, others)
        return Question(
            text=asked.text,
            written=written,
            stems=tuple(shares),
            shares=np.array(list(shares.values()), np.float64),
            term_numbers=np.array([self.words.numbers.get(term, -1) for term in shares], np.int32),
            word_numbers=numbers,
            is_capital=capital,
            names=() if self.links is None else names_in(self.links, vocabulary, numbers, capital),
            voice=voice,
            when=when,
            zone=calendar.zone,
            kind=question_kind(fold(framed.asking)),
            asks_current=self._asks_current(asked, framed.asking, when),
            meaning=meaning_of(
                self.encoder,
                plain=written.text if self.plain else None,
                voiced=voice.rewritten.text if self.voiced else None,
            ),
        )

    def _written(self, asked: Asked) -> tuple[Framed, Written, Others]:
        """Return what asks, its words, and the other names of what it names."""
        framed = followed(asked.text, asked.history, self.speakers)
        is_known = self.words.word_numbers.__contains__
        written, others = self.known_as.read(Written.of(framed.text), is_known)
        if written.text != framed.text:  # where its sentences stand is not known any more
            framed = Framed(written.text, context=framed.context)
        return framed, written, others

    def _shares(
        self, framed: Framed, written: Written, voice: Voice, when: When, others: Others
    ) -> dict[str, float]:
        """Return the terms that are searched for, and how much each counts for turns."""
        shares = asked_terms(
            written,
            voice.names,
            left_out=(*when.spans, *framed.asides),
            in_order=when.order is not None,
        )
        for said, name in others:
            share = NAME_SHARE if voice.names.issuperset(said) else 1.0
            shares |= {t: share for t in asked_terms(Written.of(name)) if t not in shares}
        if framed.asides or framed.context:
            told = context_terms(written, framed.asides, framed.context, self._frequency)
            shares = with_context(shares, told)
        return shares

    def _voice(self, framed: Framed, written: Written, asker: str | None) -> Voice:
        """Return whose turns are asked for: first by what asks, else by what is told beside it."""
        texts = (Written.of(framed.asking), written) if framed.asides else (written,)
        for text in texts:
            voice = question_voice(text, self.speakers, heard=self.heard, asker=asker)
            if voice.speakers:
                break
        return voice

    def _frequency(self, term: str) -> int:
        number = self.words.numbers.get(term, -1)
        return int(self.words.notes.df[number]) if number >= 0 else 0

    def _asks_current(self, asked: Asked, asking: str, when: When) -> Asks:
        return asks_current(fold(asking), when) if asked.current else Asks.OFF

    def _calendar(self, asked: Asked) -> Calendar:
        """Return what dates are read against. In a memory of old, nothing counts from now."""
        zone, now = asked.zone, asked.now
        is_current = (
            now is not None and now.timestamp() - self.said.last < CURRENT_DAYS * DAY_SECONDS
        )
        local = now.astimezone(zone) if now is not None and is_current else None
        return Calendar(local, zone, self.said.years)
