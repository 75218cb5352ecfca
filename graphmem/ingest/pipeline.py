"""What ingest and delete work with, and how derived notes become records to write."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from graphmem.batches import NoteRecord
from graphmem.contracts import Clock, Encoder, Extractor, GraphStore
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
    """Whether turns keep the signs of their tokens, if the encoder tells its tokens."""
    clock: Clock
    run_id: str

    def records(self, derived: Derived) -> list[NoteRecord]:
        """Return the notes of a change with what is found in them, ready to be written."""
        notes = self._extracted(derived.atomic, fresh=derived.fresh)
        notes += [NoteRecord(note=note) for note in derived.composed]
        return [self._stamped(record) for record in notes]

    def _extracted(
        self, notes: Sequence[Note], *, fresh: Collection[EpisodeId]
    ) -> list[NoteRecord]:
        """Extract from the notes; those of fresh episodes get vectors, the others have theirs."""
        records = extract(notes, extractor=self.extractor, describe=self.describe)
        new = [record for record in records if record.note.origins[0] in fresh]
        old = [record for record in records if record.note.origins[0] not in fresh]
        encoder = self.encoder if self.encoder.keeps_vectors else None
        return with_vectors(new, encoder, token_signs=self.token_signs) + old

    def _stamped(self, record: NoteRecord) -> NoteRecord:
        note = replace(record.note, run_id=self.run_id, written_at=self.clock())
        return replace(record, note=note)
