"""What searches found that was of use: a question and its note, kept as changes of the note.

So they are journalled, undone, exported and erased as all else that is said of a note.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from graphmem.changes import NoteField, Proposal
from graphmem.contracts import GraphStore
from graphmem.errors import InputError
from graphmem.evolve.check import USER
from graphmem.evolve.supersede import refuse_superseded
from graphmem.reading import ProbedReader
from graphmem.types import ChangeId, Note, NoteId, ScopeKey

MOST = 200
"""Probes of one scope: each is a search wherever something near it changes."""
LONGEST = 1_000
"""Characters of a question that is kept."""


@dataclass(frozen=True, slots=True, order=True)
class Probe:
    """A question, and a note that somebody found to answer it."""

    question: str
    note: NoteId


def probed_notes(store: GraphStore, scope: ScopeKey) -> list[Note]:
    """Return the notes that are kept in reach of a question, by id."""
    notes = store.read("note", scope, _probed(store, scope))
    return [note for note in notes if note.probes]


def asking_of(
    store: GraphStore, scope: ScopeKey, is_named: Callable[[str], bool]
) -> dict[ChangeId, list[str]]:
    """Return the changes that kept questions which name something, each with those questions."""
    found: dict[ChangeId, list[str]] = {}
    for note in _probed(store, scope):
        for change in store.changes(scope, note):
            if isinstance(change.target, NoteField) and change.target.field == "probes":
                found[change.id] = [question for question in change.after if is_named(question)]
    return {id_: questions for id_, questions in found.items() if questions}


def _probed(store: GraphStore, scope: ScopeKey) -> list[NoteId]:
    if isinstance(store, ProbedReader):
        return store.probed(scope)
    targets = (change.target for change in store.scan("change", scope))
    fields = (one for one in targets if isinstance(one, NoteField))
    return sorted({one.note for one in fields if one.field == "probes"})


def probes_of(notes: Iterable[Note]) -> list[Probe]:
    """Return the probes of some notes, sorted."""
    return sorted(Probe(question, note.id) for note in notes for question in note.probes)


def answering(
    question: str, notes: Sequence[Note], known: Sequence[Probe], *, reason: str
) -> list[Proposal]:
    """Propose that some notes are kept in reach of a question.

    Raises InputError for a note that something superseded or that search does not rank, a question
    that is too long, or where a scope holds MOST probes already.
    """
    if len(question) > LONGEST:
        raise InputError(f"a question of {len(question):,} characters is kept by nobody: {LONGEST}")
    for note in notes:
        refuse_superseded(note)
    fresh = {note.id for note in notes} - {p.note for p in known if p.question == question}
    if len(known) + len(fresh) > MOST:
        raise InputError(
            f"{MOST} questions are kept, the most of one memory; let go of one that matters less: "
            "graphmem useful QUESTION ID --off"
        )
    return [
        _proposed(note, (*note.probes, question), reason)
        for note in notes
        if question not in note.probes
    ]


def no_more_answering(question: str, notes: Sequence[Note], *, reason: str) -> list[Proposal]:
    """Propose that some notes need not answer a question any more."""
    return [
        _proposed(note, tuple(one for one in note.probes if one != question), reason)
        for note in notes
        if question in note.probes
    ]


def _proposed(note: Note, questions: tuple[str, ...], reason: str) -> Proposal:
    target = NoteField(note.id, "probes")
    return Proposal(target=target, after=questions, reason=reason, author=USER)
