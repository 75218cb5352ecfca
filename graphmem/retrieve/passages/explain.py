"""Why a passage was found: the chain of passages and names that carried its score."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphmem.answers import Path
from graphmem.ids import entity_id
from graphmem.retrieve.found import Found
from graphmem.retrieve.passages.index import Passages
from graphmem.retrieve.passages.walk import Step, Walked
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.shown import Showing
from graphmem.text import clip, surface_of


@dataclass(frozen=True, slots=True)
class PassageExplainer:
    """Says how the walk came to each passage of one question."""

    showing: Showing
    passages: Passages
    question: Question
    walked: Walked
    surfaces: dict[tuple[int, int], str] = field(default_factory=dict)
    """The names that steps go over as passages write them, by passage and name, as far as asked."""

    def found(self, chances: Mapping[int, float]) -> list[Found]:
        """Return some of what the walk took, by note in its order, each with reasons and path.

        `chances` says how likely each of them holds evidence.
        """
        steps = dict(zip(self.walked.notes, self.walked.steps, strict=True))
        return [self._found(note, chance, _chain(steps, note)) for note, chance in chances.items()]

    def _found(self, note: int, score: float, chain: list[tuple[int, Step]]) -> Found:
        why, path = self._why(note, chain), self._path(chain, score)
        return self.showing.found(self._in_snapshot(note), score, why, path)

    def _why(self, note: int, chain: list[tuple[int, Step]]) -> tuple[str, ...]:
        reasons = []
        step, asked, at = chain[-1][1], self.showing.asked, self._in_snapshot(note)
        if step.anchor >= 0:
            name = self._written(step)
            reasons.append(f"tells of “{name}”, which {self._title(step.anchor)} names")
        in_title = asked.of_title(at)
        if self._is_named(note):
            reasons.append(f"the question names it: “{self.showing.snapshot.titles[at]}”")
        elif in_title:
            reasons.append(f"its title says {asked.quoted(in_title)}")
        said = asked.of_note(at)
        if more := {term: word for term, word in said.items() if term not in in_title}:
            reasons.append(f"says {asked.quoted(more)}")
        if not reasons:
            has_vectors = self.passages.note_vectors is not None
            how = "in meaning" if has_vectors else "by parts of its words"
            reasons.append(f"close to the question {how}")
        return tuple(reasons)

    def _is_named(self, note: int) -> bool:
        """Tell whether the question holds the passage's title, as the walk reads names."""
        title = int(self.passages.links.inventory.title_name[note])
        return title >= 0 and any(
            held.name == title and not held.nested for held in self.question.names
        )

    def _path(self, chain: list[tuple[int, Step]], score: float) -> Path:
        steps: list[str] = []
        texts = ["question"]
        for note, step in chain:
            if step.anchor >= 0:
                name = self.passages.links.inventory.names[step.name]
                steps.append(entity_id(self.showing.snapshot.scopes[0], name))
                texts.append(f"“{self._written(step)}”")
            steps.append(self.showing.snapshot.note_ids[self._in_snapshot(note)])
            texts.append(self._title(note))
        return Path(steps=tuple(steps), text=" → ".join(texts), score=score)

    def _in_snapshot(self, note: int) -> int:
        return int(self.passages.notes[note])

    def _written(self, step: Step) -> str:
        """Return the name that a step goes over as the passage before it writes it."""
        key = step.anchor, step.name
        if key not in self.surfaces:  # hits share the beginnings of their chains
            self.surfaces[key] = self._surface(step)
        return self.surfaces[key]

    def _surface(self, step: Step) -> str:
        inventory, snapshot = self.passages.links.inventory, self.showing.snapshot
        name, anchor = inventory.names[step.name], self._in_snapshot(step.anchor)
        for text in (snapshot.texts[anchor], snapshot.titles[anchor] or ""):
            if written := surface_of(name, text):
                return written
        entity = int(inventory.entity[step.name])
        return snapshot.graph.entity_names[entity] if entity >= 0 else name

    def _title(self, note: int) -> str:
        at = self._in_snapshot(note)
        return self.showing.snapshot.titles[at] or clip(self.showing.snapshot.texts[at], 40)


def _chain(steps: Mapping[int, Step], note: int) -> list[tuple[int, Step]]:
    """Return the notes from the root to this one, each with the step that reached it."""
    chain = [(note, steps[note])]
    while chain[0][1].anchor >= 0:
        anchor = chain[0][1].anchor
        chain.insert(0, (anchor, steps[anchor]))
    return chain
