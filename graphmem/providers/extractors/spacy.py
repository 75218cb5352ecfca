"""Entities, phrases and claims from a spaCy pipeline (extra `nlp`), its parse read as facts."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from graphmem.batches import Claim, Extraction, Mention
from graphmem.errors import ConfigError, MissingExtraError
from graphmem.providers.extractors.spacy_moods import is_denied, is_stated
from graphmem.types import MentionKind, Note, Span

PIECE_CHARACTERS = 2_000
"""A longer note is read in pieces that end with a sentence: spaCy refuses a megabyte at once, and
its parse of one endless sentence takes time in the square of its length."""

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

_KINDS: dict[str, MentionKind] = {
    "WORK_OF_ART": "title", "DATE": "date", "TIME": "date", "QUANTITY": "number",
    "MONEY": "number", "PERCENT": "number",
}  # fmt: skip
_IGNORED = frozenset({"CARDINAL", "ORDINAL"})
# Names of both schemes that trained pipelines use: ClearNLP's and Universal Dependencies'.
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "nsubj:pass"})
_OBJECTS = frozenset({"dobj", "obj", "attr", "oprd"})
_OBLIQUE = frozenset({"obl", "obl:agent", "nmod"})
_PREPOSITIONS = frozenset({"prep", "agent"})
_FORMS = {
    "'m": "is", "am": "is", "'re": "is", "are": "is", "'s": "is", "'ve": "have", "'ll": "will",
    "'d": "had",
}  # fmt: skip
_FIRST = frozenset(["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"])
_RELATIVE = frozenset(["that", "which", "who", "whom"])
_AMOUNTS = frozenset(["lot", "lots", "ton", "tons", "bunch", "way", "part", "thanks"])
"""Heads that say how much of what comes behind them, or nothing."""
_SECOND = frozenset(["you", "your", "yours", "yourself", "yourselves"])


class SpacyExtractor:
    """Reads notes with a trained pipeline, by name or by the folder that `to_disk` wrote.

    Dates are found and left without an interval. A pipeline without a parser gives entities only.
    Raises MissingExtraError without spaCy, ConfigError if there is no such pipeline.
    """

    def __init__(self, name_or_folder: str) -> None:
        self._pipeline = _open(name_or_folder)
        meta = self._pipeline.meta
        self.name = f"model:spacy-{meta['lang']}_{meta['name']}-{meta['version']}@1"

    def extract(self, notes: Sequence[Note]) -> list[Extraction]:
        """Return one extraction a note, in order."""
        pieces = [
            (number, start, end)
            for number, note in enumerate(notes)
            for start, end in _pieces(note)
        ]
        docs = self._pipeline.pipe(notes[number].text[start:end] for number, start, end in pieces)
        mentions: list[list[Mention]] = [[] for _ in notes]
        claims: list[list[Claim]] = [[] for _ in notes]
        for (number, start, _), doc in zip(pieces, docs, strict=True):
            reader = _Reader(doc, notes[number], start)
            mentions[number] += reader.mentions()
            claims[number] += reader.claims()
        return [
            Extraction(mentions=tuple(found), claims=tuple(stated))
            for found, stated in zip(mentions, claims, strict=True)
        ]


def _open(name_or_folder: str) -> "Language":
    try:
        import spacy
    except ImportError:
        raise MissingExtraError(f"the extractor spacy:{name_or_folder}", "nlp") from None
    try:
        return spacy.load(name_or_folder)
    except OSError:
        raise ConfigError(
            f"no spaCy pipeline answers to {name_or_folder!r}: it is neither an installed package "
            f"nor a folder; type: python -m spacy download {name_or_folder}, or give the folder of "
            "a pipeline"
        ) from None


def _pieces(note: Note) -> Iterator[Span]:
    """Yield spans that cover a note's text, cut behind a sentence where it is long."""
    start, size = 0, len(note.text)
    for end in [end for _, end in note.sentences if size > PIECE_CHARACTERS]:
        if end - start > PIECE_CHARACTERS // 2:
            yield from _cut(start, end)
            start = end
    yield from _cut(start, size)


def _cut(start: int, end: int) -> Iterator[Span]:
    for place in range(start, end, PIECE_CHARACTERS):
        yield place, min(place + PIECE_CHARACTERS, end)


