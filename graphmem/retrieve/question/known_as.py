"""Other names of what a question names, where somebody said that they are one."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.question.written import Written
from graphmem.text import words
from graphmem.types import Span

LONGEST = 6
"""Words of a name that are looked at."""

Surfaces = tuple[str, ...]
Words = tuple[str, ...]
Others = tuple[tuple[Words, str], ...]
"""The folded words of a name in the question, and another name of the same thing."""


@dataclass(frozen=True, slots=True)
class KnownAs:
    """The names of each named thing that a person or an application said has several."""

    groups: tuple[Surfaces, ...] = ()
    """The surfaces of one thing, the commonest first."""
    group_of: Mapping[Words, int] = field(default_factory=dict)
    """By the folded words of a surface."""

    @classmethod
    def of(cls, snapshot: GraphSnapshot) -> "KnownAs":
        """Return the names that are one in a snapshot: merged entities, and aliases."""
        found: defaultdict[int, list[str]] = defaultdict(list)
        for surface, entity in snapshot.graph.entity_aliases:
            found[entity].append(surface)
        groups = [(snapshot.graph.entity_names[entity], *found[entity]) for entity in sorted(found)]
        numbers = {tuple(words(s)): i for i, group in enumerate(groups) for s in group}
        return cls(tuple(groups), {said: i for said, i in numbers.items() if said})

    def read(self, written: Written, is_known: Callable[[str], bool]) -> tuple[Written, Others]:
        """Return the question as the notes would name what it names, and the other names to seek.

        A name that no note uses gives way to the one they use most; beside one that some note
        uses, the others are sought as well.
        """
        changes: list[tuple[Span, str]] = []
        others: list[tuple[Words, str]] = []
        place = 0
        while place < len(written.spans) and self.groups:
            length, group = self._at(written.folded_words[place : place + LONGEST])
            if group is not None:
                said = written.folded_words[place : place + length]
                if any(map(is_known, said)):
                    others += [(said, s) for s in self.groups[group] if tuple(words(s)) != said]
                else:
                    start, end = written.spans[place][0], written.spans[place + length - 1][1]
                    changes.append(((start, end), self.groups[group][0]))
            place += length
        return (_changed(written, changes) if changes else written), tuple(others)

    def _at(self, folded: Words) -> tuple[int, int | None]:
        """Return how many of the words name one of these things, and which: (1, None) for none."""
        for length in range(len(folded), 0, -1):
            group = self.group_of.get(_without_owner(folded[:length]))
            if group is not None:
                return length, group
        return 1, None


def _without_owner(folded: Words) -> Words:
    *first, last = folded
    return (*first, last.removesuffix("'s").removesuffix("’s"))


def _changed(written: Written, changes: list[tuple[Span, str]]) -> Written:
    """Return the text with some of its words replaced, an owner's ending kept."""
    text, pieces, cursor = written.text, list[str](), 0
    for (start, end), name in changes:
        ending = next((e for e in ("'s", "’s") if text[start:end].endswith(e)), "")
        pieces += [text[cursor:start], name, ending]
        cursor = end
    return Written.of("".join([*pieces, text[cursor:]]))
