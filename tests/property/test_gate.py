"""Whatever rules propose, what was useful and found before is found afterwards, in every sequence.

A third of the proposals hide, supersede or merge at random: most of them do harm.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphmem.changes import Edit, EntityTarget, NoteField, Proposal, Target
from graphmem.evolve import Gate, Probe
from graphmem.evolve.said import Said
from graphmem.graph import dump
from graphmem.memory import Memory
from graphmem.named import entity_of
from graphmem.probing import FIRST_HITS
from graphmem.testing import standing_clock
from graphmem.types import NoteId, ScopeKey

WHO = ("Ravna", "Isak", "Elle")
WHAT = ("skis", "a sledge", "the red lantern", "reindeer moss", "a stove")
PLACE = ("Karasjok", "Inari", "Utsjoki", "the lake")
TEXTS = [
    f"{who} {verb} {what} near {place}."
    for who in WHO
    for verb, what in zip(("left", "found", "sold", "wants", "mended"), WHAT, strict=True)
    for place in PLACE[: 2 + len(what) % 3]
]
QUESTIONS = [
    *(f"Where did {who} leave {what}?" for who in WHO for what in WHAT[:2]),
    *(f"What is near {place}?" for place in PLACE),
    *(f"Who mended {what}?" for what in WHAT),
]


@dataclass(frozen=True)
class Harm:
    """Proposes what was drawn for it, note by note."""

    said: Sequence[tuple[int, int, str]]
    ids: Sequence[NoteId]
    name: str = "model:harm@1"

    def propose(self, arrival: Said, near: object) -> list[Proposal]:
        """Return what is to become of other notes when this one arrives."""
        place = self.ids.index(arrival.note)
        return [made for old, new, what in self.said if new == place
                for made in self._of(old, new, what)]  # fmt: skip

    def _of(self, old: int, new: int, what: str) -> list[Proposal]:
        note, scope = self.ids[old], ScopeKey("elle")
        target: Target = NoteField(note, "archived")
        after: object = True
        if what == "supersede":
            target, after = NoteField(note, "superseded_by"), self.ids[new]
        if what == "merge":
            target = EntityTarget(entity_of(scope, WHO[old % 3]))
            after = entity_of(scope, PLACE[new % 3])
        if what == "tag":
            target, after = NoteField(note, "tags"), (f"t{new}",)
        return [Proposal(target=target, after=after, reason="drawn", author=self.name)]


def opened(texts: Sequence[str]) -> Memory:
    memory = Memory.open("ram:", scope="elle", clock=standing_clock)
    for day, text in enumerate(texts, 1):
        memory.add(
            text, speaker=text.split()[0], said_at=f"2024-03-{day:02}", session=f"s{day % 4}"
        )
    return memory


def ids_of(memory: Memory, texts: Sequence[str]) -> list[NoteId]:
    found = {note.text: note.id for note in memory.store.scan("note", memory.scope.key)
             if note.kind == "turn"}  # fmt: skip
    return [found[text] for text in texts]


def held(memory: Memory) -> set[Probe]:
    """Return the probes whose note, or what supersedes it, is among the first hits."""
    found = set()
    for probe in memory.probes():
        note = memory.history(probe.note).note
        while note.superseded_by is not None:
            note = memory.history(note.superseded_by).note
        hits = memory.search(probe.question, k=FIRST_HITS)
        origins = {episode.id for hit in hits for episode in (*hit.episodes, *hit.repeats)}
        if not origins.isdisjoint(note.origins):
            found.add(probe)
    return found


def keep(memory: Memory, asked: Sequence[tuple[int, int]]) -> None:
    for question, rank in asked:
        hits = memory.search(QUESTIONS[question], k=FIRST_HITS)
        if hits:
            memory.useful(QUESTIONS[question], hits[rank % len(hits)].note.id)


texts = st.lists(st.sampled_from(TEXTS), min_size=6, max_size=24, unique=True)
asking = st.lists(
    st.tuples(st.integers(0, len(QUESTIONS) - 1), st.integers(0, FIRST_HITS - 1)), max_size=8
)


@given(texts=texts, asked=asking, data=st.data(), keep_share=st.floats(0, 1))
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
def test_no_run_loses_what_was_useful_and_each_fares_the_same_again(
    texts: list[str], asked: list[tuple[int, int]], data: st.DataObject, keep_share: float
) -> None:
    places = st.integers(0, len(texts) - 1)
    kinds = st.sampled_from(("archive", "supersede", "merge", "tag", "tag", "tag"))
    said = data.draw(st.lists(st.tuples(places, places, kinds), max_size=20), label="proposed")
    verbs: list[Callable[[Memory], Edit]] = [
        lambda memory: memory.evolve(proposer=Harm(said, ids_of(memory, texts))),
        lambda memory: memory.evolve(),
        lambda memory: memory.forget(keep=keep_share),
    ]
    outcomes = []
    for _ in range(2):
        with opened(texts) as memory:
            keep(memory, asked)
            edits = []
            for verb in verbs:
                before = held(memory)
                edits.append(verb(memory))
                assert before <= held(memory)
            lines = list(dump(memory.store))
            outcomes.append((lines, [[d.change.id for d in edit.dropped] for edit in edits]))
    assert outcomes[0] == outcomes[1]


@given(texts=texts, data=st.data())
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
def test_with_nothing_kept_a_run_is_what_it_is_without_a_gate(
    texts: list[str], data: st.DataObject
) -> None:
    places = st.integers(0, len(texts) - 1)
    kinds = st.sampled_from(("archive", "supersede", "merge", "tag"))
    said = data.draw(st.lists(st.tuples(places, places, kinds), max_size=20), label="proposed")
    dumps = []
    for is_gated in (True, False):
        with pytest.MonkeyPatch.context() as patched, opened(texts) as memory:
            if not is_gated:
                patched.setattr(Gate, "apply", _applied)
            memory.evolve(proposer=Harm(said, ids_of(memory, texts)))
            memory.forget(keep=0.3)
            dumps.append(list(dump(memory.store)))
    assert dumps[0] == dumps[1]


@given(texts=texts, asked=asking, data=st.data())
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
def test_what_was_useful_or_shown_leaves_no_trace_when_it_is_undone_or_deleted(
    texts: list[str], asked: list[tuple[int, int]], data: st.DataObject
) -> None:
    with opened(texts) as memory, opened(texts) as other:
        gone = data.draw(st.sampled_from(texts), label="gone")
        keep(memory, asked)
        memory.keep_shown()
        (id_,) = ids_of(memory, [gone])
        memory.delete(id_)
        other.delete(id_)
        runs = {change.run_id for change in memory.store.scan("change", memory.scope.key)}
        for run in sorted(runs):
            if any(c.run_id == run for c in memory.store.scan("change", memory.scope.key)):
                memory.undo(run, cascade=True)
        assert list(dump(memory.store)) == list(dump(other.store))


def _applied(gate: Gate, changes: Sequence[object]) -> list[object]:
    gate.store.apply(changes)  # type: ignore[arg-type]
    return []