class _Reader:
    """One parsed piece of a note; `offset` is where the piece starts in the note's text."""

    def __init__(self, doc: "Doc", note: Note, offset: int) -> None:
        self._doc, self._note, self._offset = doc, note, offset
        self._parsed = doc.has_annotation("DEP")
        self._spans: dict[int, DocSpan] = {}
        """Token to the entity or noun chunk that it stands in; an entity goes before a chunk."""
        chunks = list(doc.noun_chunks) if self._parsed else []
        for span in (*chunks, *doc.ents):
            self._spans.update(dict.fromkeys(range(span.start, span.end), span))

    def mentions(self) -> list[Mention]:
        """Return entities, the noun chunks that hold none, and the people that pronouns mean."""
        found = [
            self._mention(span.text, span, _KINDS.get(span.label_, "name"))
            for span in self._doc.ents
            if span.label_ not in _IGNORED
        ]
        taken = {token.i for span in self._doc.ents for token in span}
        for chunk in self._doc.noun_chunks if self._parsed else ():
            bare = self._bare(chunk)
            if bare is not None and not taken.intersection(range(bare.start, bare.end)):
                found.append(self._mention(bare.text, bare, _chunk_kind(bare)))
        people: set[str] = set()
        for token in self._doc:
            person = self._person(token)
            if person is not None and person not in people:
                people.add(person)
                found.append(self._mention(person, self._doc[token.i : token.i + 1], "speaker"))
        return sorted(found, key=lambda mention: (mention.start, -mention.end, mention.name))

    def claims(self) -> list[Claim]:
        """Return what each verb with a subject and an object states, and appositions."""
        found: list[Claim] = []
        for token in self._doc if self._parsed else ():
            if token.dep_ == "appos" and self._is_apposed(token):
                parts = (self._thing(token.head), "is", self._thing(token))
                found += self._claim(parts, (token.head, token), negated=False)
            if token.dep_ == "appos":
                continue
            subject = _subject(token)
            if subject is None or not is_stated(token):
                continue
            for relation, thing in _objects(token, self._thing):
                parts = (self._thing(subject), relation, self._thing(thing))
                negated = is_denied(token, subject, thing)
                found += self._claim(parts, (subject, token, thing), negated=negated)
        return found

    def _is_apposed(self, token: "Token") -> bool:
        """Tell whether an apposition says what something is: no list of it, no one spoken to."""
        between = token.doc[min(token.head.i, token.i) : max(token.head.i, token.i)]
        whom = (self._note.speaker, self._note.addressee)
        return ":" not in between.text and self._thing(token) not in whom

    def _claim(
        self, parts: tuple[str | None, str, str | None], tokens: Sequence["Token"], *, negated: bool
    ) -> list[Claim]:
        subject, relation, thing = parts
        if not subject or not thing or subject == thing:
            return []
        spans = [self._spans.get(token.i, token.doc[token.i : token.i + 1]) for token in tokens]
        return [
            Claim(
                subject=subject,
                relation=relation,
                object=thing,
                start=self._offset + min(span.start_char for span in spans),
                end=self._offset + max(span.end_char for span in spans),
                negated=negated,
            )
        ]

    def _thing(self, token: "Token") -> str | None:
        """Name what a token heads: the person of a pronoun, or its entity or noun chunk.

        "Your help" is the addressee's; "their help" is nobody's known.
        """
        if token.pos_ == "PRON" or token.lower_ in _FIRST | _SECOND | _RELATIVE:
            return self._person(token)
        span = self._spans.get(token.i, token.doc[token.i : token.i + 1])
        bare = self._bare(span)
        if bare is None or token.lower_ in _AMOUNTS:
            return None
        name = " ".join(bare.text.split())
        if span[0].dep_ != "poss" or bare.start == span.start:
            return name
        owner = self._person(span[0])
        return f"{owner}'s {name}" if owner else None

    def _person(self, token: "Token") -> str | None:
        if token.lower_ in _FIRST:
            return self._note.speaker
        return self._note.addressee if token.lower_ in _SECOND else None

    def _bare(self, span: "DocSpan") -> "DocSpan | None":
        """Cut determiners and pronouns off the left; None if nothing with a letter is left."""
        start = span.start
        while start < span.end and span.doc[start].pos_ in ("DET", "PRON", "PUNCT", "SPACE"):
            start += 1
        bare = span.doc[start : span.end]
        return bare if any(map(str.isalnum, bare.text)) else None

    def _mention(self, name: str, span: "DocSpan", kind: MentionKind) -> Mention:
        return Mention(
            name=" ".join(name.split()),
            start=self._offset + span.start_char,
            end=self._offset + span.end_char,
            kind=kind,
        )


def _chunk_kind(span: "DocSpan") -> MentionKind:
    return "name" if span.root.pos_ == "PROPN" else "phrase"


def _subject(verb: "Token") -> "Token | None":
    """Return the subject of a verb; a coordinated verb takes the one before it."""
    for _ in range(4):
        for child in verb.children:
            if child.dep_ in _SUBJECTS:
                return child
        if verb.dep_ != "conj":
            return None
        verb = verb.head
    return None


def _objects(
    verb: "Token", named: Callable[["Token"], str | None]
) -> Iterator[tuple[str, "Token"]]:
    """Yield (relation, object head) for direct and prepositional objects and their conjuncts.

    An object before a preposition is part of what is done, "took photo at"; `named` names it.
    """
    before = [t.lower_ for t in verb.children if t.dep_ in ("aux", "auxpass", "cop")]
    particles = [t.lower_ for t in verb.children if t.dep_ in ("prt", "compound:prt")]
    direct = next((t for t in verb.children if t.dep_ in ("dobj", "obj")), None)
    middle = [] if direct is None else [named(direct)]
    for child in verb.children:
        if child.dep_ in _OBJECTS:
            heads = [(_joined(before, verb, particles), child)]
        elif None in middle:
            continue
        elif child.dep_ in _PREPOSITIONS:
            after = [*particles, *filter(None, middle), child.lower_]
            heads = [
                (_joined(before, verb, after), thing)
                for thing in child.children
                if thing.dep_ == "pobj"
            ]
        elif child.dep_ in _OBLIQUE:
            case = [t.lower_ for t in child.children if t.dep_ == "case"][:1]
            heads = [(_joined(before, verb, [*particles, *filter(None, middle), *case]), child)]
        else:
            continue
        for relation, head in heads:
            yield relation, head
            for conjunct in head.conjuncts:
                yield relation, conjunct


def _joined(before: Sequence[str], verb: "Token", after: Sequence[str]) -> str:
    words = (word.replace("’", "'") for word in (*before, verb.lower_, *after))
    return " ".join(_FORMS.get(word, word) for word in words)
