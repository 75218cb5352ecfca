"""Entities and facts, read back from what every note says of them; they end with the last one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from graphmem.arrays import MENTION_KINDS
from graphmem.batches import Claim
from graphmem.named import entity_of
from graphmem.types import Entity, EntityId, EpisodeId, Fact, FactId, MentionKind, NoteId, ScopeKey


@dataclass(frozen=True, slots=True)
class EntityUse:
    """One place that names an entity: a mention, or one end of a claim (then without kind)."""

    surface: str
    kind: MentionKind | None
    origins: tuple[EpisodeId, ...]


@dataclass(frozen=True, slots=True)
class FactUse:
    """One claim of a fact, with the note that makes it."""

    claim: Claim
    note: NoteId
    origins: tuple[EpisodeId, ...]
    created_by: str


def commonest(surfaces: Iterable[str]) -> str:
    """Return the commonest of the surfaces, the smallest of equals."""
    return min(Counter(surfaces).items(), key=lambda item: (-item[1], item[0]))[0]


def entity_from(
    id_: EntityId, scope: ScopeKey, uses: Sequence[EntityUse], same_as: EntityId | None = None
) -> Entity:
    """Return the entity that the uses, at least one, make together."""
    name = commonest(use.surface for use in uses)
    kinds = {use.kind for use in uses}
    return Entity(
        id=id_,
        scope=scope,
        name=name,
        aliases=tuple(sorted({use.surface for use in uses} - {name})),
        kinds=tuple(kind for kind in MENTION_KINDS if kind in kinds),
        origins=_all_origins(use.origins for use in uses),
        same_as=same_as,
    )


def fact_from(id_: FactId, scope: ScopeKey, uses: Sequence[FactUse]) -> Fact:
    """Return the fact that the claims, at least one, state together.

    It holds from the earliest start that a claim gives, and until the latest end if every claim
    gives one.
    """
    subject = commonest(use.claim.subject for use in uses)
    object_ = commonest(use.claim.object for use in uses)
    starts = [use.claim.valid_from for use in uses if use.claim.valid_from is not None]
    return Fact(
        id=id_,
        scope=scope,
        subject=subject,
        relation=commonest(use.claim.relation for use in uses),
        object=object_,
        subject_id=entity_of(scope, subject),
        object_id=entity_of(scope, object_),
        origins=_all_origins(use.origins for use in uses),
        notes=tuple(sorted({use.note for use in uses})),
        valid_from=min(starts, default=None),
        valid_until=_last_end([use.claim.valid_until for use in uses]),
        negated=uses[0].claim.negated,
        created_by=min(use.created_by for use in uses),
    )


def _all_origins(groups: Iterable[tuple[EpisodeId, ...]]) -> tuple[EpisodeId, ...]:
    return tuple(sorted({origin for group in groups for origin in group}))


def _last_end(ends: Sequence[datetime | None]) -> datetime | None:
    known = [end for end in ends if end is not None]
    return max(known) if len(known) == len(ends) else None
