"""Small document snapshots: passages by id, names found by the rules."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from graphmem.arrays import MENTION_KINDS, GraphSnapshot
from graphmem.batches import Mention
from graphmem.rules.extractor import RuleExtractor
from graphmem.sentences import sentences
from graphmem.text import normalise
from graphmem.types import EntityId, EpisodeId, Note, NoteId, ScopeKey, SessionId
from tests.unit.retrieve.snapshots import NOTHING_NAMED, Turn, snapshot_of

BAND = {
    "album": ("Grey Harbour", "Grey Harbour is an album by Ilse Vantongeren. It sold well."),
    "singer": ("Ilse Vantongeren", "Ilse Vantongeren is a singer who was born in Ostrava."),
    "town": ("Ostrava", "Ostrava is a city. Its mayor is Tomas Beran. Coal was mined there."),
    "mayor": ("Tomas Beran", "Tomas Beran studied law in Brno."),
    "other": ("Lake Orta", "Lake Orta lies in the hills. An album of views was sold there."),
}
"""A chain of four: album, singer, town, mayor; and one that shares words with the question."""


def snapshot_of_passages(passages: Mapping[str, tuple[str | None, str]]) -> GraphSnapshot:
    """Return the snapshot of (title, text) by id, sorted by id."""
    rows = sorted(passages.items())
    plain = snapshot_of([Turn(text, title=title) for _, (title, text) in rows])
    notes = [
        Note(
            id=NoteId(name),
            scope=ScopeKey("ana"),
            session_id=SessionId("s"),
            kind="passage",
            text=text,
            origins=(EpisodeId(name),),
            title=title,
            sentences=tuple(sentences(text)),
        )
        for name, (title, text) in rows
    ]
    found = [
        (i, mention)
        for i, extraction in enumerate(RuleExtractor().extract(notes))
        for mention in extraction.mentions
    ]
    return _with_mentions(replace(plain, note_ids=tuple(note.id for note in notes)), found)


def _with_mentions(plain: GraphSnapshot, found: list[tuple[int, Mention]]) -> GraphSnapshot:
    names = sorted({normalise(mention.name) for _, mention in found})
    surface = {normalise(mention.name): mention.name for _, mention in reversed(found)}
    mentions = [mention for _, mention in found]
    return replace(
        plain,
        is_turn=np.zeros(len(plain.note_ids), np.bool_),
        graph=replace(
            NOTHING_NAMED,
            entity_ids=tuple(EntityId(name) for name in names),
            entity_names=tuple(surface[name] for name in names),
            mention_note=np.array([i for i, _ in found], np.int32),
            mention_entity=np.array([names.index(normalise(m.name)) for m in mentions], np.int32),
            mention_kind=np.array([MENTION_KINDS.index(m.kind) for m in mentions], np.int8),
            mention_initial=np.array([m.initial for m in mentions], np.bool_),
            mention_span=np.array([(m.start, m.end) for m in mentions], np.int32).reshape(-1, 2),
        ),
    )
