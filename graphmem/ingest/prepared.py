"""What is slow, finding and encoding, done before anything is written, and maybe elsewhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graphmem.batches import NoteRecord
from graphmem.contracts import identity_of
from graphmem.ingest.episodes import Numbering
from graphmem.ingest.pipeline import Pipeline
from graphmem.ingest.reading.turns import Turn
from graphmem.ingest.write import planned
from graphmem.types import EncoderIdentity, Note, Problem, ScopeKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What was found in the notes that a store lacks, and their vectors.

    It is looked up note by note: a note that has come out otherwise by the time it is written is
    read again, so whatever happened to the store meanwhile, the same is stored as without it.
    """

    encoder: EncoderIdentity
    extractor: str
    records: Mapping[tuple[Note, bool], NoteRecord]
    """By the note as it was derived, and whether it is of a new episode."""

    def given_to(self, pipeline: Pipeline) -> Pipeline:
        """Return a pipeline that uses it; the same if it has another encoder or extractor."""
        theirs = identity_of(pipeline.encoder), pipeline.extractor.name
        if theirs != (self.encoder, self.extractor):
            return pipeline
        return replace(pipeline, ready=self.records)


def prepare(items: "Iterable[Turn | Problem]", pipeline: Pipeline, *, scope: ScopeKey) -> Prepared:
    """Return what is found in the turns that the store lacks; read it, and write nothing.

    All of the turns are held at once: give a portion of the files.
    """
    turns = [item for item in items if isinstance(item, Turn)]
    if turns:
        numbering = Numbering(pipeline.store, scope, restore=False)
        planned(turns, numbering, pipeline, restore=False)
    return Prepared(
        encoder=identity_of(pipeline.encoder),
        extractor=pipeline.extractor.name,
        records=pipeline.made(),
    )
