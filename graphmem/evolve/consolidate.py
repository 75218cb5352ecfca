"""Topics and insights -> notes with their turns as origins, which search does not rank.

They say nothing new: each line points at the turns that it is from, and the note goes with any of
them. What was made before and would not be made now is superseded by the note that takes its place,
or archived, by changes; so a run is taken back whole.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from graphmem.arrays import GraphSnapshot
from graphmem.batches import Claim
from graphmem.changes import NoteField, Proposal
from graphmem.evolve.insights import Told, insights
from graphmem.evolve.topics import Topic, topics
from graphmem.ids import note_id
from graphmem.sentences import sentences
from graphmem.text import clip, day_text
from graphmem.types import Note, NoteId, NoteKind

NAME = "rule:consolidate@1"
THEME = "theme"
"""The first tag of a theme's note."""
Worth = Callable[[str, Claim, Note], bool]
"""Whether a claim that is read in a sentence of a turn says something worth keeping."""


def consolidated(
    snapshot: GraphSnapshot,
    notes: Mapping[NoteId, Note],
    claims: Iterable[tuple[NoteId, Sequence[Claim]]],
    is_worth: Worth,
    themes: Sequence[Topic] = (),
) -> list[Note]:
    """Return the topic and insight notes of what a snapshot holds, by id.

    `themes` become topic notes with the tag THEME before their things, which their text begins
    with: the turns may be those of a topic.
    """
    made = [
        *_topic_notes(snapshot, notes, topics(snapshot)),
        *_topic_notes(snapshot, notes, themes, THEME),
        *_insight_notes(notes, claims, is_worth),
    ]
    return sorted({note.id: note for note in made}.values(), key=lambda note: note.id)


def outdated(before: Iterable[Note], now: Iterable[Note]) -> list[Proposal]:
    """Propose that earlier notes give way to those that are made now of the same subject."""
    fresh = {note.id for note in now}
    by_subject = {(note.kind, note.tags): note.id for note in now}
    proposals = []
    for note in before:
        if note.id in fresh or note.superseded_by is not None or note.archived:
            continue
        later = by_subject.get((note.kind, note.tags))
        field, after = ("archived", True) if later is None else ("superseded_by", later)
        proposals.append(
            Proposal(
                target=NoteField(note.id, field),
                after=after,
                reason="its turns say otherwise now",
                author=NAME,
            )
        )
    return proposals


def _topic_notes(
    snapshot: GraphSnapshot,
    notes: Mapping[NoteId, Note],
    found: Iterable[Topic],
    label: str = "topic",
) -> Iterable[Note]:
    for topic in found:
        told = [notes[snapshot.note_ids[row]] for row in topic.rows]
        lines = [f"{topic.name}:"] if label == THEME else []
        lines += [
            f"{_when(note)}{note.speaker or ''}: {_sentence(note, place)}".lstrip(": ")
            for note, place in zip(told, topic.sentences, strict=True)
        ]
        counts = f"{topic.n_turns} turns in {topic.n_sessions} sessions"
        context = clip(f"{label} {topic.name}, {counts}", 200)
        tags = (THEME, *topic.name.split(", ")) if label == THEME else (topic.name,)
        yield _note("topic", "\n".join(lines), told, context=context, tags=tags)


def _insight_notes(
    notes: Mapping[NoteId, Note],
    claims: Iterable[tuple[NoteId, Sequence[Claim]]],
    is_worth: Worth,
) -> Iterable[Note]:
    told = [
        Told(notes[id_], claim)
        for id_, made in claims
        if id_ in notes
        for claim in made
        if is_worth(_sentence_of(notes[id_], claim), claim, notes[id_])
    ]
    for one in insights(told):
        context = clip(f"{one.kind}: {one.about}", 200)
        tags = (one.kind, one.about, one.text.partition(":")[0])
        yield _note("insight", one.text, one.premises, context=context, tags=tags)


def _note(
    kind: NoteKind, text: str, told: Sequence[Note], *, context: str, tags: tuple[str, ...]
) -> Note:
    first = told[0]
    origins = tuple(dict.fromkeys(origin for note in told for origin in note.origins))
    return replace(
        first,
        id=NoteId(note_id(kind, first.session_id, origins, text)),
        kind=kind,
        text=text,
        origins=origins,
        context=context,
        tags=tags,
        keywords=(),
        sentences=tuple(sentences(text)),
        speaker=None,
        addressee=None,
        pinned=False,
        probes=(),
        shown=False,
        valid_until=None,
        half_life_days=None,
        strength=1.0,
        created_by=NAME,
    )


def _when(note: Note) -> str:
    return f"{day_text(note.said_at)}, " if note.said_at else ""


def _sentence(note: Note, place: int) -> str:
    start, end = note.sentences[place] if place < len(note.sentences) else (0, len(note.text))
    return " ".join(note.text[start:end].split())


def _sentence_of(note: Note, claim: Claim) -> str:
    inside = (note.text[a:b] for a, b in note.sentences if a <= claim.start < b)
    return next(inside, note.text)
