"""Sets of questions with their passages, read as they are: what is odd is counted, nothing is lost.

A data set is one or more pools. Each pool is searched alone: a folder of passages is one pool, a
dialogue file is one pool a conversation.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from graphmem.errors import InputError
from graphmem.types import Problem

Triple = tuple[str, str, str]
"""Subject, relation and object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One unit that a system indexes and returns: a passage of a document, or a turn."""

    id: str
    text: str
    title: str = ""
    speaker: str = ""
    session: str = ""
    said_at: str = ""
    """As the source wrote it."""
    caption: str = ""
    """Of an image that was sent with a turn."""

    @property
    def content(self) -> str:
        """What every rival indexes: `title\\ntext`, or `Speaker: text [image: caption]`."""
        body = f"{self.text} [image: {self.caption}]" if self.caption else self.text
        if self.speaker:
            return f"{self.speaker}: {body}"
        return f"{self.title}\n{body}" if self.title else body


def said_order(turn: Passage) -> tuple[int, ...]:
    """Return what sorts the turns of a conversation as they were said, `D9:30` before `D10:2`."""
    return tuple(int(number) for number in re.findall(r"\d+", turn.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question with the passages that its answer needs."""

    id: str
    text: str
    gold: tuple[str, ...]
    """Passage ids without repeats, in the order given; empty: not scored by recall."""
    answer: str = ""
    category: str = ""
    steps: tuple[str, ...] = ()
    """The gold passage of each hop in order, where the set says so."""
    unanswerable: bool = False
    """The right behaviour is to return nothing."""

    @property
    def is_scored(self) -> bool:
        """Whether recall is defined: it has gold, and it can be answered."""
        return bool(self.gold) and not self.unanswerable


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Passages that are searched together, sorted by id, and the questions asked of them."""

    name: str
    passages: tuple[Passage, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A named set of pools, with all that was odd in its files."""

    name: str
    pools: tuple[Pool, ...]
    hash: str
    """Of the bytes of its files and of the options that change its gold."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """How often each oddity occurred; the keys are those of `note`."""
    problems: tuple[Problem, ...] = ()

    @property
    def questions(self) -> int:
        """How many questions all pools have."""
        return sum(len(pool.questions) for pool in self.pools)


class Oddities:
    """Collects what a loader met: a count for each kind, and where it was."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.problems: list[Problem] = []

    def note(self, kind: str, source: str, message: str, *, skipped: bool = False) -> None:
        """Count one oddity of a kind and remember its place."""
        self.counts[kind] += 1
        self.problems.append(Problem(source=source, message=message, skipped=skipped))


def load_retrieval(folder: Path) -> Dataset:
    """Read `questions.jsonl` (id, question, gold_ids, ...) and `corpus.jsonl` (id, title, text).

    Gold ids that the corpus lacks stay gold, so they count as lost. A question without gold is
    asked and timed but not scored. Raises InputError when a file is not there.
    """
    corpus, asked = folder / "corpus.jsonl", folder / "questions.jsonl"
    for path in (corpus, asked):
        if not path.is_file():
            raise InputError(
                f"{folder} has no {path.name}; a retrieval set is a folder with corpus.jsonl "
                "(id, title, text) and questions.jsonl (id, question, gold_ids)"
            )
    odd = Oddities()
    passages = _read_passages(corpus, odd)
    known = {passage.id for passage in passages}
    questions = [_check(q, known, odd) for q in _read_questions(asked, odd)]
    pool = Pool(name=folder.name, passages=passages, questions=tuple(questions))
    return Dataset(
        name=folder.resolve().name,
        pools=(pool,),
        hash=content_hash(corpus.read_bytes(), asked.read_bytes()),
        counts=dict(odd.counts),
        problems=tuple(odd.problems),
    )


def content_hash(*parts: bytes) -> str:
    """Hash byte strings, each with its length, into 16 hexadecimal digits."""
    state = blake2b(digest_size=8)
    for part in parts:
        state.update(len(part).to_bytes(8, "little"))
        state.update(part)
    return state.hexdigest()


def read_rows(path: Path, odd: Oddities) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (`file:line`, object) of each line; a line that is no JSON object is counted."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            where = f"{path.name}:{number}"
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                odd.note("bad_lines", where, f"not JSON: {error}", skipped=True)
                continue
            if isinstance(row, dict):
                yield where, row
            else:
                odd.note("bad_lines", where, "not a JSON object", skipped=True)


def _read_passages(path: Path, odd: Oddities) -> tuple[Passage, ...]:
    found: dict[str, Passage] = {}
    texts: dict[str, str] = {}
    for where, row in read_rows(path, odd):
        text, title = row.get("text"), row.get("title") or ""
        if row.get("id") is None or not isinstance(text, str):
            odd.note("bad_lines", where, "a passage needs an id and a text", skipped=True)
            continue
        passage = Passage(id=str(row["id"]), title=str(title), text=text)
        if passage.id in found:
            odd.note(
                "repeated_ids", where, f"id {passage.id} again; the first is kept", skipped=True
            )
            continue
        if passage.content in texts:
            twin = texts[passage.content]
            odd.note("duplicate_passages", where, f"{passage.id} has the text of {twin}; both stay")
        texts.setdefault(passage.content, passage.id)
        found[passage.id] = passage
    if len(found) == 0:
        odd.note("empty_corpus", path.name, "no passages: nothing can be found")
    return tuple(found[id_] for id_ in sorted(found))


def _read_questions(path: Path, odd: Oddities) -> Iterator[tuple[str, Question]]:
    seen: set[str] = set()
    for where, row in read_rows(path, odd):
        text = row.get("question")
        if not isinstance(text, str) or not text.strip():
            odd.note("bad_lines", where, "a question needs a text in `question`", skipped=True)
            continue
        id_ = str(row.get("id", where))
        if id_ in seen:
            odd.note("repeated_ids", where, f"question {id_} again; it is skipped", skipped=True)
            continue
        seen.add(id_)
        steps = row.get("decomposition") or ()
        yield (
            where,
            Question(
                id=id_,
                text=text,
                gold=_ids(row.get("gold_ids")),
                answer=str(row.get("answer", "")),
                category=str(row.get("type") or row.get("category") or ""),
                steps=_ids([s.get("gold_id") for s in steps if isinstance(s, dict)]),
            ),
        )


def _ids(given: object) -> tuple[str, ...]:
    """Return ids as strings, repeats and blanks away, order kept."""
    items: Sequence[object] = (
        given if isinstance(given, list) else () if given is None else (given,)
    )
    return tuple(dict.fromkeys(str(item) for item in items if item is not None and item != ""))


def _check(asked: tuple[str, Question], known: set[str], odd: Oddities) -> Question:
    where, question = asked
    if not question.gold:
        odd.note("without_gold", where, f"question {question.id} has no gold: asked, not scored")
    missing = [id_ for id_ in question.gold if id_ not in known]
    if missing:
        shown = ", ".join(missing[:5])
        odd.note("gold_missing", where, f"gold {shown} is not in the corpus: counted as lost")
    return question
