"""Episodes and Segments -> Notes: text, sentences, origins, and one line of context."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain

from graphmem.ids import note_id
from graphmem.ingest.reading.dates import try_said_at
from graphmem.ingest.reading.turns import VALID_UNTIL
from graphmem.ingest.words import content_between, sentences_of_turn, words_of_turn
from graphmem.text import clip, day_text, line_of
from graphmem.types import Episode, Note, NoteId, NoteKind, Segment, Session

CREATED_BY = "rule:note@1"

ADDRESSEE_REACH = 3
"""Episodes before and after a turn among which its addressee is looked for."""

SUMMARY_EPISODES = 64
"""A session note reads so many of the session's first episodes: a long session costs no more."""

SUMMARY_SENTENCES = 5
KEYWORDS = 8


def turn_note(episode: Episode, addressee: str | None) -> Note:
    """Return the note of one turn; the caption of an image it shared is part of its text."""
    caption = episode.metadata.get("caption")
    text = f"{episode.text} [image: {caption}]" if caption else episode.text
    return _note("turn", (episode,), text.strip(), addressee=addressee)


def passage_note(episode: Episode) -> Note:
    """Return the note of one passage of a document."""
    return _note("passage", (episode,), episode.text)


def segment_note(segment: Segment) -> Note:
    """Return the note of a segment: its turns as lines, each with its speaker."""
    text = "\n".join(line_of(episode.speaker, episode.text) for episode in segment.episodes)
    keywords = frequent_words([episode.text for episode in segment.episodes])
    note = _note("segment", segment.episodes, text)
    return replace(note, keywords=keywords, context=context_line(note, keywords))


def session_note(session: Session, episodes: Sequence[Episode]) -> Note:
    """Return the note of a session: the sentences that say most of what its first episodes say."""
    head = tuple(episodes[:SUMMARY_EPISODES])
    spans = [sentences_of_turn(one.text) for one in head]
    lines = [
        (one, one.text[start:end])
        for one, own in zip(head, spans, strict=True)
        for start, end in own
    ]
    bags = [
        bag for one, own in zip(head, spans, strict=True) for bag in content_between(one.text, own)
    ]
    counts = Counter(chain.from_iterable(bags))
    keywords = _commonest(counts)
    note = _note("session", head, _summary(lines, bags, counts))
    return replace(note, keywords=keywords, context=context_line(note, keywords))


def addressee_of(episodes: Sequence[Episode], i: int) -> str | None:
    """Return to whom episode i speaks: the nearest other speaker, an earlier one before a later."""
    me = episodes[i].speaker
    if me is None:
        return None
    for step in range(1, ADDRESSEE_REACH + 1):
        for j in (i - step, i + step):
            if 0 <= j < len(episodes) and episodes[j].speaker not in (None, me):
                return episodes[j].speaker
    return None


def context_line(note: Note, keywords: Sequence[str]) -> str:
    """Return who said it to whom, when, and about what, on one line."""
    who = note.title if note.title else note.speaker
    if who and note.addressee:
        who = f"{who} to {note.addressee}"
    when = day_text(note.said_at) if note.said_at else None
    about = f"about {', '.join(keywords[:3])}" if keywords else None
    return clip(", ".join(part for part in (who, when, about) if part), 200)


def frequent_words(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the content words that occur most often, the earliest of equals first."""
    return _commonest(Counter(chain.from_iterable(map(words_of_turn, texts))))


def _commonest(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(word for word, _ in counts.most_common(KEYWORDS))


def _note(
    kind: NoteKind, episodes: tuple[Episode, ...], text: str, *, addressee: str | None = None
) -> Note:
    first = episodes[0]
    origins = tuple(episode.id for episode in episodes)
    alone = len(episodes) == 1
    return Note(
        id=NoteId(note_id(kind, first.session_id, origins, text)),
        scope=first.scope,
        session_id=first.session_id,
        kind=kind,
        text=text,
        origins=origins,
        sentences=sentences_of_turn(text),
        speaker=first.speaker if alone else None,
        addressee=addressee,
        title=first.title,
        said_at=first.said_locally,
        valid_from=first.said_locally,
        valid_until=_end_of(first) if alone else None,
        created_by=CREATED_BY,
    )


def _end_of(episode: Episode) -> datetime | None:
    """Return when a statement ceased to be true, if its source says so with a date that can be."""
    return try_said_at(episode.metadata.get(VALID_UNTIL), episode.id)[0]


def _summary(
    lines: Sequence[tuple[Episode, str]], bags: Sequence[Sequence[str]], counts: Counter[str]
) -> str:
    """Return the few sentences whose words are the commonest, in the order they were said.

    `lines` has each sentence with its episode, `bags` its content words. Source: sentence scoring
    by mean word frequency, Nenkova and Vanderwende, SumBasic (2005).
    """
    weight = [
        sum(map(counts.__getitem__, bag)) / len(bag) if len(bag) >= 3 else 0.0 for bag in bags
    ]
    best = sorted(range(len(lines)), key=lambda i: (-weight[i], i))[:SUMMARY_SENTENCES]
    return "\n".join(line_of(lines[i][0].speaker, lines[i][1]) for i in sorted(best))
