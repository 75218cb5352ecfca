"""The offline extractor: entities and claims of a note by rule, from the note alone."""

from collections.abc import Sequence

from graphmem.batches import Extraction, Mention
from graphmem.fair_queue import PYTHON
from graphmem.sentences import sentences
from graphmem.types import Note


class RuleExtractor:
    """Finds names, titles, numbers, dates, phrases, people and claims without a model."""

    name = "rule:extract@2"

    def extract(self, notes: Sequence[Note]) -> list[Extraction]:
        """Return one extraction a note, in order."""
        return [_extract(note) for note in notes]


def _extract(note: Note) -> Extraction:
    PYTHON.give_way()
    # Imported when there is something to read: a memory that is only searched never comes here.
    from graphmem.dates.read import dates
    from graphmem.rules.dates import mentions as date_mentions
    from graphmem.rules.names import names, numbers, titles
    from graphmem.rules.people import people
    from graphmem.rules.phrases import phrases
    from graphmem.rules.tokens import tokenise
    from graphmem.rules.triples import claims

    spans = dates(note.text, note.said_at)
    tokens = tokenise(note.text, note.sentences or sentences(note.text))
    # Earlier kinds win a span: a date is no name, a quoted work no phrase.
    found: list[Mention] = []
    taken = bytearray(len(note.text))
    for group in (
        titles(note.text),
        date_mentions(spans),
        names(tokens),
        numbers(tokens),
        phrases(tokens),
        people(tokens, note),
    ):
        free = [mention for mention in group if 1 not in taken[mention.start : mention.end]]
        for mention in free:
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
        found += free
    found.sort(key=lambda mention: (mention.start, -mention.end, mention.name))
    return Extraction(mentions=tuple(found), claims=tuple(claims(tokens, note, spans)))
