"""A passage's reason is so: take away what it names, and the score falls."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from graphmem import Memory
from graphmem.answers import Hit
from graphmem.retrieve import Asked, Engine
from graphmem.retrieve.passages.asked import as_written
from graphmem.retrieve.passages.search import walk_passages

PAGES = {
    "Ostrel Works": "Ostrel Works is a glass factory. It was founded by Ilva Prent in Marrow Bay.",
    "Ilva Prent": "Ilva Prent was an engraver. She married the botanist Joren Kaldi in 1911.",
    "Joren Kaldi": "Joren Kaldi described the mosses of the northern fells and taught at Tuvel.",
    "Marrow Bay": "Marrow Bay is a harbour town on the river Ald. Its herring fair is old.",
    "River Ald": "The Ald rises in the Senna hills and reaches the sea after ninety miles.",
    "Tuvel": "Tuvel is a city with a college of forestry and a cathedral of red brick.",
    "Herring": "Herring are small oily fish that swim in schools and are smoked or pickled.",
    "Glass": "Glass is made of sand, soda and lime, which are melted in a furnace.",
}
QUESTIONS = (
    "Who married the founder of Ostrel Works?",
    "Which river flows past the town where Ostrel Works was founded?",
    "What did Joren Kaldi describe?",
    "How are herring kept?",
    "Where does the river of Marrow Bay rise?",
    "What is the cathedral of Tuvel made of?",
    "Which ships did Ilva Prent engrave?",
)
FILLER = "thing"
QUOTED = r"“([^”]*)”"


@dataclass(frozen=True)
class Scored:
    """A page's hit, and how likely the walk holds it a link of the chain."""

    hit: Hit
    score: float


def searched(folder: Path, pages: dict[str, tuple[str, str]], question: str) -> dict[str, Scored]:
    """Return how every page scored, by its name, which is its title before it was changed."""
    lines = [
        json.dumps({"id": name, "title": title, "text": text})
        for name, (title, text) in pages.items()
    ]
    source = folder / "pages.jsonl"
    source.write_text("\n".join(lines), "utf-8")
    with Memory.open("ram:", scope="ana") as memory:
        memory.ingest(source)
        snapshot = memory.store.snapshot((memory.scope.key,), None)
        engine = Engine.of(snapshot, encoder=memory.encoder)
        search = engine.passages
        asked, _ = as_written(search.passages.words, engine.reader.read(Asked(text=question)))
        walked = walk_passages(search.passages, search.model, asked, 5)
        ids = [snapshot.note_ids[search.passages.notes[note]] for note in walked.notes]
        scores = dict(zip(ids, walked.scores, strict=True))
        hits = memory.search(question, k=5, min_score=0.0)
        return {
            hit.episodes[0].source_id: Scored(hit, scores[hit.note.id])
            for hit in hits
            if hit.note.id in scores
        }


def without(text: str, words: list[str]) -> str:
    for word in words:
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", FILLER, text)
    return text


def taken_away(
    pages: dict[str, tuple[str, str]], name: str, reason: str
) -> tuple[str, dict[str, tuple[str, str]]]:
    """Return the kind of a reason and the pages without what it names."""
    title, text = pages[name]
    words = re.findall(QUOTED, reason)
    if found := re.fullmatch(rf"tells of {QUOTED}, which (.*) names", reason):
        anchor_title, anchor = pages[found[2]]
        return "link", pages | {found[2]: (anchor_title, without(anchor, [found[1]]))}
    if reason.startswith("the question names it"):
        return "named", pages | {name: (FILLER, text)}
    if reason.startswith("its title says"):
        return "title", pages | {name: (without(title, words), text)}
    assert reason.startswith("says "), reason
    return "says", pages | {name: (title, without(text, words))}


def test_taking_away_what_a_reason_names_lowers_the_score(tmp_path: Path) -> None:
    pages = {title: (title, text) for title, text in PAGES.items()}
    kinds: Counter[str] = Counter()
    wrong = []
    for question in QUESTIONS:
        hits = searched(tmp_path, pages, question)
        best = [(name, one) for name, one in hits.items() if one.hit.rank <= 3]
        for name, scored, reason in [(n, one, why) for n, one in best for why in one.hit.why]:
            kind, lost = taken_away(pages, name, reason)
            kinds[kind] += 1
            after = searched(tmp_path, lost, question).get(name)
            if after is not None and after.score >= scored.score:
                wrong.append((question, name, reason, scored.score, after.score))
    assert wrong == []
    assert kinds.keys() == {"link", "named", "title", "says"}, f"tried: {kinds}"
