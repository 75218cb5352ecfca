"""What ingest and delete work with, and how derived notes become records to write."""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC

from graphmem.batches import NoteRecord
from graphmem.contracts import Clock, Encoder, Extractor, GraphStore
from graphmem.fair_queue import PYTHON
from graphmem.ingest.derive import Derived
from graphmem.ingest.embed import with_vectors
from graphmem.ingest.extract import Describer, extract
from graphmem.types import EpisodeId, Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """The parts that make notes of episodes, and where they are written."""

    store: GraphStore
    extractor: Extractor
    describe: Describer
    encoder: Encoder
    """Recorded by the store with the first write; the store keeps its vectors unless they are
    derived from the words."""
    token_signs: bool = True
    """Whether turns keep the signs of their tokens, if the encoder returns its tokens."""
    clock: Clock
    run_id: str
    seconds: dict[str, float] = field(default_factory=dict)
    """How long each of `extract`, `encode` and `write` took so far."""
    ready: Mapping[tuple[Note, bool], NoteRecord] = field(default_factory=dict)
    """What was found in notes before, by equal parts: see `prepare`."""
    _made: dict[tuple[Note, bool], NoteRecord] = field(default_factory=dict)
    """What was found in the notes of the transaction in hand: it may derive them again."""

    def records(self, derived: Derived) -> list[NoteRecord]:
        """Return the notes of a change with what is found in them, ready to be written."""
        notes = self._extracted(derived.atomic, fresh=derived.fresh)
        notes += [NoteRecord(note=note) for note in derived.composed]
        return [self._stamped(record) for record in notes]

    def made(self) -> Mapping[tuple[Note, bool], NoteRecord]:
        """Return what was made since the last transaction, by note and whether it is fresh."""
        return dict(self._made)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add what this lasts to the seconds of a stage."""
        began = time.perf_counter()
        try:
            yield
        finally:
            spent = time.perf_counter() - began
            self.seconds[stage] = self.seconds.get(stage, 0.0) + spent

    def forget_records(self) -> None:
        """Let go of what was made of a transaction's notes, once it is written."""
        self._made.clear()

    def _extracted(
        self, notes: Sequence[Note], *, fresh: Collection[EpisodeId]
    ) -> list[NoteRecord]:
        """Extract from the notes; those of fresh episodes get vectors, the others have theirs."""
        keys = [(note, note.origins[0] in fresh) for note in notes]
        self._made.update((key, self.ready[key]) for key in keys if key in self.ready)
        unknown = [key for key in keys if key not in self._made]
        with self.timed("extract"):
            records = extract(
                [note for note, _ in unknown], extractor=self.extractor, describe=self.describe
            )
        pairs = list(zip(unknown, records, strict=True))
        new = [pair for pair in pairs if pair[0][1]]
        with self.timed("encode"), PYTHON.aside():
            embedded = with_vectors(
                [record for _, record in new],
                self.encoder if self.encoder.keeps_vectors else None,
                token_signs=self.token_signs,
            )
        self._made.update(pairs)
        self._made.update(zip((key for key, _ in new), embedded, strict=True))
        made = [(self._made[key], key[1]) for key in keys]
        return [record for record, is_fresh in sorted(made, key=lambda pair: not pair[1])]

    def _stamped(self, record: NoteRecord) -> NoteRecord:
        said_at = record.note.said_at
        moment = said_at.astimezone(UTC) if said_at else None  # until here by the speaker's clock
        note = replace(
            record.note,
            said_at=moment,
            valid_from=moment,
            run_id=self.run_id,
            written_at=self.clock(),
        )
        return replace(record, note=note)
