"""Rule extraction against GPT-3.5's entities and triples on musique_train100: one JSON line.

    python -m bench.extraction ../shared/data

Loose: one string contains the other. A passage's title counts as found and as gold. Single words
that only a sentence start capitalises count if the corpus does not mostly write them small, as a
snapshot decides it.
"""

import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.harness import parser, report
from graphmem import text
from graphmem.batches import Extraction
from graphmem.rules import RuleExtractor
from graphmem.sentences import sentences
from graphmem.types import EpisodeId, Note, NoteId, ScopeKey, SessionId

KINDS = ("name", "title", "number", "date")
_WORD = re.compile(r"[^\W\d_]\w+")


def main() -> None:
    """Print the figures of passages and of dialogue turns."""
    command = parser(__doc__)
    command.add_argument("data", type=Path, help="folder with musique_train100 and locomo5")
    options = command.parse_args()
    folder = options.data / "musique_train100"
    if not (folder / "openie_gpt35.jsonl").exists():
        raise SystemExit(f"{folder} has no openie_gpt35.jsonl")
    passages = _lines(folder / "corpus.jsonl")
    gold = {line["id"]: line for line in _lines(folder / "openie_gpt35.jsonl")}
    notes = [_note(passage["text"], passage["title"]) for passage in passages]
    found, seconds = _timed(notes)
    line: dict[str, object] = {
        "bench": "extraction",
        "passages": len(notes),
        "passages_per_s": round(len(notes) / seconds),
    }
    line |= _entities(notes, found, [gold[passage["id"]] for passage in passages])
    line |= _claims(notes, found, [gold[passage["id"]] for passage in passages])
    turns = _turns(options.data / "locomo5" / "locomo5.json")
    if turns:
        spoken, seconds = _timed(turns)
        line |= {
            "turns": len(turns),
            "ms_per_turn": round(1000 * seconds / len(turns), 3),
            "mentions_per_turn": round(sum(len(x.mentions) for x in spoken) / len(turns), 2),
            "claims_per_turn": round(sum(len(x.claims) for x in spoken) / len(turns), 2),
        }
    report(**line)


def _lines(path: Path) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _note(body: str, title: str | None = None, speaker: str | None = None) -> Note:
    return Note(
        id=NoteId("n"),
        scope=ScopeKey("bench"),
        session_id=SessionId("s"),
        kind="passage" if title else "turn",
        text=body,
        origins=(EpisodeId("e"),),
        sentences=tuple(sentences(body)),
        title=title,
        speaker=speaker,
    )


def _turns(path: Path) -> list[Note]:
    if not path.exists():
        return []
    conversations = [item["conversation"] for item in json.loads(path.read_text("utf-8"))]
    return [
        _note(turn["text"], speaker=turn["speaker"])
        for conversation in conversations
        for key, session in conversation.items()
        if isinstance(session, list)
        for turn in session
    ]


def _timed(notes: Sequence[Note]) -> tuple[list[Extraction], float]:
    """Return the extractions and the CPU seconds of the quickest of three runs."""
    best, found = float("inf"), []
    for _ in range(3):
        start = time.process_time()
        found = RuleExtractor().extract(notes)
        best = min(best, time.process_time() - start)
    return found, best


def _entities(
    notes: Sequence[Note],
    found: Sequence[Extraction],
    gold: Sequence[dict],  # type: ignore[type-arg]
) -> dict[str, object]:
    inner = [
        word
        for note in notes
        for start, end in note.sentences
        for word in _WORD.findall(note.text[start:end])[1:]
    ]
    small = Counter(word for word in inner if word.islower())
    large = Counter(word.lower() for word in inner if not word.islower())
    exact, loose = _Score(), _Score()
    for note, extraction, line in zip(notes, found, gold, strict=True):
        ours = {text.normalise(note.title or "")}
        for mention in extraction.mentions:
            key = text.normalise(mention.name)
            lower_case = mention.initial and small[key] > large[key]
            if mention.kind in KINDS and not lower_case:
                ours.add(key)
        theirs = {text.normalise(name) for name in [*line["entities"], note.title]} - {""}
        exact.add(ours, theirs, lambda a, b: a == b)
        loose.add(ours, theirs, lambda a, b: a in b or b in a)
    return {"entities_exact": exact.figures(), "entities_loose": loose.figures()}


def _claims(
    notes: Sequence[Note],
    found: Sequence[Extraction],
    gold: Sequence[dict],  # type: ignore[type-arg]
) -> dict[str, object]:
    pairs = _Score()
    for extraction, line in zip(found, gold, strict=True):
        ours = {_pair(claim.subject, claim.object) for claim in extraction.claims}
        theirs = {_pair(triple[0], triple[2]) for triple in line["triples"] if len(triple) == 3}
        pairs.add(ours, theirs, _loose_pair)
    per_passage = round(pairs.ours / len(notes), 2)
    return {"claims_loose": pairs.figures(), "claims_per_passage": per_passage}


def _pair(subject: str, thing: str) -> tuple[str, str]:
    return text.normalise(subject), text.normalise(thing)


def _loose_pair(a: tuple[str, str], b: tuple[str, str]) -> bool:
    return (a[0] in b[0] or b[0] in a[0]) and (a[1] in b[1] or b[1] in a[1])


class _Score:
    """Precision and recall over all passages together."""

    def __init__(self) -> None:
        self.ours = self.right = self.theirs = self.met = 0

    def add(self, ours: Iterable, theirs: Iterable, same) -> None:  # type: ignore[type-arg,no-untyped-def]  # noqa: ANN001
        """Count one passage."""
        ours, theirs = list(ours), list(theirs)
        self.ours += len(ours)
        self.theirs += len(theirs)
        self.right += sum(any(same(a, b) for b in theirs) for a in ours)
        self.met += sum(any(same(a, b) for a in ours) for b in theirs)

    def figures(self) -> dict[str, float]:
        """Return precision and recall to three places."""
        return {"p": round(self.right / self.ours, 3), "r": round(self.met / self.theirs, 3)}


if __name__ == "__main__":
    main()
