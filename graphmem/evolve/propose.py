"""What the rules propose of a new note: links, and new lines about the notes linked."""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Protocol

from graphmem.changes import Change, LinkTarget, NoteField, Proposal
from graphmem.evolve.relate import Relation, relation
from graphmem.evolve.said import Said
from graphmem.text import STOPWORDS, clip
from graphmem.types import Note, NoteId

AUTHOR = "rule:evolve@1"

MOST_LINKS = 5
"""Links that one new note makes, the surest first."""
QUOTED = 80
"""Characters of a note that another one's line of context quotes."""
LONGEST_CONTEXT = 240
NEW_KEYWORDS = 3

TAGS = {"changes": "changed later", "contradicts": "contradicted"}
"""What the older note is tagged with when a newer one does that to it."""

Stored = Callable[[NoteId], tuple[Note, Sequence[Change]]]
"""Reads a note as it is, and its journal."""


class Proposer(Protocol):
    """Proposes what to do about a new note: rules, or a model that is asked."""

    @property
    def name(self) -> str:
        """`rule:<name>@<version>` or `model:<name>@<prompt version>`: the author of its changes."""
        ...

    def propose(self, arrival: Said, near: Sequence[Said]) -> Iterable[Proposal]:
        """Return what to do, given the notes that the new one may touch, the likest first.

        Nothing of it is trusted: each proposal is checked, and refused and counted if it names
        what is not there, would change a text, goes in a circle, or is one too many.
        """
        ...


@dataclass(frozen=True, slots=True)
class RuleProposer:
    """Proposes by what two texts say of each other, and by nothing else that is stored."""

    stored: Stored
    facts: Set[NoteId]
    """The notes that an application marked as facts."""
    name: str = AUTHOR

    def propose(self, arrival: Said, near: Sequence[Said]) -> list[Proposal]:
        """Return what to do about one new note, given those that it may touch."""
        made: list[Proposal] = []
        for new, old, found in _related(arrival, near)[:MOST_LINKS]:
            link = LinkTarget(new.note, old.note, found.kind)
            place = len(made)
            made.append(self._proposal(arrival, link, found.weight, found.reason))
            made += self._rewrites(arrival, new, old, found, place)
        return made

    def _rewrites(
        self, arrival: Said, new: Said, old: Said, found: Relation, link: int
    ) -> list[Proposal]:
        """Propose what the older note's own lines say of a newer one: never its text.

        Each value is made of what was derived of the older note and of the newer one alone.
        """
        are_facts = {new.note, old.note} <= self.facts
        if are_facts or found.kind not in (*TAGS, "elaborates"):
            return []
        note, journal = self.stored(old.note)
        reason = f"{found.kind}: {found.reason}"
        values: dict[str, object] = {}
        if found.kind in TAGS:
            quote = f"later, {new.quoted}: “{clip(new.text, QUOTED)}”"
            was = str(self._derived(note, journal, "context"))
            values["context"] = clip("; ".join(filter(None, (was, quote))), LONGEST_CONTEXT)
            tags = self._derived(note, journal, "tags")
            values["tags"] = tuple(dict.fromkeys((*tags, TAGS[found.kind])))
        else:
            words = self._derived(note, journal, "keywords")
            values["keywords"] = (*words, *_new_words(new, old, words))
        return [
            self._proposal(arrival, NoteField(old.note, name), value, reason, follows=(link,),
                           evidence=(new.note,))
            for name, value in values.items()
        ]  # fmt: skip

    def _derived(self, note: Note, journal: Sequence[Change], name: str) -> tuple[str, ...] | str:
        """Return a field as it was before these rules first changed it."""
        target = NoteField(note.id, name)
        mine = [c for c in journal if c.target == target and c.author == self.name]
        value: tuple[str, ...] | str = mine[0].before if mine else getattr(note, name)
        return value

    def _proposal(
        self,
        arrival: Said,
        target: LinkTarget | NoteField,
        after: object,
        reason: str,
        *,
        follows: tuple[int, ...] = (),
        evidence: tuple[str, ...] = (),
    ) -> Proposal:
        return Proposal(
            target=target, after=after, reason=reason, author=self.name, arrival=arrival.note,
            follows=follows, evidence=evidence,
        )  # fmt: skip


def _related(arrival: Said, near: Sequence[Said]) -> list[tuple[Said, Said, Relation]]:
    """Return (newer, older, relation) of the notes that a new one is related to, surest first."""
    found: list[tuple[Said, Said, Relation]] = []
    for other in near:
        new, old = (arrival, other) if arrival.order > other.order else (other, arrival)
        related = relation(new, old)
        if related is not None:
            found.append((new, old, related))
    return sorted(found, key=lambda one: (-one[2].weight, one[0].note, one[1].note))


def _new_words(new: Said, old: Said, keywords: Sequence[str]) -> list[str]:
    known = {*keywords, *old.words, *STOPWORDS}
    said = dict.fromkeys(word for word in new.words if len(word) > 3 and word not in known)
    return list(said)[:NEW_KEYWORDS]
