"""Insights over sessions, from claims of one subject and relation: change, refinement, more of it.

Each is made of the turns that it names and nothing else: without one of them it would be another,
so it goes with any. After the note evolution of A-MEM and the memory operations of LightMem, by
rule.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from graphmem.batches import Claim
from graphmem.text import day_text, normalise, words
from graphmem.types import Note

ONE_AT_A_TIME: Mapping[str, str] = {
    **dict.fromkeys(
        ("live in", "live at", "is living in", "moved to", "have moved to", "is based in"), "home"
    ),
    **dict.fromkeys(
        ("work at", "works at", "work for", "works for", "work as", "works as", "is working as"),
        "work",
    ),
    **dict.fromkeys(("is married to", "is engaged to", "is dating"), "partner"),
}
"""Relations of which a newer object takes the older one's place; of all others both are true."""
_LIGHT = frozenset("is was have has had been got get took take made make be".split())
"""Verbs that say nothing of what their objects have in common."""
FEWEST = 3
"""Objects that make an accumulation."""
MOST = 12
"""Objects that one tells."""
_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Told:
    """A claim, and the turn that makes it."""

    note: Note
    claim: Claim

    @property
    def order(self) -> tuple[datetime, str]:
        """What sorts claims by time."""
        return self.note.said_at or _EVER, self.note.id


@dataclass(frozen=True, slots=True)
class Insight:
    """A line over several turns."""

    kind: str
    """`change`, `refinement` or `accumulation`."""
    text: str
    about: str
    """Whom or what it is of."""
    premises: tuple[Note, ...]
    """In order of time."""


def insights(told: Iterable[Told]) -> list[Insight]:
    """Return what claims amount to, subject by subject; a denied claim is no premise."""
    groups: defaultdict[tuple[str, str], list[Told]] = defaultdict(list)
    for one in told:
        if not one.claim.negated:
            relation = one.claim.relation.casefold()
            slot = ONE_AT_A_TIME.get(relation, relation)
            groups[normalise(one.claim.subject), slot].append(one)
    found = []
    for (_, slot), group in sorted(groups.items()):
        firsts = _first_of_each(group)
        made = _insight(slot, firsts) if len(firsts) > 1 else None
        if made is not None:
            found.append(made)
    return found


def _first_of_each(group: Sequence[Told]) -> list[Told]:
    """Return the first claim of each object in order of time."""
    found: dict[str, Told] = {}
    for one in sorted(group, key=lambda one: one.order):
        found.setdefault(normalise(one.claim.object), one)
    return list(found.values())


def _insight(slot: str, told: Sequence[Told]) -> Insight | None:
    if len({one.note.session_id for one in told}) < 2:
        return None
    subject = told[0].claim.subject
    refined = [one for one in told[1:] if _refines(one, told[0])]
    if slot in ONE_AT_A_TIME.values():
        steps = " → ".join(_dated(one) for one in told[-MOST:])
        return _of("change", f"{subject}, {slot}: {steps}", told[-MOST:])
    if len(told) == 2 and refined:
        line = (
            f"{subject} {told[0].claim.relation} {_dated(told[0])}, more exactly {_dated(told[1])}"
        )
        return _of("refinement", line, told)
    says_much = not _LIGHT.issuperset(words(told[0].claim.relation))
    if len(told) >= FEWEST and says_much:
        listed = ", ".join(_dated(one) for one in told[:MOST])
        return _of("accumulation", f"{subject} {told[0].claim.relation}: {listed}", told[:MOST])
    return None


def _of(kind: str, text: str, told: Sequence[Told]) -> Insight:
    premises = tuple({one.note.id: one.note for one in told}.values())
    return Insight(kind, text, told[0].claim.subject, premises)


def _refines(one: Told, first: Told) -> bool:
    """Tell whether an object says what another one says, and more."""
    before, now = set(words(first.claim.object)), set(words(one.claim.object))
    return bool(before) and before < now


def _dated(one: Told) -> str:
    said_at = one.note.said_at
    return f"{one.claim.object} ({day_text(said_at)})" if said_at else one.claim.object
